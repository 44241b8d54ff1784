// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.srtnetty.codec.scte35.SpliceInfoSection;
import io.github.srtnetty.codec.scte35.SpliceInsert;
import io.github.srtnetty.testing.Await;
import io.github.srtnetty.testing.Peer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code scte35 decode} and {@code encode} with documents of every form. */
@Tag("slow")
@SuppressWarnings("try") // a peer works by being there
class CueFilesTest {
    private static final Duration WAIT = Duration.ofSeconds(20);
    private static final String CUE = "/DAWAAAAAAAAAP/wBQb+ABt4xwAAwhCGHw==";
    private static final String OTHER = SpliceInfoSection.builder(SpliceInsert.builder(7)
                    .at(900_000)
                    .autoReturnAfter(2_700_000)
                    .build())
            .build()
            .toBase64();

    @TempDir
    Path folder;

    /** What a program did. */
    private record Outcome(int code, byte[] output, String errors) {
        String text() {
            return new String(output, StandardCharsets.UTF_8);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"json", "jsonl", "xml", "xml+bin", "base64", "hex", "hls", "dash", "emsg"})
    void aFileOfEveryForm_isReadAgain(String form) throws Exception {
        Outcome written = run("", "scte35", "decode", CUE, "--format", form);
        assertThat(written.errors).isEmpty();
        Path file = Files.write(folder.resolve("cues"), written.output);

        assertThat(run("", "scte35", "encode", file.toString()).text()).isEqualTo(CUE + "\n");
        assertThat(run(written.output, "scte35", "encode", "-").text()).isEqualTo(CUE + "\n");
        assertThat(run("", "scte35", "encode", "--from", form, file.toString()).text())
                .isEqualTo(CUE + "\n");
    }

    @Test
    void readsPlaylists_eachCueOnce_andReportsTheLineThatIsNone() throws Exception {
        Path file = Files.writeString(
                folder.resolve("in.m3u8"),
                "#EXTM3U\n#EXT-OATCLS-SCTE35:" + CUE + "\n#EXT-X-CUE-OUT:30\n#EXTINF:6,\na.ts\n"
                        + "#EXT-X-CUE-OUT-CONT:ElapsedTime=6,Duration=30,SCTE35=" + CUE + "\n#EXTINF:6,\nb.ts\n"
                        + "#EXT-X-SCTE35:CUE=\"" + OTHER + "\"\n#EXT-OATCLS-SCTE35:c3BsaWNlLTY3MTE0OTQw\n");
        Outcome read = run("", "scte35", "decode", file.toString(), "--format", "base64");
        assertThat(read.text()).isEqualTo(CUE + "\n" + OTHER + "\n");
        assertThat(read.errors)
                .startsWith("srt-netty: " + file + ": line 10, EXT-OATCLS-SCTE35: ")
                .hasLineCount(1);
        assertThat(read.code).isEqualTo(1);
    }

    @Test
    void saysWhatADocumentWithoutACueHeld_andThatItIsSound() throws Exception {
        String breaks = "#EXTM3U\n#EXT-X-CUE-OUT:30\n#EXTINF:6,\na.ts\n#EXT-X-CUE-IN\n";
        Outcome playlist = run(breaks, "scte35", "decode", "-");
        assertThat(playlist.output).isEmpty();
        assertThat(playlist.errors)
                .isEqualTo("srt-netty: standard input: no cue in a playlist of 5 lines and 1 segments, without a binary"
                        + " cue: 1 EXT-X-CUE-IN, 1 EXT-X-CUE-OUT\n");
        assertThat(playlist.code).isZero();
        Outcome nothing = run("\n", "scte35", "decode", "-");
        assertThat(nothing.errors).isEqualTo("srt-netty: standard input: is empty, there is no cue\n");
        assertThat(nothing.code).isEqualTo(1);
    }

    @Test
    void readsDigitsThatAToolWrapped_andTheBytesOfACue() throws Exception {
        String base64 = CUE.substring(0, 20) + "\n" + CUE.substring(20) + "\n";
        assertThat(run(base64 + OTHER + "\n", "scte35", "encode", "-").text()).isEqualTo(CUE + "\n" + OTHER + "\n");
        String hex = SpliceInfoSection.fromBase64(CUE).bytes().hex();
        String wrapped = hex.substring(0, 12) + "\n" + hex.substring(12, 30) + "\n" + hex.substring(30);
        assertThat(run(wrapped, "scte35", "encode", "-").text()).isEqualTo(CUE + "\n");
        assertThat(run(SpliceInfoSection.fromBase64(CUE).bytes().toArray(), "scte35", "encode", "-")
                        .text())
                .isEqualTo(CUE + "\n");
        Outcome cut = run(CUE.substring(0, 20) + "\nabc\n" + OTHER, "scte35", "encode", "-");
        assertThat(cut.text()).isEqualTo(OTHER + "\n");
        assertThat(cut.errors.lines()).hasSize(2).allMatch(line -> line.startsWith("srt-netty: "));
    }

