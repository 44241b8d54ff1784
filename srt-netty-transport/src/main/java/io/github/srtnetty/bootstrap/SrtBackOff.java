// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.bootstrap;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * The delays between attempts. Each failure in a row doubles the delay, and each delay is shortened at random by up to
 * half, so that the callers of a restarted server do not all reconnect at the same moment.
 *
 * @param first the delay after the first failure
 * @param longest the longest delay
 */
record SrtBackOff(Duration first, Duration longest) {
    /** Short for a waiting user, but long enough not to load the server. */
    private static final Duration FIRST = Duration.ofMillis(250);
    /** A caller finds a server that was down for a long time within this time. */
    private static final Duration LONGEST = Duration.ofSeconds(30);
    /** No user waits longer for a live stream; a longer delay is a wrong unit. */
    private static final Duration MOST = Duration.ofDays(1);

    static final SrtBackOff DEFAULT = new SrtBackOff(FIRST, LONGEST);

    SrtBackOff {
        if (first.isNegative() || first.isZero() || longest.compareTo(first) < 0 || longest.compareTo(MOST) > 0) {
            throw new IllegalArgumentException("delays " + first + " and " + longest
                    + ": the first must be positive, the longest not shorter and at most " + MOST.toHours() + " h");
        }
    }

    /** Returns the delay after {@code failures} failures in a row. */
    Duration after(int failures, RandomGenerator random) {
        long delay = first.toNanos();
        for (int i = 1; i < failures && delay < longest.toNanos(); i++) {
            delay *= 2;
        }
        return shortened(Math.min(delay, longest.toNanos()), random);
    }

    /** Returns the delay after a failure that an early attempt would repeat. */
    Duration afterLastingFailure(RandomGenerator random) {
        return shortened(longest.toNanos(), random);
    }

    private static Duration shortened(long nanos, RandomGenerator random) {
        return Duration.ofNanos(nanos - random.nextLong(nanos / 2 + 1));
    }
}
