// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.history;

/** A counter that only grows during the lifetime of its owner, a connection or a stream. */
public enum Total {
    /** Packets that were received, retransmitted ones included; of a connection. */
    RECEIVED,
    /** Packets that were received, each once; of a connection. */
    UNIQUE,
    /** Packets that were found missing; of a connection. */
    LOST,
    /** Retransmitted packets that were received; of a connection. */
    RETRANSMITTED,
    /** Packets that arrived too late, or twice; of a connection. */
    BELATED,
    /** Packets that were given up; of a connection. */
    DROPPED,
    /** Payloads that were delivered to the relay; of a stream. */
    PAYLOADS,
    /** Payloads that slow players lost; of a stream. */
    PLAYERS_DROPPED;

    static final int COUNT = values().length;
}
