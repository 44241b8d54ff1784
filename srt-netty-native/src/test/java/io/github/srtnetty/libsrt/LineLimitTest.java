// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.libsrt;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LineLimitTest {
    private static final long START = Long.MAX_VALUE - TimeUnit.SECONDS.toNanos(1); // the clock may overflow
    private static final long INTERVAL = TimeUnit.MILLISECONDS.toNanos(500);

    private final LineLimit limit = new LineLimit(5, 2);

    @Test
    void allowsSomeLinesAtOnce_thenOneInEachInterval_andCountsTheSkippedOnes() {
        for (int i = 0; i < 5; i++) {
            assertThat(limit.tryLine(START)).isZero();
        }
        for (int i = 0; i < 100; i++) {
            assertThat(limit.tryLine(START + INTERVAL - 1)).isEqualTo(LineLimit.SKIP);
        }

        assertThat(limit.tryLine(START + INTERVAL)).isEqualTo(100);
        assertThat(limit.tryLine(START + INTERVAL)).isEqualTo(LineLimit.SKIP);
        assertThat(limit.tryLine(START + 4 * INTERVAL)).isEqualTo(1);
    }

    @Test
    void savesNoMoreThanAtFirst_whenNothingIsLogged() {
        limit.tryLine(START);
        for (int i = 0; i < 5; i++) {
            assertThat(limit.tryLine(START + 1000 * INTERVAL)).isZero();
        }

        assertThat(limit.tryLine(START + 1000 * INTERVAL)).isEqualTo(LineLimit.SKIP);
    }
}
