// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.libsrt;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PollBackOffTest {
    private static final SrtPacing.Polling PACING = SrtPacing.DEFAULT.polling();
    private static final long WINDOW = PACING.windowNanos();
    private static final long SECOND = PACING.retryNanos();
    /** Near the end of its range, where {@link System#nanoTime} may be. */
    private static final long START = Long.MAX_VALUE - WINDOW / 2;

    private final PollBackOff backOff = new PollBackOff(PACING, START);

    @Test
    void waitsForLibsrt_whileLittleHappens() {
        backOff.looked(PACING.crowdEvents() - 1, START + WINDOW);
        assertThat(backOff.isBackingOff(START + WINDOW)).isFalse();
        backOff.looked(PACING.crowdEvents(), START + 3 * WINDOW);
        assertThat(backOff.isBackingOff(START + 3 * WINDOW))
                .as("so many in two windows")
                .isFalse();
    }

    @Test
    void backsOff_whileEachLookFindsSeveral() {
        backOff.looked(PACING.crowdEvents(), START + WINDOW);
        assertThat(backOff.isBackingOff(START + WINDOW)).isTrue();
        backOff.looked(PACING.leastEvents(), START + 2 * WINDOW);
        assertThat(backOff.isBackingOff(START + 2 * WINDOW)).isTrue();
    }

    @Test
    void doesNotTryAgainForASecond_whereLooksFoundFewEvents() {
        backOff.looked(PACING.crowdEvents(), START + WINDOW);
        backOff.looked(PACING.leastEvents(), START + WINDOW + 1);
        backOff.looked(PACING.leastEvents() - 1, START + 2 * WINDOW);
        assertThat(backOff.isBackingOff(START + 2 * WINDOW)).isFalse();
        backOff.looked(PACING.crowdEvents(), START + 3 * WINDOW);
        assertThat(backOff.isBackingOff(START + 3 * WINDOW)).isFalse();
        long later = START + 2 * WINDOW + SECOND;
        backOff.looked(0, later - WINDOW);
        backOff.looked(PACING.crowdEvents(), later);
        assertThat(backOff.isBackingOff(later)).isTrue();
    }

    @Test
    void backsOffAsLongAsItIsAsked_forTheLongestRequest() {
        assertThat(backOff.isBackingOff(START)).isFalse();
        backOff.backOffUntil(START + 2 * WINDOW);
        backOff.backOffUntil(START + WINDOW);
        assertThat(backOff.isBackingOff(START + 2 * WINDOW - 1)).isTrue();
        assertThat(backOff.isBackingOff(START + 2 * WINDOW)).isFalse();
    }
}
