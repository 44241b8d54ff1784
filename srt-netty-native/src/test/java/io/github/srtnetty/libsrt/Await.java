// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.libsrt;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;

/** Waits for a condition by looking often, and fails with words when it does not come. */
final class Await {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final long LOOK_NANOS = 500_000;

    private Await() {}

    /** Waits until {@code condition} holds, 20 seconds at most. */
    static void until(String what, Callable<Boolean> condition) throws Exception {
        long end = System.nanoTime() + LIMIT.toNanos();
        while (!condition.call()) {
            if (System.nanoTime() - end >= 0) {
                throw new AssertionError("not within " + LIMIT.toMillis() + " ms: " + what);
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }

    /** Lets {@code time} go by: for tests that something does not happen. */
    static void pass(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        for (long left = time.toNanos(); left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}
