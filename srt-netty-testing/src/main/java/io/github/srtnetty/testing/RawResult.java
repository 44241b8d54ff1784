// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.testing;

import org.jspecify.annotations.Nullable;

/**
 * How a connection attempt of a {@link RawPeer} ended.
 *
 * @param code the version of the handshake when connected, the reject code when rejected, otherwise 0
 * @param answer the packet that decided, null after a time-out
 */
public record RawResult(Outcome outcome, int code, @Nullable RawHandshake answer) {
    /** The outcomes. */
    public enum Outcome {
        CONNECTED,
        REJECTED,
        TIMEOUT
    }

    static RawResult of(RawHandshake answer) {
        return answer.type() == RawHandshake.CONCLUSION
                ? new RawResult(Outcome.CONNECTED, answer.version(), answer)
                : new RawResult(Outcome.REJECTED, answer.type() - RawHandshake.FIRST_REJECTION, answer);
    }

    static RawResult timeout() {
        return new RawResult(Outcome.TIMEOUT, 0, null);
    }

    public boolean isConnected() {
        return outcome == Outcome.CONNECTED;
    }

    /** Returns for example {@code CONNECTED 5}, {@code REJECTED 10} or {@code TIMEOUT}, for short assertions. */
    @Override
    public String toString() {
        return outcome == Outcome.TIMEOUT ? outcome.name() : outcome.name() + " " + code;
    }
}
