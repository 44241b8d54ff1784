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
            SrtLog.failure("line " + i, CAUSE);
        }
        goOn.countDown();
        Await.until("all lines", () -> lines.size() == 1 + 1 + SrtLog.QUEUE_LINES);
        assertThat(lines.get(1)).isEqualTo("7 log lines of libsrt were dropped");
        assertThat(lines.get(SrtLog.QUEUE_LINES + 1)).startsWith("line " + (SrtLog.QUEUE_LINES - 1) + ":");
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

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
