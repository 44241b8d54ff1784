// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.stream;

/** A sink of a {@link LiveStream}: a player, or another node that pulls the stream. Any thread. */
public interface StreamSink extends Sink {
    /** Returns the connection of the player, or of the other node. */
    Connection connection();

    /** Returns whether another node pulls the stream, for players of its own. */
    default boolean isPull() {
        return connection().node() != null;
    }

    /** Returns what was sent and dropped. */
    TrafficCounters counters();

    /** Returns the memory queued for the player. */
    long queuedBytes();

    /** Returns for how long the oldest payload in the queue has been waiting, in milliseconds; 0 where none waits. */
    long queuedMillis();
}
