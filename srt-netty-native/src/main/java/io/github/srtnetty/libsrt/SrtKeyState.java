// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.libsrt;

/** The state of the exchange of keying material ({@code SRT_KM_STATE}) in one direction, or in both. */
public enum SrtKeyState {
    /** Nothing is encrypted. */
    UNSECURED(0),
    /** The keys are being exchanged. */
    SECURING(1),
    /** The keys are exchanged: what is sent is encrypted, what arrives is decrypted. */
    SECURED(2),
    /** The stream is encrypted, and this side or the peer has no passphrase. */
    NOSECRET(3),
    /** The stream is encrypted, and the passphrases differ. */
    BADSECRET(4),
    /** The sides use different crypto modes; since libsrt 1.5.2. */
    BADCRYPTOMODE(5),
    /** A state that this version does not know. */
    UNKNOWN(-1);

    private static final SrtKeyState[] ALL = values();

    private final int code;

    SrtKeyState(int code) {
        this.code = code;
    }

    /** Returns libsrt's number of it, -1 for {@link #UNKNOWN}. */
    public int code() {
        return code;
    }

    /** Returns the state with that number, {@link #UNKNOWN} where there is none. */
    public static SrtKeyState of(int code) {
        return code >= 0 && code < UNKNOWN.ordinal() ? ALL[code] : UNKNOWN;
    }
}
