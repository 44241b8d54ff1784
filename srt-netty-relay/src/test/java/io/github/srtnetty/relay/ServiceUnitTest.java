// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.srtnetty.testing.Needs;
import io.github.srtnetty.testing.Peer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The unit of systemd in deploy. */
@Tag("peers")
class ServiceUnitTest {
    private static final Path UNIT =
            Path.of("deploy", "srt-netty-relay.service").toAbsolutePath();
    private static final Path ANALYZE = Path.of("/usr/bin/systemd-analyze");

    @TempDir
    Path folder;

    @BeforeEach
    void needsSystemd() {
        Needs.that(Files.isExecutable(ANALYZE), ANALYZE + " (Debian: systemd)");
    }

    @Test
    void isAcceptedWithoutAWarning() throws Exception {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        Path unit = Files.writeString(
                folder.resolve("srt-netty-relay.service"),
                Files.readString(UNIT).replace("/usr/bin/java", java.toString()));

        assertThat(run("verify", "--man=no", unit.toString())).isEmpty();
    }

    /** docs/relay.md has the number. */
    @Test
    void leavesLittleOpen() throws Exception {
        String output = run("security", "--offline=true", "--no-pager", "--threshold=20", UNIT.toString());

        assertThat(output).contains("Overall exposure level for srt-netty-relay.service: 1.");
    }

    /** Returns all that it prints; it must succeed. */
    private static String run(String... arguments) throws Exception {
        String[] command = new String[arguments.length + 1];
        command[0] = ANALYZE.toString();
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        try (Peer analyze = Peer.start(command)) {
            int exitCode = analyze.awaitExit(Duration.ofSeconds(30));
            String output = new String(analyze.output(), StandardCharsets.UTF_8) + analyze.errors();
            assertThat(exitCode).as(output).isZero();
            return output;
        }
    }
}
