// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.bootstrap;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * The delays between attempts: doubled with each failure in a row, and shortened at random by up to half, so that many
 * callers of a server that restarts do not come back in the same moment.
 *
 * @param first the delay after the first failure
 * @param longest the longest delay
 */
record SrtBackOff(Duration first, Duration longest) {
    /** Short for a person who waits, long for a computer. */
    private static final Duration FIRST = Duration.ofMillis(250);
    /** A server that was down for long is found again within this time. */
    private static final Duration LONGEST = Duration.ofSeconds(30);
    /** Longer than anybody waits for a live stream; a longer one is a mistake in a unit. */
    private static final Duration MOST = Duration.ofDays(1);

    static final SrtBackOff DEFAULT = new SrtBackOff(FIRST, LONGEST);

    SrtBackOff {
        if (first.isNegative() || first.isZero() || longest.compareTo(first) < 0 || longest.compareTo(MOST) > 0) {
            throw new IllegalArgumentException("delays " + first + " and " + longest
                    + ": the first must be positive, the longest not shorter and at most " + MOST.toHours() + " h");
        }
    }

    /** Returns the delay after so many failures in a row. */
    Duration after(int failures, RandomGenerator random) {
        long delay = first.toNanos();
        for (int i = 1; i < failures && delay < longest.toNanos(); i++) {
            delay *= 2;
        }
        return shortened(Math.min(delay, longest.toNanos()), random);
    }

    /** Returns the delay after a failure that a soon attempt meets again. */
    Duration afterLastingFailure(RandomGenerator random) {
        return shortened(longest.toNanos(), random);
    }

    private static Duration shortened(long nanos, RandomGenerator random) {
        return Duration.ofNanos(nanos - random.nextLong(nanos / 2 + 1));
    }
}
