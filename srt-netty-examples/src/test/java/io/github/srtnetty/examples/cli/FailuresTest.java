// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.srtnetty.bootstrap.SrtUri;
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
    void namesAPeerOnce() {
        IOException silent = new IOException("192.0.2.1:5000 sent nothing for 5 s");
        assertThat(Failures.describe("192.0.2.1:5000", silent)).isEqualTo("192.0.2.1:5000: sent nothing for 5 s");
        assertThat(Failures.describe("192.0.2.1:500", silent))
                .isEqualTo("192.0.2.1:500: 192.0.2.1:5000 sent nothing for 5 s");
        assertThat(Failures.because("f from 192.0.2.1:5000 broke", "192.0.2.1:5000", silent))
                .hasMessage("f from 192.0.2.1:5000 broke: sent nothing for 5 s");
    }

    @Test
    void namesThePeerOfAConnectOnce_andTheAddressThatANameStandsFor() {
        IOException refused = new IOException("srt_connect(192.0.2.1:5000): rejected, FORBIDDEN (1403)");
        assertThat(Failures.opening(SrtUri.parse("srt://192.0.2.1:5000"), refused))
                .hasMessage("cannot connect to 192.0.2.1:5000: rejected, FORBIDDEN (1403)");
        assertThat(Failures.opening(SrtUri.parse("srt://studio.example:5000"), refused))
                .hasMessage("cannot connect to studio.example:5000: " + refused.getMessage());
        IOException inUse = new IOException("srt_bind([::1]:5000): address in use");
        assertThat(Failures.opening(SrtUri.parse("srt://[::1]:5000?mode=listener"), inUse))
                .hasMessage("cannot listen on [::1]:5000: address in use");
    }

    @Test
    void leavesAPathAsItIs() {
        assertThat(Failures.describe(new IOException("C:\\media\\a.ts: \u00fcbel")))
                .isEqualTo("C:\\media\\a.ts: \u00fcbel");
    }
}
