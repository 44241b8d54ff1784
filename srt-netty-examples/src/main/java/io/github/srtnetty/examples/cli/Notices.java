// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.cli;

import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Lines on standard error that strangers can cause: {@link #AT_ONCE} of them, then one each second, so that nobody
 * fills a log. The next line after some were left out gives their number. Any thread.
 */
public final class Notices {
    /** As many as one may want to read about a mistake of one's own. */
    static final int AT_ONCE = 20;

    private static final long EVERY_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Consumer<String> lines;
    private final LongSupplier nanoTime;
    private long available = AT_ONCE;
    private long lastNanos;
    private long leftOut;

    /** Prints on standard error. */
    public Notices() {
        this(System.err::println, System::nanoTime);
    }

    /** Prints to {@code lines}, by this clock. */
    public Notices(Consumer<String> lines, LongSupplier nanoTime) {
        this.lines = lines;
        this.nanoTime = nanoTime;
        lastNanos = nanoTime.getAsLong();
    }

    /** Prints a line, unless there were too many. */
    public synchronized void print(String line) {
        long more = (nanoTime.getAsLong() - lastNanos) / EVERY_NANOS;
        lastNanos += more * EVERY_NANOS;
        available = Math.min(AT_ONCE, available + more);
        if (available == 0) {
            leftOut++;
            return;
        }
        available--;
        lines.accept("srt-netty: " + line + (leftOut == 0 ? "" : " (" + leftOut + " lines like this were left out)"));
        leftOut = 0;
    }
}
