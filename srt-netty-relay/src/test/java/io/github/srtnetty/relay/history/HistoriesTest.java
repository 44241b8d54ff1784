// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class HistoriesTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

    private final Histories histories = new Histories(() -> 64 << 20);

    @Test
    void remembersStreamsThatHaveEnded_forADay() {
        histories.ended(histories.running("a"), NOW);
        histories.running("b");

        histories.trim(NOW.plus(Duration.ofHours(23)));
        assertThat(histories.ended()).extracting(Histories.Entry::name).containsExactly("a");
        histories.trim(NOW.plus(Duration.ofHours(25)));
        assertThat(histories.find("a")).isNull();
        assertThat(histories.find("b")).isNotNull();
    }

    @Test
    void remembersSoManyEndedStreamsAndNoMore_theLastOnes() {
        for (int i = 0; i < Histories.MOST_ENDED + 50; i++) {
            histories.ended(histories.running("s" + i), NOW.plusSeconds(i));
        }
        histories.trim(NOW.plusSeconds(1000));

        assertThat(histories.ended()).hasSize(Histories.MOST_ENDED);
        assertThat(histories.find("s49")).isNull();
        assertThat(histories.find("s50")).isNotNull();
    }

    @Test
    void forgetsEndedStreams_whenTheRunningOnesNeedTheMemory() {
        Histories small = new Histories(() -> StreamHistory.MOST_BYTES + 2L * SampleRing.CHUNK_BYTES);
        Histories.Entry gone = small.running("gone");
        gone.samples().add(1_000_000, new float[Quantity.COUNT]);
        small.ended(gone, NOW);

        small.trim(NOW);
        assertThat(small.find("gone")).isNull();
        assertThat(small.usedBytes()).isZero();
    }

    @Test
    void aStreamThatIsBackKeepsItsPast() {
        Histories.Entry first = histories.running("a");
        histories.ended(first, NOW);

        assertThat(histories.running("a")).isSameAs(first);
        assertThat(first.endedAt()).isNull();
    }

    @Test
    void countsOverConnections_andFromAReset() {
        StreamCounters counters = new StreamCounters();
        counters.add(Total.LOST, "first", 10);
        assertThat(counters.add(Total.LOST, "first", 15)).isEqualTo(5);
        assertThat(counters.add(Total.LOST, "second", 7)).isEqualTo(7);
        assertThat(counters.get(Total.LOST)).isEqualTo(22);
        assertThat(counters.add(Total.LOST, "second", Integer.MIN_VALUE)).isZero();

        counters.reset(NOW);
        assertThat(counters.resetAt()).isEqualTo(NOW);
        assertThat(counters.get(Total.LOST)).isZero();
        counters.add(Total.LOST, "second", Integer.MIN_VALUE + 3L);
        assertThat(counters.get(Total.LOST)).isEqualTo(3);
    }

    @Test
    void statesLossOfWhatWasSent_andRetransmissionsOfWhatWasReceived() {
        StreamCounters counters = new StreamCounters();
        assertThat(counters.lossPercent()).isZero();
        assertThat(counters.retransmittedPercent()).isZero();
        counters.add(Total.UNIQUE, "c", 95);
        counters.add(Total.DROPPED, "c", 5);
        counters.add(Total.LOST, "c", 8);
        counters.add(Total.RECEIVED, "c", 100);
        counters.add(Total.RETRANSMITTED, "c", 5);

        assertThat(counters.lossPercent()).isEqualTo(8);
        assertThat(counters.retransmittedPercent()).isEqualTo(5);
    }
}
