// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.libsrt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The life of the library in a process: its start, its log and its end. */
@Tag("slow")
class SrtTest {
    @Test
    void tellsTheVersionInThreeNumbers() {
        int number = Srt.versionNumber();
        assertThat(Srt.version()).matches("\\d+\\.\\d+\\.\\d+").startsWith("1.");
        assertThat(number).isEqualTo(numberOf(Srt.version())).isGreaterThanOrEqualTo(0x010402);
        assertThat(Srt.isAvailable()).isTrue();
        assertThat(Srt.unavailabilityCause()).isNull();
    }

    @Test
    void tellsAClockThatRuns() throws Exception {
        long before = Srt.timeNowMicros();
        Await.until("the clock ran", () -> Srt.timeNowMicros() > before);
    }

    @RepeatedTest(5)
    void exitsInOrder_withLiveSocketsAndASender() throws Exception {
        String criticalAlone = "-Dsrt.log.level=2"; // the flood that nobody reads may be worth a warning
        ChildJvm.Result child = ChildJvm.run("liveSockets", criticalAlone);
        assertThat(child.lines()).as(child.errors()).contains("live");
        assertThat(child.exitCode()).as(child.errors()).isZero();
        assertThat(child.errors()).isEmpty();
    }

    @Test
    void runsTheTasksBeforeShutdown_latestFirstAndBeforeTheLibraryEnds() throws Exception {
        ChildJvm.Result child = ChildJvm.run("shutdownOrder");
        assertThat(child.lines()).containsExactly("last, socket LISTENING", "first, socket LISTENING");
        assertThat(child.exitCode()).isZero();
    }

    @Test
    void isNotAvailable_whenFirstUsedWhileTheJvmEnds() throws Exception {
        ChildJvm.Result child = ChildJvm.run("firstUseInAHook");
        assertThat(child.lines()).containsExactly("available=false");
        assertThat(child.exitCode()).isZero();
    }

    @Test
    void refusesSockets_onceTheLibraryEnds() throws Exception {
        ChildJvm.Result child = ChildJvm.run("createsWhileItEnds");
        assertThat(child.lines())
                .as(child.errors())
                .containsExactly("srt_create_socket(): EINVOP (5000): the JVM is shutting down");
        assertThat(child.exitCode()).isZero();
    }

    @Test
    void aSubscriptionWhileItEndsIsNoFailure() throws Exception {
        ChildJvm.Result child = ChildJvm.run("addsWhenStopped");

        assertThat(child.lines()).containsExactly("subscribed=0");
        assertThat(child.exitCode()).isZero();
    }

    @Test
    void bringsLogLinesToTheSink_butNotThoseOfEverydayThings() throws Exception {
        ChildJvm.Result child = ChildJvm.run("log");
        assertThat(child.lines())
                .contains("refused", "logged=true")
                .anyMatch(line -> line.startsWith("WARNING|") && line.contains("|SRTO_PACKETFILTER: Incorrect syntax"))
                .anyMatch(line -> line.endsWith("|srt-log"))
                .noneMatch(line -> line.contains("no pending connection"))
                .noneMatch(line -> line.contains("usock") || line.contains("NOT SUBSCRIBED"));
        assertThat(child.errors()).isEmpty();
    }

    @Test
    void shutdownReportsTheLinesThatWereLeftOut() throws Exception {
        ChildJvm.Result child = ChildJvm.run("logEnds");

        assertThat(child.lines())
                .contains("line 1", "line 2", "line 3")
                .last(STRING)
                .matches("2 similar lines in .* s, the latest: line 5");
    }

    @Test
    void shutdownClosesWhatIsSubscribed_andRefusesANewStart() throws Exception {
        ChildJvm.Result child = ChildJvm.run("shutdown");

        String message = "libsrt was ended by Srt.shutdown(); only a new class loader can start it again";
        assertThat(child.lines())
                .as(child.errors())
                .containsExactly(
                        "task, CONNECTED",
                        "lost, CONNECTED",
                        "available=false, " + message,
                        "srt_create_socket(): EINVOP (5000): " + message,
                        "ours=[]");
        assertThat(child.exitCode()).isZero();
    }

    @Test
    void aClassLoaderIsCollectedAfterShutdown_andTheNextOneStartsAgain() throws Exception {
        ChildJvm.Result child = ChildJvm.run("unload");

        assertThat(child.lines()).as(child.errors()).containsExactly("used false", "used false", "collected=2");
        assertThat(child.exitCode()).isZero();
    }

    @Test
    void allSubscribedSocketsAreLost_whenSomebodyElseEndsThePollersEpoll() throws Exception {
        ChildJvm.Result child = ChildJvm.run("epollReleased");

        assertThat(child.lines()).as(child.errors()).containsExactly("lost", "in time=true", "refused EINVPOLLID");
        assertThat(child.exitCode()).isZero();
    }

    private static int numberOf(String version) {
        int number = 0;
        for (String part : version.split("\\.")) {
            number = number << 8 | Integer.parseInt(part);
        }
        return number;
    }
}