    @Test
    void printsACueOfEachLine_beforeTheNextLineComes() throws Exception {
        String json = run("", "scte35", "decode", CUE, "--format", "jsonl").text();
        for (String line : List.of(CUE + "\n", json)) {
            try (Peer program = Cli.start("scte35", "encode", "-")) {
                for (int count = 1; count <= 2; count++) {
                    program.input().write(line.getBytes(StandardCharsets.UTF_8));
                    program.input().flush();
                    int expected = count;
                    Await.until(
                            "cue " + count, WAIT, () -> text(program).lines().count() == expected);
                }
            }
        }
    }

    @Test
    void namesAFileThatIsMissing_aFolder_andATransportStream() throws Exception {
        assertThat(run("", "scte35", "decode", "missing.m3u8").errors)
                .isEqualTo("srt-netty: missing.m3u8: no such file, and it is no cue\n");
        Outcome inAFolder = run("", "scte35", "encode", folder.toString(), CUE);
        assertThat(inAFolder.errors).contains("is a folder, not a file").hasLineCount(1);
        assertThat(inAFolder.text()).isEqualTo(CUE + "\n");
        assertThat(inAFolder.code).isEqualTo(1);
        Path stream = Files.write(folder.resolve("in.ts"), Material.joined(Material.payloads(1)));
        assertThat(run("", "scte35", "decode", stream.toString()).errors)
                .contains("in.ts: is a transport stream: srt-netty scte35 FILE prints its cues")
                .hasLineCount(1);
    }

    @Test
    void printsTagsOfARunningStream_whichJoinOutAndIn() throws Exception {
        Path file = Files.write(folder.resolve("in.ts"), Material.joined(Material.payloads(4)));
        List<String> tags = run("", "scte35", file.toString(), "--format", "hls")
                .text()
                .lines()
                .toList();
        assertThat(tags).hasSize(4).allMatch(tag -> tag.startsWith("#EXT-X-DATERANGE:ID=\""));
        assertThat(tags.get(0)).contains("ID=\"splice-1\"", "PLANNED-DURATION=2.000,SCTE35-OUT=0xFC30");
        assertThat(tags.get(2)).contains("ID=\"splice-1\"", ",END-DATE=\"", ",DURATION=", ",SCTE35-IN=0xFC30");
        assertThat(run("", "scte35", file.toString(), "--format", "hls", "--hls-tags", "oatcls")
                        .text())
                .contains("#EXT-OATCLS-SCTE35:/DA", "#EXT-X-CUE-OUT:2.000\n", "#EXT-X-CUE-IN\n");
        byte[] boxes = run("", "scte35", file.toString(), "--format", "emsg").output;
        assertThat(run(boxes, "scte35", "decode", "-", "--format", "base64").text())
                .isEqualTo(
                        run("", "scte35", file.toString(), "--format", "base64").text());
    }

    @Test
    void saysThatStandardInputIsClosed() throws Exception {
        List<String> command = new ArrayList<>(List.of("sh", "-c", "exec \"$@\" <&-", "sh"));
        command.addAll(Cli.command(List.of(), "scte35", "decode", "-"));
        try (Peer program = Peer.start(command)) {
            assertThat(program.awaitExit(WAIT)).isEqualTo(1);
            assertThat(program.errors()).startsWith("srt-netty: standard input").hasLineCount(1);
        }
    }

    private static Outcome run(String input, String... arguments) throws Exception {
        return run(input.getBytes(StandardCharsets.UTF_8), arguments);
    }

    private static Outcome run(byte[] input, String... arguments) throws Exception {
        try (Peer program = Cli.start(arguments)) {
            program.input().write(input);
            program.input().close();
            int code = program.awaitExit(WAIT);
            return new Outcome(code, program.output(), program.errors());
        }
    }

    private static String text(Peer program) {
        try {
            return new String(program.output(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
