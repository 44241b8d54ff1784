// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.srtnetty.testing.Peer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The programs end with the exit codes of docs/programs.md, all of them and no others. */
@Tag("slow")
class ExitCodesTest {
    private static final Pattern ROW = Pattern.compile("(?m)^\\| ([0-9][0-9, ]*) \\| .*\\|$");

    @TempDir
    Path folder;

    @Test
    void areThoseOfTheTable() throws Exception {
        Set<Integer> seen = new LinkedHashSet<>();
        seen.add(code(List.of(), "demo", "--seconds", "1", "-o", "demo.ts"));
        seen.add(code(List.of(), "ts", "missing.ts"));
        seen.add(code(List.of(), "ts", "demo.ts", "--bogus"));
        seen.add(code(List.of("-Xmx6m", "-XX:+ExitOnOutOfMemoryError"), "demo", "--seconds", "1"));
        seen.add(signalled("INT"));
        seen.add(signalled("TERM"));

        assertThat(seen).containsExactlyElementsOf(documented());
    }

    private int code(List<String> jvmOptions, String... arguments) throws Exception {
        Process process = new ProcessBuilder(Cli.command(jvmOptions, arguments))
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        return process.waitFor();
    }

    private static int signalled(String signal) throws Exception {
        try (Peer program = Cli.start("receive", "srt://127.0.0.1:" + Peer.freePort() + "?mode=listener")) {
            program.awaitErrors("listening on");
            program.signal(signal);
            return program.awaitExit(Duration.ofSeconds(20));
        }
    }

    private static Set<Integer> documented() throws IOException {
        String page = Files.readString(Path.of("..", "docs", "programs.md"));
        String table = page.substring(page.indexOf("## Exit codes"), page.indexOf("## Help and values"));
        Set<Integer> codes = new LinkedHashSet<>();
        for (Matcher row = ROW.matcher(table); row.find(); ) {
            for (String code : row.group(1).split(", ")) {
                codes.add(Integer.valueOf(code));
            }
        }
        return codes;
    }
}
