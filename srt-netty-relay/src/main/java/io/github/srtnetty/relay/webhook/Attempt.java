// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.webhook;

import java.time.Duration;

/**
 * The result of one attempt to deliver an event.
 *
 * @param outcome what follows
 * @param reason what happened, in one line without secrets
 * @param retryAfter the delay that the server requested, zero for none
 */
record Attempt(Outcome outcome, String reason, Duration retryAfter) {
    /** The consequence of an attempt. */
    enum Outcome {
        DELIVERED,
        /** The server may accept it later. */
        RETRY,
        /** The server rejects it for good. */
        REFUSED
    }

    private static final int TOO_EARLY = 425;

    static Attempt failed(String reason) {
        return new Attempt(Outcome.RETRY, reason, Duration.ZERO);
    }

    /** Reads the status of an answer. */
    static Attempt answered(int status, Duration retryAfter) {
        String reason = "answered with " + status;
        if (status / 100 == 2) {
            return new Attempt(Outcome.DELIVERED, reason, Duration.ZERO);
        }
        boolean later = status / 100 == 5 || status == 408 || status == TOO_EARLY || status == 429;
        String more = status / 100 == 3 ? "; redirects are not followed" : "";
        return new Attempt(later ? Outcome.RETRY : Outcome.REFUSED, reason + more, retryAfter);
    }
}
