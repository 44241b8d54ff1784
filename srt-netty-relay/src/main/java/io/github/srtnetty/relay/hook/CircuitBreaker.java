// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.hook;

import java.util.concurrent.TimeUnit;

/**
 * Stops asking a server that fails: after some failures in a row for a time, then one question decides whether it is
 * asked again. Not for several threads at once.
 */
final class CircuitBreaker {
    /** One lost connection is no outage. */
    static final int FAILURES = 5;
    /** So soon a hook that was restarted is in use again. */
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
