// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.libsrt;

import static io.github.srtnetty.libsrt.RepeatedLines.AT_ONCE;
import static io.github.srtnetty.libsrt.RepeatedLines.MAX_COUNTS;
import static io.github.srtnetty.libsrt.RepeatedLines.MAX_TEXTS;
import static io.github.srtnetty.libsrt.RepeatedLines.PERIOD_NANOS;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RepeatedLinesTest {
    private static final String AREA = "processData";

    private final RepeatedLines lines = new RepeatedLines();
    private final List<String> logged = new ArrayList<>();
    private long now = Long.MAX_VALUE - PERIOD_NANOS / 2; // the clock overflows in the first period

    @Test
    void logsTheFirstLines_thenOneReportASecond_whileTheLineRepeats() {
        for (int second = 0; second < 3; second++) {
            for (int packet = 0; packet < 500; packet++) {
                now += PERIOD_NANOS / 500;
                log(noRoom(second * 500 + packet));
            }
        }

        assertThat(logged)
                .containsExactly(
                        noRoom(0),
                        noRoom(1),
                        noRoom(2),
                        "497 similar lines in the last 1.0 s, the latest: " + noRoom(499),
                        "500 similar lines in the last 1.0 s, the latest: " + noRoom(999));
    }

    @Test
    void reportsWhatIsLeftOut_whenThePeriodIsOver_alsoIfNoOtherLineComes() {
        for (int i = 0; i < AT_ONCE + 2; i++) {
            log(noRoom(i));
        }
        logged.clear();

        assertThat(lines.nanosToNextReport(now)).isEqualTo(PERIOD_NANOS);
        now += PERIOD_NANOS - 1;
        logReports();
        assertThat(logged).isEmpty();
        now++;
        logReports();
        assertThat(logged).containsExactly("2 similar lines in the last 1.0 s, the latest: " + noRoom(AT_ONCE + 1));
    }

    @Test
    void reportsTheRealTime_whenTheReportIsLate() {
        for (int i = 0; i < AT_ONCE + 2; i++) {
            log(noRoom(i));
        }
        now += PERIOD_NANOS * 5 / 2;
        logReports();
        assertThat(logged).last().asString().startsWith("2 similar lines in the last 2.5 s, ");
    }

    @Test
    void logsTheLineItself_ifOnlyOneWasLeftOut() {
        for (int i = 0; i < AT_ONCE + 1; i++) {
            log(noRoom(i));
        }
        now += PERIOD_NANOS;
        logReports();
        assertThat(logged).containsExactly(noRoom(0), noRoom(1), noRoom(2), noRoom(3));
    }

    @Test
    void startsAgain_afterAPeriodWithoutALine() {
        for (int i = 0; i < AT_ONCE + 2; i++) {
            log(noRoom(i));
        }
        now += PERIOD_NANOS;
        logReports(); // here begins a period without a line
        now += PERIOD_NANOS;
        logReports();
        logged.clear();

        assertThat(lines.nanosToNextReport(now)).isEqualTo(Long.MAX_VALUE);
        for (int i = 0; i < AT_ONCE + 2; i++) {
            log(noRoom(i));
        }
        assertThat(logged).hasSize(AT_ONCE);
    }

    @Test
    void holdsBackNoLineThatRepeatsMoreRarely() {
        for (int i = 0; i < 20; i++) {
            log(noRoom(i));
            now += PERIOD_NANOS / 2;
        }
        assertThat(logged).hasSize(20);
    }

    @Test
    void holdsBackNoOtherLineDuringAFlood() {
        for (int i = 0; i < 1000; i++) {
            log(noRoom(i));
        }
        logged.clear();

        log("@1:SEQUENCE DISCREPANCY. BREAKING CONNECTION.");
        logAs(Level.ERROR, AREA, noRoom(0));
        logAs(Level.WARNING, "another area", noRoom(0));
        assertThat(logged).containsExactly("@1:SEQUENCE DISCREPANCY. BREAKING CONNECTION.", noRoom(0), noRoom(0));
    }

    @Test
    void takesLinesThatDifferInNumbersAsSimilar() {
        log("@1: from 127.0.0.1:80, ready in -5063ms, 0x1f, user5, -1");
        log("@23: from 10.0.0.255:9000, ready in 12ms, 0xa07, user66, 0");
        log("@4: from 127.0.0.1:80, ready in -5063ms, 0x1f, user5, -1");
        log("@5: from 127.0.0.1:80, ready in -5063ms, 0x1f, user5, -1");
        assertThat(logged).hasSize(AT_ONCE);
    }

    @Test
    void countsALimitedNumberOfTexts_andThenTheLinesOfAnAreaTogether() {
        for (int i = 0; i < MAX_TEXTS + 100; i++) {
            log("stream id " + "x".repeat(i));
        }
        assertThat(logged).hasSize(MAX_TEXTS + AT_ONCE);
        logged.clear();

        logAs(Level.WARNING, "another area", "a line");
        logAs(Level.ERROR, AREA, "an error");
        assertThat(logged).containsExactly("a line", "an error");
        now += PERIOD_NANOS;
        logReports();
        assertThat(logged)
                .last()
                .isEqualTo("97 similar lines in the last 1.0 s, the latest: stream id " + "x".repeat(MAX_TEXTS + 99));
    }

    @Test
    void countsALimitedNumberOfAreas_andLimitsNoOthers() {
        for (int i = 0; i < MAX_COUNTS + 100; i++) {
            logAs(Level.WARNING, "area " + i, "a line");
        }
        for (int i = 0; i < AT_ONCE + 100; i++) {
            logAs(Level.WARNING, "the last area", "a line");
        }
        assertThat(logged).hasSize(MAX_COUNTS + 100 + AT_ONCE + 100);
    }

    @Test
    void reportsEverythingAtTheEnd() {
        for (int i = 0; i < AT_ONCE + 2; i++) {
            log("a line");
            log("another line");
        }
        logged.clear();
        now += PERIOD_NANOS / 10;
        for (LogLine report = lines.takeAnyReport(now); report != null; report = lines.takeAnyReport(now)) {
            logged.add(report.toString());
        }
        assertThat(logged)
                .containsExactly(
                        new LogLine(Level.WARNING, AREA, "2 similar lines in the last 0.1 s, the latest: a line")
                                .toString(),
                        new LogLine(Level.WARNING, AREA, "2 similar lines in the last 0.1 s, the latest: another line")
                                .toString());
    }

    private void log(String message) {
        logAs(Level.WARNING, AREA, message);
    }

    private void logAs(Level level, String area, String message) {
        logReports();
        if (lines.tryLine(new LogLine(level, area, message), now)) {
            logged.add(message);
        }
    }

    private void logReports() {
        for (LogLine report = lines.takeDueReport(now); report != null; report = lines.takeDueReport(now)) {
            logged.add(report.message());
        }
    }

    private static String noRoom(int packet) {
        return "@643218887:No room to store incoming packet seqno " + (1211029653 + packet) + ", insert offset "
                + packet + ". Space avail 0/679 pkts. (TSBPD ready in -" + packet + "ms, timespan 1781 ms).";
    }
}
