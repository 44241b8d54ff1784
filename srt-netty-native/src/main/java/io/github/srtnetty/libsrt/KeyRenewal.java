// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.libsrt;

import org.jspecify.annotations.Nullable;

/**
 * Allows the peers of a listener to send new keys ({@code SRTO_KMREFRESHRATE}) as soon as one of them needs a
 * passphrase. Until then {@link HandshakeFilter} drops such messages. Any thread.
 */
final class KeyRenewal {
    private volatile boolean passphrase;
    /** The UDP socket of a listener until the peers that it accepts may send new keys; then null. */
    private volatile @Nullable UdpSocket udpWithoutKeys;

    /** Notes whether the socket has a passphrase. */
    void passphrase(boolean present) {
        passphrase = present;
    }

    boolean hasPassphrase() {
        return passphrase;
    }

    /** Notes that the socket listens; {@code udp} is null if there is no filter. */
    void listening(@Nullable UdpSocket udp) {
        udpWithoutKeys = passphrase ? null : udp;
    }

    /** Allows new keys if the accept filter has given the candidate a passphrase. */
    void decided(KeyRenewal candidate) {
        UdpSocket udp = udpWithoutKeys;
        if (candidate.passphrase && udp != null) {
            udpWithoutKeys = null;
            HandshakeGuard.instance().allowKeys(udp);
        }
    }
}
