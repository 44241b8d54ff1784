// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.channel;

import java.util.concurrent.TimeUnit;

/**
 * Decides which slow calls of a listener's accept filter are logged. During the first calls the JVM loads the filter's
 * classes, which takes 50 to 150 ms. The first slow call is therefore not logged, unless it is much slower than that.
 *
 * <p>Thread: libsrt's receive thread of the port, the only one that calls the filter.
 */
final class SlowFilterCalls {
    /**
     * The time for which all connections of the port may be blocked. A filter that looks things up in memory takes
     * microseconds.
     */
    private static final long SLOW_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    /** Longer than class loading takes, even on a busy machine. */
    private static final long SLOW_FIRST_NANOS = TimeUnit.SECONDS.toNanos(1);

    private boolean hasSlowCall;

    /** Returns whether a call of this duration is to be logged. */
    boolean isLogged(long nanos) {
        if (nanos <= SLOW_NANOS) {
            return false;
        }
        boolean first = !hasSlowCall;
        hasSlowCall = true;
        return !first || nanos > SLOW_FIRST_NANOS;
    }
}
