// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Measures how long something takes while the machine runs: when it stands still, nothing can be in time. */
public final class Stopwatch implements AutoCloseable {
    private static final long STEP_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
    /** So late a thread may wake on a machine that is only busy. */
    private static final long LATE_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private final long start = System.nanoTime();
    private long looked = start;
    private long stoodStill;
    private volatile boolean closed;

    /** Starts to measure. */
    public Stopwatch() {
        Thread thread = new Thread(
                () -> {
                    while (!closed) {
                        LockSupport.parkNanos(STEP_NANOS);
                        look();
                    }
                },
                "stopwatch");
        thread.setDaemon(true);
        thread.start();
    }

    /** Returns the milliseconds since the start in which the machine ran. */
    public synchronized long millis() {
        look();
        return TimeUnit.NANOSECONDS.toMillis(looked - start - stoodStill);
    }

    @Override
    public void close() {
        closed = true;
    }

    private synchronized void look() {
        long now = System.nanoTime();
        stoodStill += Math.max(0, now - looked - STEP_NANOS - LATE_NANOS);
        looked = now;
    }
}
