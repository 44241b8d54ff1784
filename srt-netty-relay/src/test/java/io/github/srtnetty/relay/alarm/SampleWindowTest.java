// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.alarm;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.srtnetty.relay.alarm.Reading.Level;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What the last ten seconds of counters say, also when the publisher or the stream changes in between. */
class SampleWindowTest {
    private static final AlarmLimits LIMITS = new AlarmLimits(5, 1_000_000, 5, 10, 2, 0);
    private static final long MEGABIT = 125_000;

    private final SampleWindow window = new SampleWindow(AlarmPolicy.DEFAULT);
    private int second;

    @Test
    void aRateIsMeasuredOnceThePublisherFillsTheWindow() {
        for (int i = 0; i < 9; i++) {
            add("p", i * MEGABIT / 2, 0, 0);
            assertThat(reading(AlarmKind.LOW_BIT_RATE).level()).isEqualTo(Level.BETWEEN);
        }
        add("p", 9 * MEGABIT / 2, 0, 0);
        assertThat(reading(AlarmKind.LOW_BIT_RATE)).isEqualTo(new Reading(Level.BAD, 500_000, 1_000_000));
        add("q", 5 * MEGABIT, 0, 0);
        assertThat(reading(AlarmKind.LOW_BIT_RATE).level()).isEqualTo(Level.BETWEEN);
        for (int i = 0; i < 11; i++) {
            add("q", (6 + i * 2) * MEGABIT, 0, 0);
        }
        assertThat(reading(AlarmKind.LOW_BIT_RATE).level()).isEqualTo(Level.GOOD);
        add(null, 50 * MEGABIT, 0, 0);
        assertThat(reading(AlarmKind.LOW_BIT_RATE).level()).isEqualTo(Level.GONE);
    }

    @Test
    void lossesOfAnotherPublisherDoNotCount_andFewPacketsSayNothing() {
        add("p", 0, 0, 0);
        add("p", 0, 99, 50);
        assertThat(reading(AlarmKind.HIGH_LOSS).level()).isEqualTo(Level.GOOD);
        add("p", 0, 1000, 60);
        assertThat(reading(AlarmKind.HIGH_LOSS)).isEqualTo(new Reading(Level.BAD, 6, 5));
        add("q", 0, 1000, 45);
        assertThat(reading(AlarmKind.HIGH_LOSS)).isEqualTo(new Reading(Level.BETWEEN, 4.5, 5));
        add("q", 0, 2000, 45);
        assertThat(reading(AlarmKind.HIGH_LOSS).level()).isEqualTo(Level.GOOD);
    }

    @Test
    void slowPlayersAndFailuresAreCountedForTenSeconds_acrossPublishers() {
        window.add(new Sample(next(), "p", 0, 0, 0, 0, 12, 0, 1, 1));
        window.add(new Sample(next(), null, 0, 0, 0, 0, 0, 0, 0, 1));
        assertThat(reading(AlarmKind.SLOW_PLAYER)).isEqualTo(new Reading(Level.BAD, 12, 10));
        assertThat(reading(AlarmKind.ENCRYPTION_FAILURE)).isEqualTo(new Reading(Level.BAD, 2, 2));
        assertThat(window.isQuiet()).isFalse();
        for (int i = 0; i < 9; i++) {
            window.add(new Sample(next(), null, 0, 0, 0, 0, 0, 0, 0, 1));
        }
        assertThat(reading(AlarmKind.SLOW_PLAYER).level()).isEqualTo(Level.GOOD);
        assertThat(reading(AlarmKind.ENCRYPTION_FAILURE).level()).isEqualTo(Level.GOOD);
        assertThat(window.isQuiet()).isTrue();
        window.add(new Sample(next(), null, 0, 0, 0, 0, 0, 1, 0, 1));
        assertThat(reading(AlarmKind.SLOW_PLAYER).level())
                .as("one was disconnected")
                .isEqualTo(Level.BAD);
    }

    @Test
    void limitsOfZeroRaiseNothing() {
        window.add(new Sample(next(), "p", 0, 0, 0, 0, 0, 0, 0, 0));
        window.add(new Sample(next(), "p", 0, 0, 1000, 900, 1000, 5, 7, 7));
        assertThat(window.readings(new AlarmLimits(0, 0, 0, 0, 0, 0)).values())
                .allMatch(reading -> reading.level() == Level.GOOD);
    }

    private void add(String publisher, long bytes, long packets, long lost) {
        window.add(new Sample(next(), publisher, 0, bytes, packets, lost, 0, 0, 0, 0));
    }

    private Reading reading(AlarmKind kind) {
        return window.readings(LIMITS).get(kind);
    }

    private long next() {
        return TimeUnit.SECONDS.toNanos(++second);
    }
}
