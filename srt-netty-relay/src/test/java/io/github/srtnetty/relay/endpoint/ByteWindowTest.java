// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ByteWindowTest {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final long START = Long.MAX_VALUE - SECOND; // the clock may wrap

    private final ByteWindow window = new ByteWindow(START);

    @Test
    void sumsTheLastFiveSeconds() {
        assertThat(window.add(1, START)).isEqualTo(1);
        assertThat(window.add(10, START + SECOND / 2)).isEqualTo(11);
        assertThat(window.add(100, START + 4 * SECOND)).isEqualTo(111);
        assertThat(window.add(1000, START + 5 * SECOND)).isEqualTo(1100);
        assertThat(window.add(0, START + 9 * SECOND)).isEqualTo(1000);
        assertThat(window.add(0, START + 10 * SECOND)).isZero();
    }

    @Test
    void forgetsEverythingAfterAGap() {
        window.add(7, START);

        assertThat(window.add(1, START + 1000 * SECOND)).isEqualTo(1);
        assertThat(window.add(1, START + 1001 * SECOND)).isEqualTo(2);
    }
}
