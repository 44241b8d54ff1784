// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.srtnetty.testing.Peer;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bad input ends the program with its exit code and one line, and nothing hangs. */
class UsageTest {
    private static final Duration WAIT = Duration.ofSeconds(20);

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    2 | receive no-address                           | must start with srt://
                    2 | receive srt://127.0.0.1:99999                | port 99999 is not between 0 and 65535
                    2 | receive srt://127.0.0.1:4201?latency=-5      | latency
                    2 | receive srt://127.0.0.1:4201?lateness=5      | lateness
                    2 | receive srt://:4201 --stats -1               | --stats -1
                    2 | send in.ts srt://127.0.0.1:4201 --bitrate 0  | --bitrate 0
                    2 | demo --seconds 0                             | --seconds 0
                    2 | transmit -                                   | OUT
                    2 | transmit http://x:1 -                        | http://x:1: must start with
                    2 | transmit udp://:1234?frob=1 -                | frob
                    2 | transmit - - -                               | standard output cannot be two
                    2 | scte35                                       | URI
                    2 | scte35 in.ts --format yaml                   | yaml
                    2 | scte35 decode                                | BASE64
                    1 | scte35 encode {}                             | no cue
                    1 | scte35 no-such-file.ts                       | no-such-file.ts: no such file
                    2 | file                                         | subcommand
                    2 | file serve . srt://127.0.0.1:4201            | a server listens
                    1 | file send no-such-file srt://127.0.0.1:4201  | no-such-file: no such file
                    2 | file get srt://127.0.0.1:4201                | NAME
                    2 | message listen srt://127.0.0.1:4201          | it listens
                    2 | message send udp://127.0.0.1:1               | must start with srt://
                    2 | frobnicate                                   | frobnicate
                    1 | receive srt://no.such.host.invalid:4201      | unknown host no.such.host.invalid
                    1 | send no-such-file.ts srt://127.0.0.1:4201    | no-such-file.ts: no such file
                    1 | receive srt://:0 -o no/such/folder.ts        | no/such/folder.ts: no such file or folder
                    """)
    void saysWhatIsWrong(int exitCode, String arguments, String words) throws Exception {
        try (Peer program = Cli.start(arguments.split(" "))) {
            assertThat(program.awaitExit(WAIT)).isEqualTo(exitCode);
            assertThat(program.errors())
                    .startsWith("srt-netty: ")
                    .contains(words)
                    .hasLineCount(1);
            assertThat(program.output()).isEmpty();
        }
    }

    @Test
    void saysThatThePortIsInUse() throws Exception {
        try (DatagramSocket taken = new DatagramSocket(new InetSocketAddress("127.0.0.1", 0));
                Peer program = Cli.start("receive", "srt://127.0.0.1:" + taken.getLocalPort() + "?mode=listener")) {
            assertThat(program.awaitExit(WAIT)).isEqualTo(1);
            assertThat(program.errors())
                    .startsWith("srt-netty: cannot listen on 127.0.0.1:" + taken.getLocalPort() + ": ")
                    .hasLineCount(1);
        }
    }

    @Test
    void saysThatNobodyAnswers() throws Exception {
        int port = Peer.freePort();
        try (Peer program = Cli.start("receive", "srt://127.0.0.1:" + port)) {
            assertThat(program.awaitExit(WAIT)).isEqualTo(1);
            assertThat(program.errors())
                    .startsWith("srt-netty: cannot connect to 127.0.0.1:" + port + ": ")
                    .hasLineCount(1);
        }
    }

    @Test
    void tellsItsVersionAndThatOfLibsrt() throws Exception {
        try (Peer program = Cli.start("--version")) {
            assertThat(program.awaitExit(WAIT)).isZero();
            assertThat(new String(program.output())).contains("srt-netty 0.").contains("libsrt 1.5.");
        }
    }
}
