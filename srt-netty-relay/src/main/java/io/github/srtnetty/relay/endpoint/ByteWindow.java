// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.endpoint;

import java.util.concurrent.TimeUnit;

/** The bytes of the last {@link #SECONDS}, the current second with them. One thread. */
final class ByteWindow {
    /** Long enough that a burst after a network outage does not count as the rate of the stream. */
    static final int SECONDS = 5;

    private final long[] bytes = new long[SECONDS];
    private final long startNanos;
    private long second;
    private long sum;

    ByteWindow(long nowNanos) {
        startNanos = nowNanos;
    }

    /** Adds bytes received now; returns the number of bytes within the window. */
    long add(int count, long nowNanos) {
        long now = TimeUnit.NANOSECONDS.toSeconds(nowNanos - startNanos);
        for (long next = Math.max(second + 1, now - SECONDS + 1); next <= now; next++) {
            sum -= bytes[slot(next)];
            bytes[slot(next)] = 0;
        }
        second = now;
        bytes[slot(now)] += count;
        sum += count;
        return sum;
    }

    private static int slot(long second) {
        return (int) (second % SECONDS);
    }
}
