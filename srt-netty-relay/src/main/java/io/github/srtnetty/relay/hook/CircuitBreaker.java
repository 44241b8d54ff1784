// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.hook;

import java.util.concurrent.TimeUnit;

/**
 * Stops asking a failing server for a time after several failures in a row; then one question decides whether it is
 * asked again. Not thread-safe.
 */
final class CircuitBreaker {
    /** One lost connection is not an outage. */
    static final int FAILURES = 5;
    /** The delay until a restarted hook is used again. */
    static final long OPEN_NANOS = TimeUnit.SECONDS.toNanos(5);

    private int failures;
    private long untilNanos;
    private boolean probing;

    /** Returns whether there is an outage. */
    boolean isOpen() {
        return failures >= FAILURES;
    }

    /** Returns whether a question may be sent; the first one after the time is the probe. */
    boolean allows(long nowNanos) {
        if (!isOpen()) {
            return true;
        }
        if (probing || nowNanos - untilNanos < 0) {
            return false;
        }
        probing = true;
        return true;
    }

    /** Notes an answer; returns whether it ends an outage. */
    boolean succeeded() {
        boolean ends = isOpen();
        failures = 0;
        probing = false;
        return ends;
    }

    /** Notes a failure; returns whether it begins an outage. */
    boolean failed(long nowNanos) {
        failures = Math.min(FAILURES + 1, failures + 1);
        untilNanos = nowNanos + OPEN_NANOS;
        probing = false;
        return failures == FAILURES;
    }
}
