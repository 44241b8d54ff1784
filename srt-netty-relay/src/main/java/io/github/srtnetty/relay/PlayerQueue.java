// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay;

import io.github.srtnetty.relay.config.RelayRules;
import io.github.srtnetty.relay.config.RelaySetting;
import io.netty.buffer.ByteBuf;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What waits for one player: bounded in memory, in entries and in the age of its oldest packet. An entry counts as the
 * capacity of the buffer that it keeps alive, not as its payload, and as {@link #ENTRY_BYTES} for the objects around
 * it. The publisher's loop offers, the player's takes; both hold the lock for a few instructions only.
 */
final class PlayerQueue {
    /** A slice, its buffer, the entry and its slot in the queue: 200 bytes on a 64-bit JVM, rounded up. */
    static final int ENTRY_BYTES = 256;
    /** Two seconds of 1 Gbit/s; the memory is bounded by {@code queueBytes}. */
    static final int MAX_ENTRIES = 1 << 18;

    private record Waiting(ByteBuf payload, int heldBytes, long sinceNanos) {}

    private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();
    private final long maxBytes;
    private final long maxNanos;
    private final boolean dropsOldest;
    private final Counters counters;
    private long bytes;
    private boolean closed;

    PlayerQueue(RelayRules config, Counters counters) {
        maxBytes = config.number(RelaySetting.QUEUE_BYTES);
        maxNanos = TimeUnit.MILLISECONDS.toNanos(config.number(RelaySetting.QUEUE_MILLIS));
        dropsOldest = config.is(RelaySetting.SLOW_PLAYER, "drop");
        this.counters = counters;
    }

    /** Returns what a payload keeps in memory while it waits. */
    static int heldBytes(ByteBuf payload) {
        ByteBuf root = payload;
        for (ByteBuf next = root.unwrap(); next != null; next = root.unwrap()) {
            root = next;
        }
        return Math.max(root.capacity(), payload.readableBytes()) + ENTRY_BYTES;
    }

    /**
     * Takes over a payload. What is over the bounds then is dropped from the front, or makes this false and closes the
     * queue: the player is to be disconnected.
     */
    synchronized boolean offer(ByteBuf payload, long nowNanos) {
        if (closed) {
            payload.release();
            return true;
        }
        int heldBytes = heldBytes(payload);
        waiting.add(new Waiting(payload, heldBytes, nowNanos));
        bytes += heldBytes;
        return dropOld(nowNanos);
    }

    /**
     * Drops what is over the bounds, like {@link #offer}; returns false where the player is to be disconnected for it.
     */
    synchronized boolean dropOld(long nowNanos) {
        if (closed || !isOver(nowNanos)) {
            return true;
        }
        if (!dropsOldest) {
            close();
            return false;
        }
        while (isOver(nowNanos)) {
            dropFirst();
        }
        return true;
    }

    /** Returns the next payload, which the caller releases; null where there is none. */
    synchronized @Nullable ByteBuf poll() {
        Waiting next = waiting.poll();
        if (next == null) {
            return null;
        }
        bytes -= next.heldBytes;
        return next.payload;
    }

    synchronized boolean isEmpty() {
        return waiting.isEmpty();
    }

    /** Returns how much memory it keeps. */
    synchronized long bytes() {
        return bytes;
    }

    /** Returns the age of the oldest payload, -1 where there is none. */
    synchronized long oldestNanos(long nowNanos) {
        Waiting oldest = waiting.peek();
        return oldest == null ? -1 : Math.max(0, nowNanos - oldest.sinceNanos);
    }

    /** Returns the age at which a payload is dropped. */
    long maxNanos() {
        return maxNanos;
    }

    /** Drops everything, and what comes later uncounted. */
    synchronized void close() {
        closed = true;
        while (!waiting.isEmpty()) {
            dropFirst();
        }
    }

    private boolean isOver(long nowNanos) {
        Waiting oldest = waiting.peek();
        return oldest != null
                && (bytes > maxBytes || waiting.size() > MAX_ENTRIES || nowNanos - oldest.sinceNanos > maxNanos);
    }

    private void dropFirst() {
        Waiting oldest = waiting.remove();
        bytes -= oldest.heldBytes;
        int length = oldest.payload.readableBytes();
        oldest.payload.release();
        counters.dropped(length);
    }
}
