// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.srtnetty.examples.file.StallTimeout.Limit;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** How long a slow peer can hold a transfer, by a clock of the test. */
class StallTimeoutTest {
    private static final Limit LIMIT = new Limit(Duration.ofSeconds(300), 10_000);

    private long nanos;
    private long bytes;

    @Test
    void aPeerThatDoesNothingIsGivenUp() {
        StallTimeout timeout = timeout(LIMIT);
        assertThat(secondsUntilGivenUp(timeout, 1, 0)).isEqualTo(300);
        assertThatThrownBy(() -> timeout.at(0)).hasMessage("peer took nothing for 300 s");
    }

    @Test
    void aPeerThatDoesNothingIsGivenUp_forTheTimeOfTheLimit_whenThisSideLooksLate() {
        StallTimeout timeout = timeout(LIMIT);
        nanos += TimeUnit.SECONDS.toNanos(302);
        assertThatThrownBy(() -> timeout.at(0)).hasMessage("peer took nothing for 300 s");
    }

    @Test
    void aByteEveryFourSecondsDoesNotHelp() {
        StallTimeout timeout = timeout(LIMIT);
        assertThat(secondsUntilGivenUp(timeout, 4, 1)).isEqualTo(304);
        assertThatThrownBy(() -> timeout.at(bytes)).hasMessage("peer took less than 10000 bytes/s");
    }

    @Test
    void atTheLeastRateItGoesOnForever() {
        assertThat(secondsUntilGivenUp(timeout(LIMIT), 4, 40_000)).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void aFastStartLeavesNoMoreTimeThanThereWas() throws IOException {
        StallTimeout timeout = timeout(LIMIT);
        nanos += TimeUnit.SECONDS.toNanos(1);
        bytes = 1L << 40;
        timeout.at(bytes);
        assertThat(secondsUntilGivenUp(timeout, 4, 1)).isEqualTo(304);
    }

    @Test
    void aTotalTimeIsNotGivenBack() {
        StallTimeout timeout = timeout(Limit.total(Duration.ofSeconds(10)));
        assertThat(secondsUntilGivenUp(timeout, 4, 1 << 20)).isEqualTo(12);
        assertThatThrownBy(() -> timeout.at(bytes)).hasMessage("peer took too little within 10 s");
    }

    @Test
    void withoutALeastRateAnyByteHelps() {
        assertThat(secondsUntilGivenUp(timeout(new Limit(Duration.ofSeconds(300), 0)), 299, 1))
                .isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void whatThisSideDoesMeanwhileDoesNotCount() {
        StallTimeout timeout = timeout(LIMIT);
        nanos += TimeUnit.HOURS.toNanos(1);
        timeout.begin();
        assertThatCode(() -> timeout.at(0)).doesNotThrowAnyException();
    }

    @Test
    void oneNoticeReportsAPeerThatDoesNothing() {
        StallTimeout timeout = timeout(LIMIT);
        List<Long> notices = new ArrayList<>();
        timeout.noticeAfter(Duration.ofSeconds(10), () -> notices.add(nanos));
        assertThat(timeout.leftNanos()).isEqualTo(TimeUnit.SECONDS.toNanos(10));

        assertThat(secondsUntilGivenUp(timeout, 1, 0)).isEqualTo(300);

        assertThat(notices).containsExactly(TimeUnit.SECONDS.toNanos(10));
    }

    @Test
    void noNoticeReportsAPeerThatDoesSomething_orAfterTheNoticeIsRemoved() throws IOException {
        StallTimeout timeout = timeout(LIMIT);
        List<Long> notices = new ArrayList<>();
        timeout.noticeAfter(Duration.ofSeconds(10), () -> notices.add(nanos));
        timeout.begin();
        nanos += TimeUnit.SECONDS.toNanos(11);
        timeout.at(1);
        timeout.withoutNotice();
        nanos += TimeUnit.SECONDS.toNanos(11);
        timeout.at(1);

        assertThat(notices).isEmpty();
    }

    private StallTimeout timeout(Limit limit) {
        return new StallTimeout("peer", "took", limit, () -> nanos);
    }

    /**
     * Returns the seconds after which a peer is given up that does so much in every step; the largest number for never.
     */
    private long secondsUntilGivenUp(StallTimeout timeout, int stepSeconds, long bytesInEach) {
        timeout.begin();
        for (long seconds = stepSeconds; seconds < 100_000; seconds += stepSeconds) {
            nanos += TimeUnit.SECONDS.toNanos(stepSeconds);
            bytes += bytesInEach;
            try {
                timeout.at(bytes);
            } catch (IOException e) {
                return seconds;
            }
        }
        return Long.MAX_VALUE;
    }
}
