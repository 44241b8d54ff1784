// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.stream;

import io.netty.buffer.ByteBuf;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * The payloads that wait for one sink, as slices: bounded in memory, in entries and in the age of the oldest. Payloads
 * count as {@link QueueCost}.
 *
 * <p>Threads: any; the lock is held for a few instructions only.
 */
public final class SendQueue {
    /** Two seconds of 1 Gbit/s; {@link Limits#bytes} bounds the memory. */
    private static final int MAX_ENTRIES = 1 << 18;

    /** The policy for a slow sink. */
    public enum WhenFull {
        /** Drops the oldest payloads until the queue is within its limits: the sink stays at the live edge. */
        DROP_OLDEST,
        /** Drops new payloads until the queue is down to {@link Limits#resumeBytes}: all that was queued is sent. */
        DROP_NEWEST,
        /** Drops everything and closes the queue: the sink is to be disconnected. */
        CLOSE
    }

    /**
     * The limits of a queue.
     *
     * @param bytes how much memory it may hold
     * @param resumeBytes how much it holds when it has room again after it was full
     * @param nanos how old its oldest payload may become, {@link #NO_AGE_LIMIT} for any age
     * @param whenFull what happens beyond
     */
    public record Limits(long bytes, long resumeBytes, long nanos, WhenFull whenFull) {
        /** Payloads have no age limit. */
        public static final long NO_AGE_LIMIT = Long.MAX_VALUE;

        /** 6.7 seconds of 5 Mbit/s; the default of a player's queue. */
        private static final long HELD_BYTES = 4 << 20;

        /** For payloads of a source that may not be passed on yet: beyond the bound the oldest are dropped. */
        public static final Limits HELD = new Limits(HELD_BYTES, HELD_BYTES, NO_AGE_LIMIT, WhenFull.DROP_OLDEST);
    }

    /**
     * A payload that waits.
     *
     * @param payload the receiver of the entry releases it
     * @param sourceTimeMicros its creation time, {@link Intake#NO_TIME} if unknown
     * @param cost its {@link QueueCost}
     * @param sinceNanos when it was queued
     */
    public record Entry(ByteBuf payload, long sourceTimeMicros, int cost, long sinceNanos) {}

    private final ArrayDeque<Entry> entries = new ArrayDeque<>();
    private final Limits limits;
    private final TrafficCounters counters;
    private long bytes;
    private boolean full;
    private boolean ended;
    private boolean closed;

    /** Creates an empty queue, which counts in {@code counters} what it drops. */
    public SendQueue(Limits limits, TrafficCounters counters) {
        this.limits = limits;
        this.counters = counters;
    }

    /**
     * Takes over a payload; payloads beyond the limits are dropped by the policy.
     *
     * @return false if the policy closed the queue: the sink is to be disconnected
     */
    public synchronized boolean offer(ByteBuf payload, long sourceTimeMicros, long nowNanos) {
        if (closed || ended) {
            payload.release();
            return true;
        }
        if (full && limits.whenFull == WhenFull.DROP_NEWEST) {
            drop(payload);
            return true;
        }
        int cost = QueueCost.of(payload);
        entries.add(new Entry(payload, sourceTimeMicros, cost, nowNanos));
        bytes += cost;
        notifyAll();
        if (limits.whenFull == WhenFull.DROP_NEWEST) {
            full = bytes >= limits.bytes || entries.size() >= MAX_ENTRIES;
        }
        return dropOld(nowNanos);
    }

    /** Drops payloads beyond the limits, as {@link #offer} does; returns false if the policy closed the queue. */
    public synchronized boolean dropOld(long nowNanos) {
        if (closed || limits.whenFull == WhenFull.DROP_NEWEST || !exceedsLimits(nowNanos)) {
            return true;
        }
        if (limits.whenFull == WhenFull.CLOSE) {
            close();
            return false;
        }
        while (exceedsLimits(nowNanos)) {
            drop(removeFirst().payload);
        }
        return true;
    }

    /** Returns the next payload, null if there is none. */
    public synchronized @Nullable Entry poll() {
        return entries.isEmpty() ? null : removeFirst();
    }

    /** Waits for the next payload; returns null when the queue is closed, or has ended and is empty. */
    public synchronized @Nullable Entry take() throws InterruptedException {
        while (entries.isEmpty() && !ended && !closed) {
            wait();
        }
        return poll();
    }

    public synchronized boolean isEmpty() {
        return entries.isEmpty();
    }

    /** Returns whether a payload would be queued, and nothing dropped for it. */
    public synchronized boolean hasRoom() {
        return !closed && !ended && !full && bytes < limits.bytes;
    }

    /** Returns how much memory the payloads hold. */
    public synchronized long bytes() {
        return bytes;
    }

    /** Returns the age of the oldest payload in nanoseconds, 0 where there is none. */
    public synchronized long oldestNanos(long nowNanos) {
        Entry oldest = entries.peek();
        return oldest == null ? 0 : Math.max(0, nowNanos - oldest.sinceNanos);
    }

    /** Returns the time in nanoseconds until the oldest payload is too old, -1 if no payload becomes too old. */
    public synchronized long nanosUntilTooOld(long nowNanos) {
        Entry oldest = entries.peek();
        return oldest == null || limits.nanos == Limits.NO_AGE_LIMIT
                ? -1
                : Math.max(0, limits.nanos - Math.max(0, nowNanos - oldest.sinceNanos));
    }

    /** Accepts no more payloads; queued ones stay. */
    public synchronized void end() {
        ended = true;
        notifyAll();
    }

    /** Drops everything. Payloads that are offered later are released and not counted. */
    public synchronized void close() {
        closed = true;
        while (!entries.isEmpty()) {
            drop(removeFirst().payload);
        }
        notifyAll();
    }

    private boolean exceedsLimits(long nowNanos) {
        Entry oldest = entries.peek();
        return oldest != null
                && (bytes > limits.bytes
                        || entries.size() > MAX_ENTRIES
                        || nowNanos - oldest.sinceNanos > limits.nanos);
    }

    private Entry removeFirst() {
        Entry first = entries.remove();
        bytes -= first.cost;
        full &= bytes > limits.resumeBytes || bytes >= limits.bytes;
        return first;
    }

    private void drop(ByteBuf payload) {
        counters.dropped(payload.readableBytes());
        payload.release();
    }
}
