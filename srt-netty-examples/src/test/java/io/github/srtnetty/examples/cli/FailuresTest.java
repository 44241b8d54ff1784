// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class FailuresTest {
    @Test
    void saysAFailureOnOneLine() {
        assertThat(Failures.describe(new IOException("first \n  second\r\nthird")))
                .isEqualTo("first second third");
    }

    @Test
    void showsNoCodesForATerminal_ofATextThatAPeerChose() {
        assertThat(Failures.describe(new IOException("stream id 'x\u001b[2J\u009b\u202e'")))
                .isEqualTo("stream id 'x\\u001b[2J\\u009b\\u202e'");
    }

    @Test
    void leavesAPathAsItIs() {
        assertThat(Failures.describe(new IOException("C:\\media\\a.ts: \u00fcbel")))
                .isEqualTo("C:\\media\\a.ts: \u00fcbel");
    }
}
