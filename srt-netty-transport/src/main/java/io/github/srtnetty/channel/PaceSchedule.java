// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.channel;

/**
 * Maps due times to the clock. Due times count from the first payload, so they do not drift. A payload that is later
 * than the longest catch-up restarts the count, so that the burst after a stall is bounded. Not thread-safe.
 */
final class PaceSchedule {
    private final long longestCatchUpNanos;
    private boolean started;
    private long startNanos;

    /** Creates a schedule that starts with the first call of {@link #waitNanos}. */
    PaceSchedule(long longestCatchUpNanos) {
        this.longestCatchUpNanos = longestCatchUpNanos;
    }

    /** Returns the wait before a payload is sent, in nanoseconds; 0 or less: send it now. */
    long waitNanos(long nowNanos, long dueNanos) {
        if (!started) {
            started = true;
            startNanos = nowNanos - dueNanos;
        }
        long wait = leftNanos(nowNanos, dueNanos);
        if (wait < -longestCatchUpNanos) {
            startNanos = nowNanos - dueNanos;
            return 0;
        }
        return wait;
    }

    /** Returns the nanoseconds until a payload is due, negative if it is late. Does not move due times. */
    long leftNanos(long nowNanos, long dueNanos) {
        return started ? dueNanos - (nowNanos - startNanos) : 0;
    }
}
