// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AcknowledgementsTest {
    private final Acknowledgements player = new Acknowledgements(5000);

    @Test
    void haveStopped_whenNoneCameInFiveLooksAlthoughPacketsAreUnderWay() {
        assertThat(player.haveStopped(2, 1, 7)).isFalse();
        for (int look = 1; look < 5; look++) {
            assertThat(player.haveStopped(2, 1, 7)).isFalse();
        }
        assertThat(player.haveStopped(2, 1, 7)).isTrue();
        assertThat(player.seconds()).isEqualTo(5);
    }

    @Test
    void goOn_withEachOneThatComes() {
        for (int look = 0; look < 4; look++) {
            assertThat(player.haveStopped(2, 1, 7)).isFalse();
        }
        assertThat(player.haveStopped(2, 1, 8)).isFalse();
        for (int look = 0; look < 4; look++) {
            assertThat(player.haveStopped(2, 1, 8)).isFalse();
        }
    }

    @Test
    void areNotMissed_whileNothingIsUnderWay() {
        for (int look = 0; look < 100; look++) {
            assertThat(player.haveStopped(0, 0, 7)).isFalse();
        }
    }

    @Test
    void areNotMissed_whereOnlyTheLastPacketIsLost() {
        for (int look = 0; look < 100; look++) {
            assertThat(player.haveStopped(1, 0, 7)).isFalse();
        }
    }
}
