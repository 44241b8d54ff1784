// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.relay;

import io.netty.buffer.ByteBuf;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What waits for one player: bounded in bytes and in the age of its oldest packet. The publisher's loop offers, the player's
 * takes; both hold the lock for a few instructions only.
 */
final class PlayerQueue {
    private record Waiting(ByteBuf payload, long sinceNanos) {}

    private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();
    private final long maxBytes;
    private final long maxNanos;
    private final boolean dropsOldest;
    private final Counters counters;
    private long bytes;
    private boolean closed;

    PlayerQueue(RelayConfig config, Counters counters) {
        maxBytes = config.number(RelaySetting.QUEUE_BYTES);
        maxNanos = TimeUnit.MILLISECONDS.toNanos(config.number(RelaySetting.QUEUE_MILLIS));
        dropsOldest = config.is(RelaySetting.SLOW_PLAYER, "drop");
        this.counters = counters;
    }

    /**
     * Takes over a payload. What is over the bounds then is dropped from the front, or makes this false and closes the queue:
     * the player is to be disconnected.
     */
    synchronized boolean offer(ByteBuf payload, long nowNanos) {
        if (closed) {
            payload.release();
            return true;
        }
        waiting.add(new Waiting(payload, nowNanos));
        bytes += payload.readableBytes();
        if (!isOver(nowNanos)) {
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
        bytes -= next.payload.readableBytes();
        return next.payload;
    }

    synchronized boolean isEmpty() {
        return waiting.isEmpty();
    }

    synchronized long bytes() {
        return bytes;
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
        return oldest != null && (bytes > maxBytes || nowNanos - oldest.sinceNanos > maxNanos);
    }

    private void dropFirst() {
        Waiting oldest = waiting.remove();
        int length = oldest.payload.readableBytes();
        bytes -= length;
        oldest.payload.release();
        counters.dropped(length);
    }
}
