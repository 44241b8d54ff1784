// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.mpegts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class TimestampTest {
    private static final long LAST = Timestamp.PTS_MODULUS - 1;

    @Test
    void addsAcrossTheWrap() {
        assertThat(Timestamp.add(LAST, 1)).isZero();
        assertThat(Timestamp.add(0, -1)).isEqualTo(LAST);
        assertThat(Timestamp.add(LAST, LAST)).isEqualTo(LAST - 1);
    }

    @Test
    void takesTheShortestWayBetweenTwoTimes() {
        assertThat(Timestamp.difference(5, LAST)).isEqualTo(6);
        assertThat(Timestamp.difference(LAST, 5)).isEqualTo(-6);
        assertThat(Timestamp.difference(1L << 32, 0)).isEqualTo(-(1L << 32));
        assertThat(Timestamp.difference((1L << 32) - 1, 0)).isEqualTo((1L << 32) - 1);
        assertThat(Timestamp.pcrDifference(10, Timestamp.PCR_MODULUS - 10)).isEqualTo(20);
    }

    @Test
    void unwrapsATimeThatGoesOnAndBack() {
        Random random = new Random(42);
        long real = 3;
        long unwrapped = 3;
        for (int i = 0; i < 100_000; i++) {
            real += random.nextLong(-100_000_000, 200_000_000);
            unwrapped = Timestamp.unwrap(unwrapped, Math.floorMod(real, Timestamp.PTS_MODULUS));
            assertThat(unwrapped).isEqualTo(real);
        }
        assertThat(real).isGreaterThan(100 * Timestamp.PTS_MODULUS);
    }

    @Test
    void convertsAPcrToTheClockOfPts() {
        assertThat(Timestamp.toPts(Timestamp.PCR_MODULUS - 1)).isEqualTo(LAST);
        assertThat(Timestamp.PCR_HZ / Timestamp.PTS_HZ).isEqualTo(300);
    }
}
