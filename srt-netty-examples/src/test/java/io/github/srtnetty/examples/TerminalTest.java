// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.srtnetty.testing.Needs;
import io.github.srtnetty.testing.Peer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** On a terminal that the program script makes (util-linux). */
@Tag("slow")
class TerminalTest {
    private static final Path SCRIPT = Path.of("/usr/bin/script");
    private static final Duration WAIT = Duration.ofSeconds(60);

    @ParameterizedTest
    @ValueSource(strings = {"receive srt://127.0.0.1:4201?mode=listener", "transmit udp://127.0.0.1:4201 -"})
    void writesNoStreamToATerminal(String arguments) throws Exception {
        assertRefuses(arguments, "standard output is a terminal, which cannot show a stream: ");
    }

    @Test
    void writesNoBinaryCueToATerminal() throws Exception {
        String cue = "/DAWAAAAAAAAAP/wBQb+ABt4xwAAwhCGHw==";
        assertRefuses(
                "scte35 decode --format emsg " + cue, "--format emsg is binary, and standard output is a terminal: ");
    }

    private static void assertRefuses(String arguments, String reason) throws Exception {
        Needs.that(Files.isExecutable(SCRIPT), "the program script (util-linux)");
        String command = Cli.command(List.of(), arguments.split(" ")).stream()
                .map(argument -> "'" + argument + "'")
                .collect(Collectors.joining(" "));
        try (Peer program = Peer.start(List.of(SCRIPT.toString(), "-qec", command, "/dev/null"))) {
            assertThat(program.awaitExit(WAIT)).isEqualTo(2);
            assertThat(new String(program.output())).startsWith("srt-netty: " + reason);
        }
    }
}
