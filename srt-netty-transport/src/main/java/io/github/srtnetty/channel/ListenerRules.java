// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.channel;

import io.github.srtnetty.libsrt.SrtOptions;

/**
 * What a listener decides by, as it was set when the listener was bound.
 *
 * @param minVersion {@code SRTO_MINVERSION}
 * @param encrypts whether the listener has a passphrase
 */
record ListenerRules(SrtAcceptFilter filter, SrtAcceptLimits limits, int minVersion, boolean encrypts, int port) {
    /** SRT 1.3 brought version 5 of the handshake, the first that carries the key. */
    static final int FIRST_WITH_KEY = 0x010300;

    private static final int HANDSHAKE_WITH_KEY = 5;

    /**
     * Returns whether a caller's version of the handshake is acceptable. One of version 4 carries no key: libsrt connects such a
     * caller first and expects the key later, but delivers what it sends in clear, also where a passphrase is set.
     */
    boolean allowsVersion(int handshakeVersion, SrtAcceptDecision decision) {
        if (handshakeVersion >= HANDSHAKE_WITH_KEY) {
            return true;
        }
        Object passphrase = decision.options().get(SrtOptions.SRTO_PASSPHRASE);
        Object ownMinVersion = decision.options().get(SrtOptions.SRTO_MINVERSION);
        boolean encrypted = passphrase == null ? encrypts : !"".equals(passphrase);
        int least = ownMinVersion == null ? minVersion : (Integer) ownMinVersion;
        return !encrypted && least < FIRST_WITH_KEY;
    }

    /**
     * Checks that a connection with a passphrase does not admit peers that send without it.
     *
     * @throws IllegalArgumentException that names both options
     */
    static void requireEncryptable(int minVersion, boolean encrypts) {
        if (encrypts && minVersion < FIRST_WITH_KEY) {
            throw new IllegalArgumentException(String.format(
                    "SRTO_MINVERSION=0x%06x with SRTO_PASSPHRASE: must be 0x%06x or more, because older peers send in clear",
                    minVersion, FIRST_WITH_KEY));
        }
    }
}
