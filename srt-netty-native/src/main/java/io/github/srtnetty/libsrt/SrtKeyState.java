// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.libsrt;

/** The state of the key exchange ({@code SRT_KM_STATE}) in one direction, or in both. */
public enum SrtKeyState {
    /** Nothing is encrypted. */
    UNSECURED(0),
    /** The keys are being exchanged. */
    SECURING(1),
    /** The keys are exchanged: sent data is encrypted, received data is decrypted. */
    SECURED(2),
    /** The stream is encrypted, but this side or the peer has no passphrase. */
    NOSECRET(3),
    /** The stream is encrypted, but the passphrases differ. */
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

    /** Returns libsrt's number of the state; -1 for {@link #UNKNOWN}. */
    public int code() {
        return code;
    }

    /** Returns the state with a number, or {@link #UNKNOWN} if there is none. */
    public static SrtKeyState of(int code) {
        return code >= 0 && code < UNKNOWN.ordinal() ? ALL[code] : UNKNOWN;
    }
}
