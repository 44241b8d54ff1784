// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.libsrt;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PollerPaceTest {
    private static final long QUICK = 10_000;
    private static final long SLOW = 500_000;

    private final PollerPace pace = new PollerPace();

    @Test
    void staysPromptWhileEventsAreRare() {
        for (int i = 0; i < 100; i++) {
            assertThat(pace.afterWait(SLOW)).isZero();
        }
    }

    @Test
    void letsEventsGatherAfterARunOfQuickOnes() {
        for (int i = 0; i < 15; i++) {
            assertThat(pace.afterWait(QUICK)).isZero();
        }

        assertThat(pace.afterWait(QUICK)).isEqualTo(PollerPace.GATHER_NANOS);
        assertThat(pace.afterWait(QUICK)).isEqualTo(PollerPace.GATHER_NANOS);
    }

    @Test
    void isPromptAgainAsSoonAsItHadToWait() {
        for (int i = 0; i < 20; i++) {
            pace.afterWait(QUICK);
        }

        assertThat(pace.afterWait(SLOW)).isZero();
        assertThat(pace.afterWait(QUICK)).isZero();
    }
}
