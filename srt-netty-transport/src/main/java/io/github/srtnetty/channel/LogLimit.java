// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.channel;

import java.util.concurrent.TimeUnit;

/**
 * Bounds the number of log lines that others cause: a few in each period, and the number of those that were skipped.
 */
final class LogLimit {
    /** Returned instead of a number when the line is not to be logged. */
    static final long SKIP = -1;
    /** Enough to see several callers with different trouble. */
    static final int LINES_PER_PERIOD = 5;
    /** At most 30 lines a minute: a log that a person can still read, and that fills no disk. */
    static final long PERIOD_NANOS = TimeUnit.SECONDS.toNanos(10);

    private boolean started;
    private long periodStart;
    private int lines;
    private long skipped;

    /** Returns {@link #SKIP}, or how many lines were skipped since the last one that was logged. */
    synchronized long tryAcquire(long nowNanos) {
        if (!started || nowNanos - periodStart >= PERIOD_NANOS) {
            started = true;
            periodStart = nowNanos;
            lines = 0;
        }
        if (lines == LINES_PER_PERIOD) {
            skipped++;
            return SKIP;
        }
        lines++;
        long before = skipped;
        skipped = 0;
        return before;
    }
}
