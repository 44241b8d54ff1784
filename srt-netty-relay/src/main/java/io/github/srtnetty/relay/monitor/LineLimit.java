// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.monitor;

import java.util.concurrent.TimeUnit;

/**
 * Limits lines of a log that strangers cause: {@link #LINES_PER_SECOND}, and the number of those left out. Any thread.
 */
public final class LineLimit {
    /** More than a person reads, and few enough for a disk. */
    public static final int LINES_PER_SECOND = 20;
    /** The result for a line that must not be logged. */
    public static final int SKIP = -1;

    private long secondNanos;
    private int lines;
    private int skipped;

    public LineLimit(long nowNanos) {
        secondNanos = nowNanos;
    }

    /** Returns {@link #SKIP}, or how many lines were skipped since the last one that was logged. */
    public synchronized int tryLine(long nowNanos) {
        if (nowNanos - secondNanos >= TimeUnit.SECONDS.toNanos(1)) {
            secondNanos = nowNanos;
            lines = 0;
        }
        if (++lines > LINES_PER_SECOND) {
            skipped++;
            return SKIP;
        }
        int before = skipped;
        skipped = 0;
        return before;
    }
}
