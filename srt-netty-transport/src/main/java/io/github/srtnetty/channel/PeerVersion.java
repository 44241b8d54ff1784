// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.channel;

/**
 * The rule for peers before SRT 1.3. Their handshake, version 4, carries no key. libsrt connects such a peer and
 * expects the key later, but delivers data in clear even if a passphrase is set.
 */
final class PeerVersion {
    /** SRT 1.3 as {@code SRTO_MINVERSION}: the first version with handshake version 5. */
    static final int FIRST_WITH_KEY = 0x010300;

    private static final int HANDSHAKE_WITH_KEY = 5;

    private PeerVersion() {}

    /** Returns whether a listener with this minimum version and encryption allows a version of the handshake. */
    static boolean allows(int handshakeVersion, int minVersion, boolean encrypts) {
        return handshakeVersion >= HANDSHAKE_WITH_KEY || !encrypts && minVersion < FIRST_WITH_KEY;
    }

    /**
     * Checks that a connection with a passphrase does not admit peers that send without it.
     *
     * @throws IllegalArgumentException that names both options
     */
    static void requireEncryptable(int minVersion, boolean encrypts) {
        if (encrypts && minVersion < FIRST_WITH_KEY) {
            throw new IllegalArgumentException(String.format(
                    "SRTO_MINVERSION=0x%06x with SRTO_PASSPHRASE: must be 0x%06x or more,"
                            + " because older peers send in clear",
                    minVersion, FIRST_WITH_KEY));
        }
    }
}
