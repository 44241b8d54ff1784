// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SrtBackOffTest {
    private static final Duration FIRST = Duration.ofMillis(20);
    private static final Duration LONGEST = Duration.ofMillis(200);

    @Test
    void waitsTwiceAsLongAfterEachFailure_withinBounds() {
        SrtBackOff backOff = new SrtBackOff(FIRST, LONGEST);
        for (int failures = 1; failures <= 4; failures++) {
            assertThat(backOff.after(failures, fixed(0))).isEqualTo(FIRST.multipliedBy(1L << failures - 1));
        }
        assertThat(backOff.after(5, fixed(0))).isEqualTo(LONGEST);
        assertThat(backOff.after(Integer.MAX_VALUE, fixed(0))).isEqualTo(LONGEST);
        assertThat(backOff.afterLastingFailure(fixed(0))).isEqualTo(LONGEST);
        assertThat(new SrtBackOff(Duration.ofNanos(1), Duration.ofDays(1)).after(Integer.MAX_VALUE, fixed(0)))
                .isEqualTo(Duration.ofDays(1));

        Random random = new Random(42);
        List<Duration> delays = new Random(1)
                .ints(200, 1, 10)
                .mapToObj(failures -> backOff.after(failures, random))
                .toList();
        assertThat(delays).allMatch(delay -> delay.compareTo(FIRST.dividedBy(2)) >= 0 && delay.compareTo(LONGEST) <= 0);
        assertThat(delays.stream().distinct().count()).isGreaterThan(150);
    }

    private static Random fixed(long value) {
        return new Random() {
            private static final long serialVersionUID = 1;

            @Override
            public long nextLong(long bound) {
                return value;
            }
        };
    }
}
