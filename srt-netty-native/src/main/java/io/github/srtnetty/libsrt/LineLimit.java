// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.libsrt;

import java.util.concurrent.TimeUnit;

/**
 * Limits the log lines that peers can cause, so that no peer can fill a disk: first a burst, then one line in each
 * interval. For the modules of this project. Any thread.
 */
public final class LineLimit {
    /** Returned by {@link #tryLine} if the line must not be logged. */
    public static final long SKIP = -1;

    private final int atOnce;
    private final long intervalNanos;
    private long available;
    private long lastNanos;
    private long skipped;
    private boolean started;

    /**
     * Creates a limit.
     *
     * @param atOnce the number of lines that may be logged at once
     * @param perSecond the average number of lines per second
     */
    public LineLimit(int atOnce, double perSecond) {
        this.atOnce = atOnce;
        intervalNanos = (long) (TimeUnit.SECONDS.toNanos(1) / perSecond);
        available = atOnce;
    }

    /** Returns {@link #SKIP}, or the number of lines skipped since the last logged line. */
    public synchronized long tryLine(long nowNanos) {
        if (!started) {
            started = true;
            lastNanos = nowNanos;
        }
        long more = Math.max(0, (nowNanos - lastNanos) / intervalNanos); // threads may call in another order
        lastNanos += more * intervalNanos;
        available = Math.min(atOnce, available + more);
        if (available == 0) {
            skipped++;
            return SKIP;
        }
        available--;
        long before = skipped;
        skipped = 0;
        return before;
    }
}
