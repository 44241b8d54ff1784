// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.stream;

import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Whether a stream is being sent. */
public enum StreamState {
    /** A publisher sends. */
    LIVE,
    /**
     * There is a publisher, but it has disconnected or sends nothing; the next publisher that requests the name gets
     * it.
     */
    SILENT,
    /** Players wait for a publisher. */
    WAITING;

    /** Returns the state of a stream. */
    public static StreamState of(LiveStream stream) {
        return stream.isLive() ? LIVE : stream.source() == null ? WAITING : SILENT;
    }

    /** Returns the state with a name, null where there is none. */
    public static @Nullable StreamState named(String name) {
        return Arrays.stream(values())
                .filter(state -> state.toString().equals(name))
                .findFirst()
                .orElse(null);
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
