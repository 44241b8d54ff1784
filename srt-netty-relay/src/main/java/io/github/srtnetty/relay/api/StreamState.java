// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.api;

import io.github.srtnetty.relay.http.HttpProblem;
import io.github.srtnetty.relay.stream.LiveStream;
import java.util.Arrays;
import java.util.Locale;

/** Whether a stream is being sent. */
enum StreamState {
    /** A publisher sends. */
    LIVE,
    /** There is a publisher, but it has left or sends nothing, and gives the name to the next one that asks. */
    SILENT,
    /** Players wait for a publisher. */
    WAITING;

    static StreamState of(LiveStream stream) {
        return stream.isLive() ? LIVE : stream.source() == null ? WAITING : SILENT;
    }

    /** Returns the state with a name. */
    static StreamState named(String name) {
        return Arrays.stream(values())
                .filter(state -> state.toString().equals(name))
                .findFirst()
                .orElseThrow(() -> new HttpProblem(400, "state must be live, silent or waiting"));
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
