// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.srtnetty.testing.Await;
import io.github.srtnetty.testing.Peer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ts} as a user starts it. */
@Tag("slow")
@SuppressWarnings("try") // a peer works by being there
class TsTest {
    private static final Duration WAIT = Duration.ofSeconds(60);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int SIZE = 188;

    @TempDir
    Path folder;

    @Test
    void describesAStreamOfFfmpeg_whichHasNoErrorOfPriority1() throws Exception {
        Path file = Material.ffmpegFile(folder);
        try (Peer program = Cli.start("ts", file.toString())) {
            assertThat(program.awaitExit(WAIT)).as(program.errors()).isZero();
            assertThat(text(program))
                    .contains("program 1 \"Service01\" of \"FFmpeg\": PMT 0x1000, PCR 0x100, ")
                    .contains("  0x0100  MPEG-2 video", "  0x0101  MPEG-1 audio")
                    .containsPattern("0x0000  PAT +\\d+ ")
                    .containsPattern("PAT_error +1 +0\n")
                    .containsPattern("PCR_accuracy_error +2 +not assessed\n");
            assertThat(program.errors()).isEmpty();
        }
    }

    @Test
    void printsWhatTheDocumentShows_ofTheStreamOfDemo() throws Exception {
        Path file = Files.write(folder.resolve("demo.ts"), Material.joined(Material.payloads(4)));
        String document = Files.readString(Path.of("../docs/programs.md"));
        String shown = document.substring(
                document.indexOf("$ bin/srt-netty ts demo.ts") + 26, document.indexOf("$ bin/srt-netty ts broken.ts"));
        try (Peer program = Cli.start("ts", file.toString())) {
            assertThat(program.awaitExit(WAIT)).as(program.errors()).isZero();
            assertThat(text(program).lines())
                    .containsAll(shown.lines()
                            .filter(line -> !line.isBlank() && !line.strip().equals("..."))
                            .map(line -> line.substring(4))
                            .toList());
        }
    }

    @Test
    void printsAnObjectForEachErrorAndInterval_andFailsWithOneLine() throws Exception {
        byte[] stream = Material.joined(Material.payloads(5));
        for (int at = 0; at + SIZE <= stream.length; at += SIZE) {
            boolean pat = (stream[at + 1] & 0x1F) == 0 && stream[at + 2] == 0;
            if (pat && at > stream.length / 5 && at < stream.length * 3 / 5) {
                stream[at + 1] |= 0x1F; // a null packet
                stream[at + 2] = (byte) 0xFF;
            }
        }
        Path file = Files.write(folder.resolve("in.ts"), stream);
        try (Peer program = Cli.start("ts", file.toString(), "--format", "jsonl", "--stats", "2")) {
            assertThat(program.awaitExit(WAIT)).isEqualTo(1);
            List<JsonNode> lines = objects(program);

            assertThat(lines).extracting(line -> line.get("type").asText()).contains("tr101290", "stats", "summary");
            JsonNode begin = lines.stream()
                    .filter(line -> line.path("name").asText().equals("PAT_error"))
                    .findFirst()
                    .orElseThrow();
            assertThat(begin.get("phase").asText()).isEqualTo("begin");
            assertThat(begin.get("priority").asInt()).isEqualTo(1);
            assertThat(begin.get("pid").asInt()).isZero();
            assertThat(begin.get("time").asDouble()).isBetween(1.0, 2.5);
            JsonNode summary = lines.get(lines.size() - 1);
            assertThat(summary.get("type").asText()).isEqualTo("summary");
            assertThat(summary.get("packets").asLong()).isEqualTo(stream.length / SIZE);
            assertThat(summary.get("tr101290").get(2).get("outages").asLong()).isOne();
            assertThat(program.errors())
                    .hasLineCount(1)
                    .startsWith("srt-netty: " + file + ": ")
                    .containsPattern(" errors of priority 1: PAT_error [34], Continuity_count_error 1\n");
        }
    }

    @Test
    void countsTheSilenceOfALiveStream_andEndsWithTheSummary() throws Exception {
        Path file = Files.write(folder.resolve("in.ts"), Material.joined(Material.payloads(2)));
        int port = Peer.freePort();
        try (Peer program = Cli.start("ts", "srt://127.0.0.1:" + port + "?mode=listener", "--stats", "1")) {
            Peer.awaitBound(port);
            try (Peer sender = Cli.start("send", file.toString(), "srt://127.0.0.1:" + port)) {
                assertThat(sender.awaitExit(WAIT)).as(sender.errors()).isZero();
            }
            Await.until(
                    "the silence",
                    WAIT,
                    () -> text(program).contains("PAT_error") && text(program).contains("begin"));

            EndsInTime.onSignal("TERM", program);

            assertThat(text(program)).contains("0x0000  PAT", "TR 101 290");
        }
    }

    @Test
    void refusesWhatIsNoTransportStream_andATransportStreamWithoutTables() throws Exception {
        Path text = Files.writeString(folder.resolve("a.txt"), "no stream\n".repeat(1000));
        byte[] nulls = new byte[20 * SIZE];
        for (int at = 0; at < nulls.length; at += SIZE) {
            nulls[at] = 0x47;
            nulls[at + 1] = 0x1F;
            nulls[at + 2] = (byte) 0xFF;
            nulls[at + 3] = 0x10;
        }
        Path empty = Files.write(folder.resolve("nulls.ts"), nulls);
        assertThat(failure(text))
                .isEqualTo("srt-netty: " + text
                        + ": not an MPEG transport stream, it has no packets of 188, 192 or 204 bytes\n");
        assertThat(failure(empty)).isEqualTo("srt-netty: " + empty + ": 20 packets, but no PAT\n");
    }

    private static String failure(Path file) throws Exception {
        try (Peer program = Cli.start("ts", file.toString())) {
            assertThat(program.awaitExit(WAIT)).isEqualTo(1);
            return program.errors();
        }
    }

    private static List<JsonNode> objects(Peer program) throws IOException {
        return Arrays.stream(text(program).split("\n"))
                .map(line -> {
                    try {
                        return JSON.readTree(line);
                    } catch (IOException e) {
                        throw new AssertionError(line, e);
                    }
                })
                .toList();
    }

    private static String text(Peer program) {
        try {
            return new String(program.output(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
