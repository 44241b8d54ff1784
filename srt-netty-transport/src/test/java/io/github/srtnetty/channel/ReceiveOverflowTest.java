// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.channel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReceiveOverflowTest {
    private final ReceiveOverflow overflow = new ReceiveOverflow();
    private long now;

    @BeforeEach
    void connect() {
        overflow.connected(now);
    }

    @Test
    void isNotLikely_whileThereIsRoom() {
        sample(3, 100);

        assertThat(overflow.isLikely()).isFalse();
    }

    @Test
    void isLikely_untilTheStreamGoesOn() {
        sample(2, 100);
        for (int i = 0; i < 400; i++) {
            sample(8000, 102);
        }
        assertThat(overflow.isLikely()).as("only what was under way came").isTrue();

        sample(8000, 116);
        assertThat(overflow.isLikely()).isFalse();
    }

    @Test
    void isLikelyForTwoSeconds_howeverMuchComes() {
        sample(0, 100);
        for (int i = 0; i < 7; i++) {
            sample(8000, 5000 + i);
            assertThat(overflow.isLikely()).isTrue();
        }

        sample(8000, 9000);
        assertThat(overflow.isLikely()).isFalse();
    }

    @Test
    void isLikely_whereALateSampleFindsOnlyTheRoomOfATurn() {
        now += TimeUnit.SECONDS.toNanos(1);
        sample(66, 100);
        assertThat(overflow.isLikely()).isTrue();
    }

    private void sample(long room, long packets) {
        now += TimeUnit.MILLISECONDS.toNanos(250);
        overflow.sampled(room, packets, now);
    }
}
