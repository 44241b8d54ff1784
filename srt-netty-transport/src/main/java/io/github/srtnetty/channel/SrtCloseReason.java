// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.channel;

/**
 * Why a channel closed. libsrt before 1.6 reports a peer that closed and a peer that fell silent in the same way. The
 * channel infers which it was from the time when the peer was last heard.
 */
public enum SrtCloseReason {
    /** This side closed it. */
    LOCAL,
    /** The peer closed it: it had been heard within the peer idle time-out. */
    PEER_CLOSED,
    /** The peer fell silent for {@code SRTO_PEERIDLETIMEO} after it was last heard. */
    IDLE_TIMEOUT,
    /** The peer closed it, or fell silent: it had sent no data for longer, and libsrt does not report which. */
    LOST,
    /** The connect was refused; the connect future says why. */
    REJECTED,
    /** The connect had no answer in time. */
    CONNECT_TIMEOUT
}
