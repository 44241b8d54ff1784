// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class StreamHistoryTest {
    private static final long START = 1_800_000_000L - 1_800_000_000L % 60;
    private static final int DAY = 86_400;

    private final HistoryBudget budget = new HistoryBudget(() -> Long.MAX_VALUE);
    private final StreamHistory history = new StreamHistory(budget);

    @Test
    void keepsEachSecondForTenMinutes_andTheMeanAndTheWorstOfLongerSteps() {
        for (int i = 0; i < 7200; i++) {
            history.add(START + i, values(i, i % 10));
        }
        long end = START + 7199;

        HistorySeries minute = history.series(HistoryRange.ONE_MINUTE, end);
        assertThat(minute.startSecond()).isEqualTo(end - 59);
        assertThat(minute.column(Quantity.BITS_PER_SECOND))
                .hasSize(60)
                .startsWith(7140)
                .endsWith(7199);
        assertThat(history.series(HistoryRange.TEN_MINUTES, end).column(Quantity.BITS_PER_SECOND))
                .hasSize(600)
                .startsWith(6600)
                .endsWith(7199);
        HistorySeries hour = history.series(HistoryRange.ONE_HOUR, end);
        assertThat(hour.startSecond()).isEqualTo(START + 3600);
        assertThat(hour.column(Quantity.BITS_PER_SECOND))
                .hasSize(360)
                .startsWith(3604.5f)
                .endsWith(7194.5f);
        assertThat(hour.column(Quantity.RTT)).containsOnly(9);
        HistorySeries day = history.series(HistoryRange.ONE_DAY, end);
        assertThat(day.column(Quantity.BITS_PER_SECOND)).hasSize(1440).endsWith(7169.5f);
        assertThat(day.column(Quantity.BITS_PER_SECOND)[1440 - 120]).isEqualTo(29.5f);
        assertThat(day.column(Quantity.BITS_PER_SECOND)[1440 - 121]).isNaN();
    }

    @ParameterizedTest
    @EnumSource
    void aSecondThatWasNotMeasuredIsAGap(HistoryRange range) {
        history.add(START, values(1, 1));
        history.add(START + 600, values(2, 2));

        float[] column = history.series(range, START + 600).column(Quantity.RTT);
        assertThat(column[column.length - 1]).isEqualTo(2);
        assertThat(column[column.length - 2]).isNaN();
    }

    @Test
    void aValueThatIsMissingDoesNotSpoilTheMeanOfItsStep() {
        history.add(START, values(10, Float.NaN));
        history.add(START + 1, values(Float.NaN, 5));
        history.add(START + 2, values(20, Float.NaN));

        HistorySeries hour = history.series(HistoryRange.ONE_HOUR, START + 2);
        assertThat(hour.column(Quantity.BITS_PER_SECOND)).endsWith(15);
        assertThat(hour.column(Quantity.RTT)).endsWith(5);
    }

    @Test
    void aClockThatIsSetBackNeitherFailsNorMovesWhatWasKept() {
        history.add(START, values(1, 1));
        history.add(START - DAY, values(2, 2));

        assertThat(history.series(HistoryRange.ONE_MINUTE, START).column(Quantity.RTT))
                .endsWith(1);
    }

    @Test
    void takesTheBytesOfADay_andGivesThemBack() {
        for (int i = 0; i < DAY + 3600; i++) {
            history.add(START + i, values(i, 1));
        }

        assertThat(history.bytes()).isEqualTo(StreamHistory.MOST_BYTES).isEqualTo(103_200);
        assertThat(budget.usedBytes()).isEqualTo(StreamHistory.MOST_BYTES);
        history.release();
        assertThat(budget.usedBytes()).isZero();
    }

    @Test
    void reachesLessFarBack_whenTheMemoryOfAllStreamsIsUsed() {
        StreamHistory small = new StreamHistory(new HistoryBudget(() -> 0));
        for (int i = 0; i < 1000; i++) {
            small.add(START + i, values(i, 1));
        }

        assertThat(small.bytes()).isEqualTo(3 * SampleRing.CHUNK_BYTES);
        float[] column = small.series(HistoryRange.TEN_MINUTES, START + 999).column(Quantity.BITS_PER_SECOND);
        assertThat(column).endsWith(999);
        assertThat(column[599 - 39]).isEqualTo(960);
        assertThat(column[599 - 40]).isNaN();
    }

    @Test
    void findsTheWorstRoundTripTimeAndLossOfTheLastHour() {
        for (int i = 0; i < 4000; i++) {
            float[] values = values(1, i == 300 ? 900 : i == 2000 ? 80 : 20);
            values[Quantity.PACKETS_PER_SECOND.ordinal()] = 95;
            values[Quantity.LOST.ordinal()] = i / 60 == 40 ? 5 : 0;
            history.add(START + i, values);
        }

        assertThat(history.worstRttMillis(START + 3999)).isEqualTo(80);
        assertThat(history.worstLossPercent(START + 3999)).isEqualTo(5);
        assertThat(new StreamHistory(budget).worstRttMillis(START)).isNaN();
        assertThat(new StreamHistory(budget).worstLossPercent(START)).isNaN();
    }

    @ParameterizedTest
    @CsvSource({"1m, ONE_MINUTE", "10m, TEN_MINUTES", "1h, ONE_HOUR", "24h, ONE_DAY", "2h,"})
    void aRangeHasAName(String name, HistoryRange range) {
        assertThat(HistoryRange.named(name)).isEqualTo(range);
    }

    private static float[] values(float bits, float rtt) {
        float[] values = new float[Quantity.COUNT];
        Arrays.fill(values, Float.NaN);
        values[Quantity.BITS_PER_SECOND.ordinal()] = bits;
        values[Quantity.RTT.ordinal()] = rtt;
        return values;
    }
}
