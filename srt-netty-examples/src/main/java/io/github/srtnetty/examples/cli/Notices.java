// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.cli;

import io.github.srtnetty.libsrt.LineLimit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Lines on standard error that strangers can cause, limited to a burst of {@link #AT_ONCE} and then one per
 * second, so nobody can fill a log. The next line after skipped ones gives their number. Any thread.
 */
public final class Notices {
    /** Enough to diagnose a mistake in the own setup. */
    static final int AT_ONCE = 20;

    private static final int PER_SECOND = 1;

    private final Consumer<String> lines;
    private final LongSupplier nanoTime;
    private final LineLimit limit = new LineLimit(AT_ONCE, PER_SECOND);

    /** Prints on standard error. */
    public Notices() {
        this(System.err::println, System::nanoTime);
    }

    /** Prints to {@code lines}, by this clock. */
    public Notices(Consumer<String> lines, LongSupplier nanoTime) {
        this.lines = lines;
        this.nanoTime = nanoTime;
    }

    /** Prints a line, unless there were too many. */
    public void print(String line) {
        long skipped = limit.tryLine(nanoTime.getAsLong());
        if (skipped != LineLimit.SKIP) {
            lines.accept(
                    "srt-netty: " + line + (skipped == 0 ? "" : " (" + skipped + " lines like this were left out)"));
        }
    }
}
