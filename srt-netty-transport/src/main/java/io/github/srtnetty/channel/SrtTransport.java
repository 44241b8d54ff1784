// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.channel;

import io.github.srtnetty.libsrt.Srt;
import org.jspecify.annotations.Nullable;

/**
 * Reports whether this transport is available, like Netty's {@code Epoll} and {@code KQueue}. The first call loads
 * libsrt. Any thread.
 */
public final class SrtTransport {
    private SrtTransport() {}

    /** Returns whether libsrt was found and started, and was not stopped by {@link Srt#shutdown}. Never throws. */
    public static boolean isAvailable() {
        return Srt.isAvailable();
    }

    /**
     * Checks that the transport is available.
     *
     * @throws UnsatisfiedLinkError when it is not, with the reason and what to install
     */
    public static void ensureAvailability() {
        Srt.ensureAvailability();
    }

    /** Returns why the transport is not available, or null if it is available. */
    public static @Nullable Throwable unavailabilityCause() {
        return Srt.unavailabilityCause();
    }

    /** Returns the version of the loaded libsrt, for example {@code 1.5.1}. */
    public static String libraryVersion() {
        return Srt.version();
    }
}
