// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.channel;

import io.github.srtnetty.libsrt.Srt;
import org.jspecify.annotations.Nullable;

/**
 * Whether this transport can be used here, as {@code Epoll} and {@code KQueue} of Netty report it. Loads libsrt at the
 * first call. Any thread.
 */
public final class SrtTransport {
    private SrtTransport() {}

    /** Returns whether libsrt was found and started, and not ended by {@link Srt#shutdown}. Never throws. */
    public static boolean isAvailable() {
        return Srt.isAvailable();
    }

    /**
     * Does nothing where the transport can be used.
     *
     * @throws UnsatisfiedLinkError otherwise, with the reason and what to install
     */
    public static void ensureAvailability() {
        Srt.ensureAvailability();
    }

    /** Returns why the transport cannot be used, null where it can. */
    public static @Nullable Throwable unavailabilityCause() {
        return Srt.unavailabilityCause();
    }

    /** Returns the version of the loaded libsrt, for example {@code 1.5.1}. */
    public static String libraryVersion() {
        return Srt.version();
    }
}
