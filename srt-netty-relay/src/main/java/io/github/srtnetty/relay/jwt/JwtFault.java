// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.jwt;

import io.github.srtnetty.libsrt.SrtRejectReason;

/** Why a token is rejected. */
public enum JwtFault {
    MALFORMED("is none", true, SrtRejectReason.UNAUTHORIZED),
    ALGORITHM("has an algorithm that is not allowed", true, SrtRejectReason.UNAUTHORIZED),
    UNKNOWN_KEY("names no known key for its algorithm", true, SrtRejectReason.UNAUTHORIZED),
    SIGNATURE("has a wrong signature", true, SrtRejectReason.UNAUTHORIZED),
    CLAIMS("lacks streams, role or exp, or one of its claims has a wrong type", false, SrtRejectReason.UNAUTHORIZED),
    ISSUER("has another issuer", false, SrtRejectReason.UNAUTHORIZED),
    AUDIENCE("is for another audience", false, SrtRejectReason.UNAUTHORIZED),
    EXPIRED("has expired", false, SrtRejectReason.UNAUTHORIZED),
    NOT_YET("is not valid yet", false, SrtRejectReason.UNAUTHORIZED),
    NO_KEYS("cannot be checked: no keys have been loaded yet", false, SrtRejectReason.DOWN),
    BUSY("was not checked: too many checks are waiting", false, SrtRejectReason.OVERLOAD);

    private final String text;
    private final boolean guess;
    private final SrtRejectReason reason;

    JwtFault(String text, boolean guess, SrtRejectReason reason) {
        this.text = text;
        this.guess = guess;
        this.reason = reason;
    }

    /** Returns whether anybody could have made the token; it then counts as a wrong token of its address. */
    public boolean isGuess() {
        return guess;
    }

    /** Returns the reason for the caller. */
    public SrtRejectReason reason() {
        return reason;
    }

    /** Returns the reason for the log, as the end of a sentence about the token. */
    @Override
    public String toString() {
        return text;
    }
}
