// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.libsrt;

import java.net.InetSocketAddress;

/**
 * Decides about a caller before it is accepted ({@code srt_listen_callback}). It runs on the receive thread of the UDP
 * port and holds up all sockets of that port: it must return in constant time, wait for nothing, and close no listener
 * (that blocks for ever). What it throws rejects the caller.
 */
@FunctionalInterface
public interface SrtListenHook {
    /** Returned to accept. */
    int ACCEPT = 0;

    /**
     * Decides.
     *
     * @param candidate the connection to be; options that can be set before connect can be set on it now
     * @param handshakeVersion 4 or 5
     * @param streamId empty where the caller sent none
     * @return {@link #ACCEPT}, or the code to reject with, 1000 or more
     */
    int decide(SrtSocket candidate, InetSocketAddress peer, int handshakeVersion, String streamId);
}
