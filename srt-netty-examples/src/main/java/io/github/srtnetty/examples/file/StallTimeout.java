// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.file;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * A time budget for waiting for a peer. Progress of the peer restores part of it, at a minimum rate, but never above
 * the initial value, so a peer with little progress also runs out of it. One thread.
 */
final class StallTimeout {
    /**
     * How long a peer may make this side wait.
     *
     * @param time the time at the start, and the most that is left
     * @param bytesPerSecond how fast bytes of the peer give it back; 0: any byte gives all of it back
     */
    record Limit(Duration time, long bytesPerSecond) {
        private static final long NOTHING_GIVEN_BACK = Long.MAX_VALUE;

        /** Returns a limit of all waiting together, whatever the peer does. */
        static Limit total(Duration time) {
            return new Limit(time, NOTHING_GIVEN_BACK);
        }
    }

    private final String peer;
    private final String verb;
    private final Limit limit;
    private final LongSupplier nanoTime;
    private long leftNanos;
    private long idleNanos;
    private long bytes;
    private long sinceNanos;
    private long noticeNanos = Long.MAX_VALUE;
    private Runnable notice = () -> {};

    /** Fails with the peer's name and what it should have done: {@code "sent"} or {@code "took"}. */
    StallTimeout(String peer, String verb, Limit limit) {
        this(peer, verb, limit, System::nanoTime);
    }

    StallTimeout(String peer, String verb, Limit limit, LongSupplier nanoTime) {
        this.peer = peer;
        this.verb = verb;
        this.limit = limit;
        this.nanoTime = nanoTime;
        leftNanos = limit.time().toNanos();
        begin();
    }

    /** Begins to wait; the time since the last wait is not charged to the peer. */
    void begin() {
        sinceNanos = nanoTime.getAsLong();
    }

    /** Runs a notice once, from {@link #at}, when the peer has done nothing for this time. */
    void noticeAfter(Duration time, Runnable action) {
        noticeNanos = time.toNanos();
        notice = action;
    }

    /** Removes the notice if it has not run. */
    void withoutNotice() {
        noticeNanos = Long.MAX_VALUE;
    }

    /** Returns after how long to call {@link #at} if the peer does nothing, in nanoseconds. */
    long leftNanos() {
        return Math.min(leftNanos, noticeNanos - idleNanos);
    }

    /**
     * Continues to wait, after this total number of bytes.
     *
     * @throws IOException when the time is over
     */
    void at(long total) throws IOException {
        long now = nanoTime.getAsLong();
        long waited = now - sinceNanos;
        sinceNanos = now;
        idleNanos = total > bytes ? 0 : idleNanos + waited;
        leftNanos = (long) Math.min(limit.time().toNanos(), leftNanos - waited + nanosFor(total - bytes));
        bytes = total;
        if (idleNanos >= noticeNanos) {
            withoutNotice();
            notice.run();
        }
        if (leftNanos <= 0) {
            throw new IOException(reason());
        }
    }

    private double nanosFor(long more) {
        return more <= 0 ? 0 : more * (double) TimeUnit.SECONDS.toNanos(1) / limit.bytesPerSecond(); // infinite for 0
    }

    // A wait may also be too long because this machine stood still: no more than the limit is the peer's fault.
    private String reason() {
        long limitNanos = limit.time().toNanos();
        if (idleNanos > limitNanos / 2) {
            return peer + ' ' + verb + " nothing for " + Math.round(Math.min(idleNanos, limitNanos) / 1e9) + " s";
        }
        if (limit.bytesPerSecond() == Limit.NOTHING_GIVEN_BACK) {
            return peer + ' ' + verb + " too little within " + limit.time().toSeconds() + " s";
        }
        return peer + ' ' + verb + " less than " + limit.bytesPerSecond() + " bytes/s";
    }
}
