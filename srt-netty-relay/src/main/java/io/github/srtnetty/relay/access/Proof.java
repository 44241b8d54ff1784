// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.access;

import io.github.srtnetty.libsrt.SrtRejectReason;
import org.jspecify.annotations.Nullable;

/**
 * The proof that the token of a caller gives.
 *
 * @param rejection why the caller is rejected, null where the token is right or none is needed
 * @param why words for the log, empty without any
 * @param guess whether the token counts as a wrong one of its address
 * @param passphrase what the caller must encrypt with, null for that of the stream
 * @param user the name that the token proves, empty where it proves none
 */
record Proof(
        @Nullable SrtRejectReason rejection,
        String why,
        boolean guess,
        @Nullable String passphrase,
        String user) {
    static final Proof GIVEN = new Proof(null, "", false, null, "");

    static Proof reject(SrtRejectReason reason, String why, boolean guess) {
        return new Proof(reason, why, guess, null, "");
    }

    static Proof of(@Nullable String passphrase, String user) {
        return new Proof(null, "", false, passphrase, user);
    }

    /** Leaves out what is secret. */
    @Override
    public String toString() {
        return "Proof[" + (rejection == null ? "given" : rejection) + "]";
    }
}
