// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.libsrt;

import org.jspecify.annotations.Nullable;

/**
 * The UDP socket of a listener.
 *
 * @param udp the socket; null if it has no filter
 * @param cookie the kernel's unique number of the socket ({@code SO_COOKIE}), which a later socket with the same
 *     descriptor does not have
 */
record ListenerPort(@Nullable UdpSocket udp, long cookie) {
    /** The port of a socket that does not listen. */
    static final ListenerPort NONE = new ListenerPort(null, UdpSocket.NO_COOKIE);

    /** Returns the port with a UDP socket. */
    static ListenerPort of(@Nullable UdpSocket udp) {
        return udp == null ? NONE : new ListenerPort(udp, udp.cookie());
    }

    /**
     * Makes the kernel pass a share of the conclusions and drop the others at random; callers repeat them four times a
     * second. Has no effect without a filter, or after the socket was closed.
     *
     * @param share 0 (none) to 1 (all)
     */
    void pass(double share) {
        if (udp != null && cookie != UdpSocket.NO_COOKIE && udp.cookie() == cookie) {
            HandshakeGuard.instance().pass(udp, share);
        }
    }
}
