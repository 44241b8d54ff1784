// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.libsrt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The way of log lines to their sink; {@link SrtTest} looks at those of libsrt itself. */
class SrtLogTest {
    private static final Exception CAUSE = new Exception("on purpose");

    private final List<String> lines = new CopyOnWriteArrayList<>();
    private SrtLog.Sink usual;

    @BeforeEach
    void keepTheUsualSink_andTakeTheLinesOfEarlierTests() throws Exception {
        Srt.ensureAvailability();
        usual = SrtLog.sink();
        CountDownLatch last = new CountDownLatch(1);
        SrtLog.setSink((level, area, message) -> {
            if (message.equals("the last line")) {
                last.countDown();
            }
        });
        forgetWhatEarlierTestsRepeated();
        SrtLog.warning("the last line");
        assertThat(last.await(20, TimeUnit.SECONDS)).isTrue();
    }

    @AfterEach
    void bringBackTheUsualSink() {
        SrtLog.setSink(usual);
    }

    @Test
    void bringsALineOnItsOwnThread() throws Exception {
        SrtLog.setSink((level, area, message) -> lines.add(level + " " + area + " " + message + " "
                + Thread.currentThread().getName()));
        SrtLog.failure("it failed", CAUSE);
        Await.until("a line", () -> !lines.isEmpty());
        assertThat(lines).containsExactly("WARNING srt-netty it failed: java.lang.Exception: on purpose srt-log");
    }

    @Test
    void goesOn_afterASinkThrewOrWasInterrupted() throws Exception {
        CountDownLatch thrown = new CountDownLatch(1);
        SrtLog.setSink((level, area, message) -> {
            Thread.currentThread().interrupt();
            thrown.countDown();
            throw new IllegalStateException(message);
        });
        SrtLog.failure("lost", CAUSE);
        thrown.await();
        SrtLog.setSink((level, area, message) -> lines.add(message));
        SrtLog.failure("kept", CAUSE);
        Await.until("the next line", () -> lines.stream().anyMatch(line -> line.startsWith("kept")));
    }

    @Test
    void dropsLinesThatNobodyTakes_andSaysHowMany() throws Exception {
        CountDownLatch taken = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        SrtLog.setSink((level, area, message) -> {
            taken.countDown();
            awaitQuietly(goOn);
            lines.add(message);
        });
        SrtLog.failure("taken", CAUSE);
        taken.await();
        for (int i = 0; i < SrtLog.QUEUE_LINES + 7; i++) {
            SrtLog.enqueue(0, 3, 0, 1, "area" + i, "line " + i); // similar lines would be counted instead
        }
        goOn.countDown();
        Await.until("all lines", () -> lines.size() == 1 + 1 + SrtLog.QUEUE_LINES);
        assertThat(lines.get(1)).isEqualTo("7 log lines of libsrt were dropped");
        assertThat(lines.get(SrtLog.QUEUE_LINES + 1)).isEqualTo("line " + (SrtLog.QUEUE_LINES - 1));
    }

    @Test
    void countsALineThatRepeats_andLogsTheOthersAtOnce() throws Exception {
        SrtLog.setSink((level, area, message) -> lines.add(message));
        for (int i = 0; i < 500; i++) {
            SrtLog.enqueue(0, 4, 0, 1, "processData", "@1:No room to store incoming packet seqno " + i);
        }
        SrtLog.enqueue(0, 3, 0, 1, "processData", "@1:SEQUENCE DISCREPANCY");
        Await.until("the report", () -> lines.size() >= 5);
        assertThat(lines).hasSize(5);
        assertThat(lines.subList(0, 4))
                .containsExactly(
                        "@1:No room to store incoming packet seqno 0",
                        "@1:No room to store incoming packet seqno 1",
                        "@1:No room to store incoming packet seqno 2",
                        "@1:SEQUENCE DISCREPANCY");
        assertThat(lines.get(4))
                .matches("497 similar lines in the last [\\d.]+ s, the latest: "
                        + "@1:No room to store incoming packet seqno 499");
    }

    @Test
    void limitsLinesOfOursToo() throws Exception {
        SrtLog.setSink((level, area, message) -> lines.add(message));
        for (int i = 0; i < 500; i++) {
            SrtLog.failure("a readiness listener of @" + i + " failed", CAUSE);
        }
        Await.until("the report", () -> lines.size() >= 4);
        assertThat(lines).hasSize(4);
    }

    @Test
    void bringsALineThatQuotesThePeerOnOneLine() throws Exception {
        SrtLog.setSink((level, area, message) -> lines.add(level + " " + message));
        SrtLog.enqueue(0, 3, 0, 1, "SRT.cn", ": stream id 'x\n2026 FAKE LINE\u009b2J\u202e'\n");
        Await.until("a line", () -> !lines.isEmpty());
        assertThat(lines).containsExactly("WARNING stream id 'x\\n2026 FAKE LINE\\u009b2J\\u202e'");
    }

    @Test
    void leavesOutWhatIsNoFault() throws Exception {
        SrtLog.setSink((level, area, message) -> lines.add(message));
        for (String line : List.of("@1:IPE: invalid RTT estimate 0, possible time shift", "@1:IPE: invalid RTT -5")) {
            SrtLog.enqueue(0, 3, 0, 1, "processCtrlAckAck", line);
        }
        Await.until("a line", () -> !lines.isEmpty());
        assertThat(lines).containsExactly("@1:IPE: invalid RTT -5");
    }

    @Test
    void bringsALineOfOursThatQuotesThePeerOnOneLine() throws Exception {
        SrtLog.setSink((level, area, message) -> lines.add(message));
        SrtLog.failure("it failed", new Exception("x\ny"));
        Await.until("a line", () -> !lines.isEmpty());
        assertThat(lines).containsExactly("it failed: java.lang.Exception: x\\ny");
    }

    @Test
    void refusesNoSink() {
        assertThatNullPointerException().isThrownBy(() -> SrtLog.setSink(null)).withMessage("newSink");
    }

    private static void forgetWhatEarlierTestsRepeated() {
        LogLine report;
        do {
            report = SrtLog.REPEATED.takeAnyReport(System.nanoTime());
        } while (report != null);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
