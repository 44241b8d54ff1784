// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.libsrt;

import org.jspecify.annotations.Nullable;

/**
 * Lets the peers of a listener send new keys ({@code SRTO_KMREFRESHRATE}) once one of them has to know a passphrase;
 * until then {@link HandshakeFilter} drops such messages. Any thread.
 */
final class KeyRenewal {
    private volatile boolean passphrase;
    /** Of a listener, until the peers that it accepts may send new keys. */
    private volatile @Nullable UdpSocket udpWithoutKeys;

    /** Notes whether the socket has a passphrase. */
    void passphrase(boolean present) {
        passphrase = present;
    }

    boolean hasPassphrase() {
        return passphrase;
    }

    /** Notes that the socket listens; {@code udp} is null where there is no filter. */
    void listening(@Nullable UdpSocket udp) {
        udpWithoutKeys = passphrase ? null : udp;
    }

    /** Allows new keys where the accept filter has given the candidate a passphrase. */
    void decided(KeyRenewal candidate) {
        UdpSocket udp = udpWithoutKeys;
        if (candidate.passphrase && udp != null) {
            udpWithoutKeys = null;
            HandshakeGuard.instance().allowKeys(udp);
        }
    }
}
