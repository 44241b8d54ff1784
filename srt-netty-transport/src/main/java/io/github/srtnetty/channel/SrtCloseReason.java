// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.channel;

/**
 * Why a channel closed. libsrt before 1.6 reports a peer that closed and a peer that fell silent in the same way. The
 * channel infers which it was from the time of the last packet from the peer.
 */
public enum SrtCloseReason {
    /** This side closed it. */
    LOCAL,
    /** The peer closed it: the last packet had arrived within the peer idle time-out. */
    PEER_CLOSED,
    /** The peer sent nothing for {@code SRTO_PEERIDLETIMEO}. */
    IDLE_TIMEOUT,
    /** The peer closed it, or fell silent: it had sent no data for longer, and libsrt does not report which. */
    LOST,
    /** The connect was refused; the connect future says why. */
    REJECTED,
    /** The connect had no answer in time. */
    CONNECT_TIMEOUT
}
