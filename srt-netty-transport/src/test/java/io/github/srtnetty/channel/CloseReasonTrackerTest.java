// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.channel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CloseReasonTrackerTest {
    private final CloseReasonTracker reasons = new CloseReasonTracker();

    @ParameterizedTest
    @CsvSource({
        "0, 5000, PEER_CLOSED",
        "4899, 5000, PEER_CLOSED",
        "4900, 5000, IDLE_TIMEOUT",
        "7499, 5000, IDLE_TIMEOUT",
        "7500, 5000, LOST",
        "3600000, 5000, LOST",
    })
    void infersFromTheSilenceWhyThePeerIsGone(long silentMillis, int peerIdleMillis, SrtCloseReason reason) {
        assertThat(CloseReasonTracker.reasonAfter(silentMillis, peerIdleMillis)).isEqualTo(reason);
    }

    @ParameterizedTest
    @CsvSource({
        "4699, 2000, PEER_CLOSED",
        "4700, 2000, IDLE_TIMEOUT",
        "7299, 2000, IDLE_TIMEOUT",
        "7300, 2000, LOST",
        "4700, 4800, IDLE_TIMEOUT",
        "4700, 4801, PEER_CLOSED",
    })
    void reckonsWithTheLeastThatLibsrtWaits(long silentMillis, int peerIdleMillis, SrtCloseReason reason) {
        assertThat(CloseReasonTracker.reasonAfter(silentMillis, peerIdleMillis)).isEqualTo(reason);
    }

    @Test
    void measuresTheSilenceFromTheConnectOn() {
        long connected = Long.MAX_VALUE; // where System.nanoTime may be
        reasons.connected(connected, true);

        reasons.peerGone(connected + TimeUnit.SECONDS.toNanos(5), 5000);

        assertThat(reasons.reason()).isSameAs(SrtCloseReason.IDLE_TIMEOUT);
    }

    @Test
    void measuresTheSilenceFromTheSampleBeforeTheLastPacket_whichMayBeLongAgo() {
        reasons.connected(0, true);
        reasons.sampled(10, TimeUnit.MILLISECONDS.toNanos(250));
        reasons.sampled(20, TimeUnit.MILLISECONDS.toNanos(2250)); // the loop had no time for two seconds

        reasons.peerGone(TimeUnit.MILLISECONDS.toNanos(5250), 5000);

        assertThat(reasons.reason()).isSameAs(SrtCloseReason.IDLE_TIMEOUT);
    }

    @Test
    void isClosedByThePeer_whenThePeerHasSentNothingForLess() {
        reasons.connected(0, true);
        reasons.sampled(10, TimeUnit.MILLISECONDS.toNanos(250));
        reasons.sampled(20, TimeUnit.MILLISECONDS.toNanos(500));
        reasons.sampled(20, TimeUnit.MILLISECONDS.toNanos(5000));

        reasons.peerGone(TimeUnit.MILLISECONDS.toNanos(5149), 5000);

        assertThat(reasons.reason()).isSameAs(SrtCloseReason.PEER_CLOSED);
    }

    @Test
    void keepsTheFirstReason_andIsLocalWithoutOne() {
        assertThat(reasons.reason()).isSameAs(SrtCloseReason.LOCAL);

        reasons.closes(SrtCloseReason.REJECTED);
        reasons.closes(SrtCloseReason.CONNECT_TIMEOUT);

        assertThat(reasons.reason()).isSameAs(SrtCloseReason.REJECTED);
    }
}
