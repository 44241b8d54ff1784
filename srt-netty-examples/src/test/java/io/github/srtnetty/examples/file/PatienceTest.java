// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.srtnetty.examples.file.Patience.Limit;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** How long a slow peer can hold a transfer, by a clock of the test. */
class PatienceTest {
    private static final Limit LIMIT = new Limit(Duration.ofSeconds(300), 10_000);

    private long nanos;
    private long bytes;

    @Test
    void aPeerThatDoesNothingIsGivenUp() {
        Patience patience = patience(LIMIT);
        assertThat(secondsUntilGivenUp(patience, 1, 0)).isEqualTo(300);
        assertThatThrownBy(() -> patience.at(0)).hasMessage("peer took nothing for 300 s");
    }

    @Test
    void aByteEveryFourSecondsDoesNotHelp() {
        Patience patience = patience(LIMIT);
        assertThat(secondsUntilGivenUp(patience, 4, 1)).isEqualTo(304);
        assertThatThrownBy(() -> patience.at(bytes)).hasMessage("peer took less than 10000 bytes/s");
    }

    @Test
    void atTheLeastRateItGoesOnForever() {
        assertThat(secondsUntilGivenUp(patience(LIMIT), 4, 40_000)).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void aFastStartLeavesNoMoreTimeThanThereWas() throws IOException {
        Patience patience = patience(LIMIT);
        nanos += TimeUnit.SECONDS.toNanos(1);
        bytes = 1L << 40;
        patience.at(bytes);
        assertThat(secondsUntilGivenUp(patience, 4, 1)).isEqualTo(304);
    }

    @Test
    void aTotalTimeIsNotGivenBack() {
        Patience patience = patience(Limit.total(Duration.ofSeconds(10)));
        assertThat(secondsUntilGivenUp(patience, 4, 1 << 20)).isEqualTo(12);
        assertThatThrownBy(() -> patience.at(bytes)).hasMessage("peer took too little within 10 s");
    }

    @Test
    void withoutALeastRateAnyByteHelps() {
        assertThat(secondsUntilGivenUp(patience(new Limit(Duration.ofSeconds(300), 0)), 299, 1))
                .isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void whatThisSideDoesMeanwhileDoesNotCount() {
        Patience patience = patience(LIMIT);
        nanos += TimeUnit.HOURS.toNanos(1);
        patience.begin();
        assertThatCode(() -> patience.at(0)).doesNotThrowAnyException();
    }

    private Patience patience(Limit limit) {
        return new Patience("peer", "took", limit, () -> nanos);
    }

    /**
     * Returns the seconds after which a peer is given up that does so much in every step; the largest number for never.
     */
    private long secondsUntilGivenUp(Patience patience, int stepSeconds, long bytesInEach) {
        patience.begin();
        for (long seconds = stepSeconds; seconds < 100_000; seconds += stepSeconds) {
            nanos += TimeUnit.SECONDS.toNanos(stepSeconds);
            bytes += bytesInEach;
            try {
                patience.at(bytes);
            } catch (IOException e) {
                return seconds;
            }
        }
        return Long.MAX_VALUE;
    }
}
