// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.testing;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for a condition that nothing announces; it fails when the time is over. */
public final class Await {
    /** Long enough for what takes a second where a busy machine runs it ten times as slowly. */
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private static final long STEP_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

    private Await() {}

    /** Waits until a condition holds; fails after {@code atMost}. */
    public static void until(String what, Duration atMost, BooleanSupplier condition) {
        long deadline = System.nanoTime() + atMost.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadline > 0) {
                throw new AssertionError("waited " + atMost + " without success: " + what);
            }
            LockSupport.parkNanos(STEP_NANOS);
        }
    }

    /** Waits until a condition holds; fails after 20 s. */
    public static void until(String what, BooleanSupplier condition) {
        until(what, LIMIT, condition);
    }
}
