// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.libsrt;

import java.util.concurrent.TimeUnit;

/**
 * Limits the lines of a log that peers can cause, so that none of them fills a disk: some at once, then one in each
 * interval. Returns how many were skipped, for the next line. For the modules of this project. Any thread.
 */
public final class LineLimit {
    /** Returned instead of a number if the line must not be logged. */
    public static final long SKIP = -1;

    private final int atOnce;
    private final long intervalNanos;
    private long available;
    private long lastNanos;
    private long skipped;
    private boolean started;

    /**
     * Creates a limit that is not used up.
     *
     * @param atOnce how many lines may follow each other at once
     * @param perSecond how many lines a second may follow in the long run
     */
    public LineLimit(int atOnce, double perSecond) {
        this.atOnce = atOnce;
        intervalNanos = (long) (TimeUnit.SECONDS.toNanos(1) / perSecond);
        available = atOnce;
    }

    /** Returns {@link #SKIP}, or how many lines were skipped since the last one that was logged. */
    public synchronized long tryLine(long nowNanos) {
        if (!started) {
            started = true;
            lastNanos = nowNanos;
        }
        long more = Math.max(0, (nowNanos - lastNanos) / intervalNanos); // threads may arrive in another order
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
