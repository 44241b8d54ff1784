// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.history;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The table of Haivision's SRT Deployment Guide. */
class LatencyAdviceTest {
    @ParameterizedTest
    @CsvSource({
        // RTT, loss, needed, overhead
        "20, 0, 60, 33",
        "20, 1, 60, 33",
        "20, 1.01, 80, 25",
        "20, 3, 80, 25",
        "20, 3.01, 100, 20",
        "20, 7, 100, 20",
        "20, 7.01, 120, 17",
        "20, 10, 120, 17",
        "0.1, 0, 60, 33",
        "5, 2, 80, 25",
        "1, 5, 100, 20",
        "19.9, 9, 120, 17",
        "20.1, 0, 61, 33",
        "100, 0.5, 300, 33",
        "100, 2, 400, 25",
        "100, 6, 500, 20",
        "100, 8, 600, 17",
        "250.5, 1, 752, 33"
    })
    void needsTheRoundTripTimeByTheClassOfLoss(double rtt, double loss, int needed, int overhead) {
        LatencyAdvice advice = LatencyAdvice.of(rtt, loss, needed);

        assertThat(advice.recommendedMillis()).isEqualTo(needed);
        assertThat(advice.overheadPercent()).isEqualTo(overhead);
        assertThat(advice.level()).isEqualTo(LatencyAdvice.Level.OK);
        assertThat(LatencyAdvice.of(rtt, loss, needed - 1).level()).isEqualTo(LatencyAdvice.Level.LOW);
        assertThat(advice.sentence()).contains("The latency of " + needed + " ms is enough");
    }

    @ParameterizedTest
    @CsvSource({"300, OK", "299, LOW", "200, LOW", "199, BAD", "20, BAD"})
    void comparesWithWhatIsConfigured(int latency, LatencyAdvice.Level level) {
        assertThat(LatencyAdvice.of(100, 0.5, latency).level()).isEqualTo(level);
    }

    @Test
    void saysWhatToDo() {
        assertThat(LatencyAdvice.of(100, 2.25, 120).sentence())
                .isEqualTo("The latency of 120 ms leaves no time for a retransmission: set 400 ms or more"
                        + " (worst RTT 100.0 ms, loss 2.3 %: 4 times the RTT, at least 80 ms). Overhead: 25 %.");
        assertThat(LatencyAdvice.of(30, 10.1, 2000))
                .isEqualTo(new LatencyAdvice(
                        LatencyAdvice.Level.BAD,
                        0,
                        0,
                        "The loss was 10.1 %: no latency helps above 10 %. Lower the bit rate."));
    }

    @ParameterizedTest
    @CsvSource({"NaN, 0, 120", "0, 0, 120", "-1, 0, 120", "10, NaN, 120", "10, 0, 0"})
    void givesNoAdviceWhereNothingWasMeasured(double rtt, double loss, int latency) {
        assertThat(LatencyAdvice.of(rtt, loss, latency).level()).isEqualTo(LatencyAdvice.Level.UNKNOWN);
    }
}
