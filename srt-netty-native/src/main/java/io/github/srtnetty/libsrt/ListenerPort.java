// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.libsrt;

import org.jspecify.annotations.Nullable;

/**
 * The UDP socket of a listener.
 *
 * @param udp the socket, null where there is no filter on it
 * @param cookie its number in the system, which no later socket with the same descriptor has
 */
record ListenerPort(@Nullable UdpSocket udp, long cookie) {
    /** Of a socket that does not listen. */
    static final ListenerPort NONE = new ListenerPort(null, UdpSocket.NO_COOKIE);

    /** Returns the port with a UDP socket. */
    static ListenerPort of(@Nullable UdpSocket udp) {
        return udp == null ? NONE : new ListenerPort(udp, udp.cookie());
    }

    /**
     * Lets a share of the conclusions through, and drops the others at random in the kernel; callers repeat them four
     * times a second. Without effect where there is no filter, and once the socket is closed.
     *
     * @param share 0 (none) to 1 (all)
     */
    void pass(double share) {
        if (udp != null && cookie != UdpSocket.NO_COOKIE && udp.cookie() == cookie) {
            HandshakeGuard.instance().pass(udp, share);
        }
    }
}
