// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay;

import io.netty.buffer.ByteBuf;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * A name that somebody publishes or plays. {@link Hub} changes publisher and players, one change at a time for each
 * name; the publisher's loop sends through it meanwhile.
 */
final class LiveStream {
    /** A payload of seven packets, 1,316 of 1,456 bytes, is passed on as it was read. */
    private static final int MOST_WASTE = 2;

    private final String name;
    private final Counters counters;
    private final List<Player> players = new CopyOnWriteArrayList<>();
    private volatile @Nullable Publisher publisher;

    LiveStream(String name, Counters whole) {
        this.name = name;
        counters = new Counters(whole);
    }

    String name() {
        return name;
    }

    Counters counters() {
        return counters;
    }

    /** Returns the players of this moment; the list follows the changes. */
    List<Player> players() {
        return players;
    }

    @Nullable
    Publisher publisher() {
        return publisher;
    }

    void publisher(@Nullable Publisher other) {
        publisher = other;
    }

    /** Returns whether somebody publishes and has sent something lately. */
    boolean isLive() {
        Publisher current = publisher;
        return current != null && !current.isSilent(System.nanoTime());
    }

    boolean isUnused() {
        return publisher == null && players.isEmpty();
    }

    /**
     * Queues a slice of a payload for each player. A small payload is copied once for all of them, as it would keep the
     * buffer of a large one in memory.
     */
    void relay(ByteBuf payload, long nowNanos) {
        counters.received(payload.readableBytes());
        if (players.isEmpty()) {
            return;
        }
        ByteBuf compact = compact(payload);
        try {
            for (Player player : players) {
                player.offer(compact.retainedSlice(), nowNanos);
            }
        } finally {
            compact.release();
        }
    }

    private static ByteBuf compact(ByteBuf payload) {
        int length = payload.readableBytes();
        boolean wastes = PlayerQueue.heldBytes(payload) - PlayerQueue.ENTRY_BYTES > MOST_WASTE * length;
        return wastes
                ? payload.alloc().buffer(length, length).writeBytes(payload, payload.readerIndex(), length)
                : payload.retain();
    }

    /** Has the players send what is queued, once for all that a publisher read in one go. */
    void wakePlayers() {
        for (Player player : players) {
            player.wake();
        }
    }
}
