// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** How many lines strangers can write to standard error, by a clock of the test. */
class NoticesTest {
    private final List<String> lines = new ArrayList<>();
    private long nanos;

    @Test
    void printsSomeAtOnce_thenOneEachSecond_withTheNumberOfThoseLeftOut() {
        Notices notices = new Notices(lines::add, () -> nanos);
        for (int i = 0; i < 1000; i++) {
            notices.print("a stranger");
        }
        assertThat(lines).hasSize(Notices.AT_ONCE).containsOnly("srt-netty: a stranger");
        lines.clear();

        for (int i = 0; i < 20; i++) {
            nanos += TimeUnit.MILLISECONDS.toNanos(500);
            notices.print("another");
        }
        assertThat(lines).hasSize(10).startsWith("srt-netty: another (981 lines like this were left out)");
    }
}
