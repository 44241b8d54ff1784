// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LimitedLinesTest {
    private long nanos;
    private final List<String> printed = new ArrayList<>();
    private final LimitedLines lines = new LimitedLines(() -> nanos, printed::add);

    @Test
    void printsSomeLinesOfASecond_andCountsTheOthers() {
        for (int i = 0; i < 1000; i++) {
            lines.print("line " + i);
        }
        assertThat(printed).containsExactly("line 0", "line 1", "line 2", "line 3", "line 4");

        nanos += 1_000_000_000;
        lines.print("next");
        lines.print("after");

        assertThat(printed.subList(5, 7)).containsExactly("next (and 995 more before)", "after");
    }
}
