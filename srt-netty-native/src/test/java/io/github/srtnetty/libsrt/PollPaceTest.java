// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.libsrt;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PollPaceTest {
    private static final long WINDOW = TimeUnit.MILLISECONDS.toNanos(PollPace.WINDOW_MILLIS);
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    /** Near the end of its range, where {@link System#nanoTime} may be. */
    private static final long START = Long.MAX_VALUE - WINDOW / 2;

    private final PollPace pace = new PollPace(START);

    @Test
    void waitsForLibsrt_whileLittleHappens() {
        pace.looked(PollPace.CROWD - 1, START + WINDOW);
        assertThat(pace.isResting(START + WINDOW)).isFalse();
        pace.looked(PollPace.CROWD, START + 3 * WINDOW);
        assertThat(pace.isResting(START + 3 * WINDOW))
                .as("so many in two windows")
                .isFalse();
    }

    @Test
    void rests_whileEachLookFindsSeveral() {
        pace.looked(PollPace.CROWD, START + WINDOW);
        assertThat(pace.isResting(START + WINDOW)).isTrue();
        pace.looked(PollPace.LEAST_EVENTS, START + 2 * WINDOW);
        assertThat(pace.isResting(START + 2 * WINDOW)).isTrue();
    }

    @Test
    void waitsForASecond_whereRestsDidNotGatherEvents() {
        pace.looked(PollPace.CROWD, START + WINDOW);
        pace.looked(PollPace.LEAST_EVENTS, START + WINDOW + 1);
        pace.looked(PollPace.LEAST_EVENTS - 1, START + 2 * WINDOW);
        assertThat(pace.isResting(START + 2 * WINDOW)).isFalse();
        pace.looked(PollPace.CROWD, START + 3 * WINDOW);
        assertThat(pace.isResting(START + 3 * WINDOW)).isFalse();
        long later = START + 2 * WINDOW + SECOND;
        pace.looked(0, later - WINDOW);
        pace.looked(PollPace.CROWD, later);
        assertThat(pace.isResting(later)).isTrue();
    }

    @Test
    void restsAsLongAsItIsAsked_byWhoeverAsksForMost() {
        assertThat(pace.isResting(START)).isFalse();
        pace.restUntil(START + 2 * WINDOW);
        pace.restUntil(START + WINDOW);
        assertThat(pace.isResting(START + 2 * WINDOW - 1)).isTrue();
        assertThat(pace.isResting(START + 2 * WINDOW)).isFalse();
    }
}
