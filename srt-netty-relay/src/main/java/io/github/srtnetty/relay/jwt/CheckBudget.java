// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.jwt;

import java.util.concurrent.TimeUnit;

/**
 * Limits the rate of signature checks. A check runs on libsrt's receive thread, where it delays every stream of the
 * port, and strangers on many addresses could cause thousands per second. Any thread.
 */
final class CheckBudget {
    /** At 1 ms for a signature, a tenth of the time of one thread. docs/relay-auth.md has the measurements. */
    static final int PER_SECOND = 100;

    /** Enough for the encoders that reconnect at the same time after a restart. */
    static final int BURST = 100;

    private static final long NANOS_EACH = TimeUnit.SECONDS.toNanos(1) / PER_SECOND;

    /** When the budget would be full again; never in the past of the last call. */
    private long fullNanos;

    private boolean used;

    /** Takes one check; returns false if none is left. */
    synchronized boolean take(long nowNanos) {
        long full = used && fullNanos - nowNanos > 0 ? fullNanos : nowNanos;
        if (full + NANOS_EACH - nowNanos > BURST * NANOS_EACH) {
            return false;
        }
        used = true;
        fullNanos = full + NANOS_EACH;
        return true;
    }
}
