// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples;

import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** Prints lines that strangers cause, at most {@link #PER_SECOND} a second; the next one says how many were left out. Any thread. */
final class LimitedLines {
    static final int PER_SECOND = 5;

    private static final long SECOND_NANOS = 1_000_000_000;

    private final LongSupplier nanoClock;
    private final Consumer<String> out;
    private long secondBegan;
    private int printed;
    private long leftOut;

    /** Prints on standard error. */
    LimitedLines() {
        this(System::nanoTime, System.err::println);
    }

    LimitedLines(LongSupplier nanoClock, Consumer<String> out) {
        this.nanoClock = nanoClock;
        this.out = out;
        this.secondBegan = nanoClock.getAsLong() - SECOND_NANOS;
    }

    synchronized void print(String line) {
        long now = nanoClock.getAsLong();
        if (now - secondBegan >= SECOND_NANOS) {
            secondBegan = now;
            printed = 0;
        }
        if (printed == PER_SECOND) {
            leftOut++;
            return;
        }
        printed++;
        out.accept(leftOut == 0 ? line : line + " (and " + leftOut + " more before)");
        leftOut = 0;
    }
}
