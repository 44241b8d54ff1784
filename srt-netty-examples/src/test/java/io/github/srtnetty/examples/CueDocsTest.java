// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.srtnetty.codec.scte35.SpliceInfoSection;
import io.github.srtnetty.codec.scte35.emsg.EmsgForm;
import io.github.srtnetty.codec.scte35.hls.HlsForm;
import io.github.srtnetty.codec.scte35.json.JsonCueForm;
import io.github.srtnetty.codec.scte35.xml.DashForm;
import io.github.srtnetty.codec.scte35.xml.XmlForm;
import io.github.srtnetty.testing.Peer;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The lines of scte35 in the tables of the documents do what they say, those that need no network. */
@Tag("slow")
@SuppressWarnings("try") // a peer works by being there
class CueDocsTest {
    private static final Pattern LINE = Pattern.compile("`([^`\n]*bin/srt-netty scte35 [^`\n]+)`");
    private static final Path DOCS = Path.of("../docs").toAbsolutePath();
    private static final Duration WAIT = Duration.ofSeconds(100);
    private static final SpliceInfoSection CUE = SpliceInfoSection.fromBase64("/DAWAAAAAAAAAP/wBQb+ABt4xwAAwhCGHw==");

    @TempDir
    Path folder;

    /** All in one process, but those with a pipe or a redirection, which a shell runs. */
    @Test
    void everyLineOfTheTables_isSound() throws Exception {
        prepare();
        Set<String> lines = new LinkedHashSet<>();
        for (String document : List.of("coming-from-scte35-tools.md", "scte35.md", "mpegts.md")) {
            lines.addAll(lines(document));
        }
        List<String> plain =
                lines.stream().filter(line -> !line.matches(".*[|>].*")).toList();
        lines.removeAll(plain);
        Path list = Files.write(folder.resolve("lines"), plain);
        List<String> command = new ArrayList<>(Cli.command(List.of()));
        String program = quoted(command);
        command.set(command.size() - 1, Lines.class.getName());
        StringBuilder script =
                new StringBuilder("set -e\ncd '" + folder + "'\n" + quoted(command) + " '" + list + "'\n");
        lines.forEach(
                line -> script.append(line.replace("bin/srt-netty", program)).append('\n'));
        script.append("test -s out.emsg\n");
        try (Peer shell = Peer.start(List.of(
                "sh", Files.writeString(folder.resolve("lines.sh"), script).toString()))) {
            assertThat(shell.awaitExit(WAIT)).as(shell.errors()).isZero();
            assertThat(new String(shell.output()).lines()).hasSizeGreaterThan(plain.size());
        }
    }

    private static String quoted(List<String> command) {
        return command.stream().map(part -> "'" + part + "'").collect(Collectors.joining(" "));
    }

    /** Runs lines of a file one after the other, and ends with the first that fails. */
    static final class Lines {
        private Lines() {}

        public static void main(String[] arguments) throws Exception {
            for (String line : Files.readAllLines(Path.of(arguments[0]))) {
                String[] words = line.replace("bin/srt-netty ", "").split(" +");
                if (SrtNetty.execute(words) != 0) {
                    System.err.println("FAILED: " + line);
                    System.exit(1);
                }
            }
            System.exit(0);
        }
    }

    @Test
    void thereAreManyLines() throws Exception {
        assertThat(lines("coming-from-scte35-tools.md")).hasSizeGreaterThan(15);
        assertThat(lines("scte35.md")).hasSizeGreaterThan(12);
        assertThat(lines("mpegts.md")).hasSize(4);
    }

    private static List<String> lines(String document) throws Exception {
        List<String> lines = new ArrayList<>();
        Matcher matcher = LINE.matcher(Files.readString(DOCS.resolve(document)));
        while (matcher.find()) {
            String line = matcher.group(1).replace("\\|", "|");
            if (!line.contains("://")) {
                lines.add(line);
            }
        }
        return lines;
    }

    private void prepare() throws Exception {
        byte[] stream = Material.joined(Material.payloads(2));
        Files.write(folder.resolve("in.ts"), stream);
        Files.write(folder.resolve("in.m2ts"), packets(stream, 4, 0));
        Files.write(folder.resolve("in204.ts"), packets(stream, 0, 16));
        Files.write(folder.resolve("in.rtp"), rtp(stream));
        Files.write(folder.resolve("cue.json"), JsonCueForm.indented().write(CUE));
        Files.write(folder.resolve("cue.xml"), new XmlForm().write(CUE));
        Files.write(folder.resolve("in.mpd"), new DashForm().write(CUE));
        Files.write(folder.resolve("in.m3u8"), new HlsForm().write(CUE));
        Files.write(folder.resolve("segment.m4s"), new EmsgForm().write(CUE));
        Files.write(folder.resolve("cue.bin"), CUE.bytes().toArray());
        Files.writeString(folder.resolve("cues.txt"), CUE.toBase64() + "\n" + CUE.toHex() + "\n");
    }

    private static byte[] packets(byte[] stream, int before, int behind) {
        ByteArrayOutputStream packets = new ByteArrayOutputStream();
        for (int i = 0; i < stream.length; i += 188) {
            packets.writeBytes(new byte[before]);
            packets.write(stream, i, 188);
            packets.writeBytes(new byte[behind]);
        }
        return packets.toByteArray();
    }

    /** RTP one behind the other, as a capture without headers has it: 12 bytes and seven packets. */
    private static byte[] rtp(byte[] stream) {
        ByteArrayOutputStream packets = new ByteArrayOutputStream();
        int number = 0;
        for (int i = 0; i < stream.length; i += 7 * 188) {
            packets.writeBytes(
                    new byte[] {(byte) 0x80, 33, (byte) (number >> 8), (byte) number++, 0, 0, 0, 0, 0, 0, 0, 1});
            packets.write(stream, i, Math.min(7 * 188, stream.length - i));
        }
        return packets.toByteArray();
    }
}
