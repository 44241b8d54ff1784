// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.channel;

/**
 * Why a channel closed. libsrt before 1.6 does not distinguish a peer that closed from a peer that fell silent, so the
 * channel infers it from the time of the peer's last packet.
 */
public enum SrtCloseReason {
    /** This side closed it. */
    LOCAL,
    /** The peer closed it: the last packet had arrived within the peer idle time-out. */
    PEER_CLOSED,
    /**
     * Data of the peer is missing, because the application read too slowly. In live mode libsrt's receive buffer
     * ({@code SRTO_RCVBUF}) was full, and libsrt then broke the connection, or the peer closed it. In any mode: the
     * peer closed, and about a minute later libsrt dropped the data that the application had not read by then.
     */
    OVERFLOW,
    /** The peer sent nothing for {@code SRTO_PEERIDLETIMEO} milliseconds. */
    IDLE_TIMEOUT,
    /**
     * The peer closed it or fell silent: it had sent nothing for longer than the time-out, and libsrt does not report
     * which.
     */
    LOST,
    /** The connect was rejected; the connect future fails with the reason. */
    REJECTED,
    /** The peer did not answer the connect within the connect time-out. */
    CONNECT_TIMEOUT
}
