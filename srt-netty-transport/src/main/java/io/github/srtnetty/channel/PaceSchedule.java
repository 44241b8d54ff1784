// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.channel;

/**
 * Maps due times to the clock. They count from the first payload, so nothing drifts; a payload that is later than the
 * longest catch-up starts the count anew, so that a stall is not followed by an endless burst. One thread.
 */
final class PaceSchedule {
    private final long longestCatchUpNanos;
    private boolean started;
    private long startNanos;

    /** Creates a schedule that starts with the first call of {@link #waitNanos}. */
    PaceSchedule(long longestCatchUpNanos) {
        this.longestCatchUpNanos = longestCatchUpNanos;
    }

    /** Returns how long to wait before a payload is sent; 0 or less: send it now. */
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

    /** Returns the time that is left until a payload is due, negative where it is late; moves no due time. */
    long leftNanos(long nowNanos, long dueNanos) {
        return started ? dueNanos - (nowNanos - startNanos) : 0;
    }
}
