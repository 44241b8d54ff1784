// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LineLimitTest {
    @Test
    void logsSoManyLinesASecond_andThenHowManyWereSkipped() {
        LineLimit limit = new LineLimit(0);
        for (int i = 0; i < LineLimit.LINES_PER_SECOND; i++) {
            assertThat(limit.tryLine(i)).isZero();
        }
        for (int i = 0; i < 7; i++) {
            assertThat(limit.tryLine(100)).isEqualTo(LineLimit.SKIP);
        }

        assertThat(limit.tryLine(TimeUnit.SECONDS.toNanos(1))).isEqualTo(7);
        assertThat(limit.tryLine(TimeUnit.SECONDS.toNanos(1))).isZero();
    }
}
