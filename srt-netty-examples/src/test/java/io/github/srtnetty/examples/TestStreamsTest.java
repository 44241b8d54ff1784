// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.srtnetty.codec.mpegts.Pat;
import io.github.srtnetty.codec.mpegts.Pmt;
import io.github.srtnetty.codec.mpegts.TsPacketDecoder;
import io.github.srtnetty.codec.scte35.BreakDuration;
import io.github.srtnetty.codec.scte35.Scte35Cue;
import io.github.srtnetty.codec.scte35.Scte35Handler;
import io.github.srtnetty.codec.scte35.SpliceInfoSection;
import io.github.srtnetty.codec.scte35.SpliceInsert;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.ReferenceCountUtil;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Streams with cues that the programs make: {@code demo -o} and {@code scte35 inject}. */
class TestStreamsTest {
    private static final String CUE = "/DAWAAAAAAAAAP/wBQb+ABt4xwAAwhCGHw==";
    private static final int FREE_PID = 0x1F0;
    private static final int DEMO_PID = 0x102;
    private static final long SECOND = 90_000;
    /** The clock of the demo starts at 1 s, its pictures are 0.5 s ahead of it. */
    private static final long FIRST_PTS = SECOND + SECOND / 2;

    @TempDir
    Path folder;

    @Test
    void demoWritesItsStreamToAFile() throws Exception {
        Path file = demo(2);

        assertThat(Files.size(file)).isEqualTo(2 * 4_000_000 / 8 / 1316 * 1316);
        assertThat(cues(file)).hasSize(2).allMatch(cue -> cue.pid() == DEMO_PID);
    }

    @Test
    void aBreakIsAnnouncedAtItsTime_byTheClockOfTheStream() throws Exception {
        Path in = demo(4);
        Path out = folder.resolve("out.ts");
        String errors =
                run(0, "scte35", "inject", in.toString(), out.toString(), "--at", "2", "--in", "5", "--break", "30");

        assertThat(errors).isEmpty();
        Scte35Cue cue = only(out, FREE_PID);
        SpliceInsert.Event insert = (SpliceInsert.Event) cue.section().command();
        assertThat(insert.outOfNetworkIndicator()).isTrue();
        assertThat(insert.spliceEventId()).isEqualTo(1);
        assertThat(insert.breakDuration()).isEqualTo(new BreakDuration(true, 30 * SECOND));
        assertThat(cue.preRollMillis().orElseThrow()).isBetween(4900L, 5000L);
        assertThat(cue.lastPts90k().orElseThrow() - FIRST_PTS).isBetween(2 * SECOND, 2 * SECOND + 9000);
        assertThat(cues(out)).hasSize(5);
        assertThat(Files.size(out)).isEqualTo(Files.size(in));
    }

    @Test
    void aGivenCueGetsTheTimeOfTheSplice_andStaysOtherwise() throws Exception {
        Path in = demo(2);
        Path out = folder.resolve("out.ts");
        run(0, "scte35", "inject", in.toString(), out.toString(), "--cue", CUE, "--in", "6");

        Scte35Cue cue = only(out, FREE_PID);
        assertThat(cue.preRollMillis().orElseThrow()).isBetween(5900L, 6000L);
        assertThat(cue.section().command())
                .isEqualTo(SpliceInfoSection.fromBase64(CUE).command());
    }

    @Test
    void cuesOfTheStreamStay_whereTheirPidIsNamed() throws Exception {
        Path in = demo(2);
        Path out = folder.resolve("out.ts");
        run(0, "scte35", "inject", in.toString(), out.toString(), "--pid", "0x102", "--event", "77");

        assertThat(cues(out)).hasSize(3).allMatch(cue -> cue.pid() == DEMO_PID);
    }

    @Test
    void aCueThatFindsNoPlaceIsAFailure_withTheReason() throws Exception {
        Path in = demo(2);
        Path out = folder.resolve("out.ts");

        assertThat(run(1, "scte35", "inject", in.toString(), out.toString(), "--at", "60"))
                .isEqualTo("srt-netty: " + in + ": copied without the cue: the stream ended before the cue was due\n");
        assertThat(Files.readAllBytes(out)).hasSize((int) Files.size(in));
        assertThat(run(1, "scte35", "inject", in.toString(), out.toString(), "--pid", "257"))
                .isEqualTo("srt-netty: " + in + ": copied without the cue: PID 257 is in use in the stream\n");
        Path text = Files.writeString(folder.resolve("text.ts"), "no stream at all\n".repeat(100));
        assertThat(run(1, "scte35", "inject", text.toString(), out.toString()))
                .isEqualTo("srt-netty: " + text + ": not an MPEG transport stream, it has no packets of 188 bytes\n");
    }

    @Test
    void wrongUsageLeavesTheFilesAsTheyAre() throws Exception {
        Path in = demo(1);
        byte[] before = Files.readAllBytes(in);

        assertThat(run(2, "scte35", "inject", in.toString(), in.toString())).contains("is named twice");
        assertThat(run(2, "scte35", "inject", in.toString(), "out.ts", "--cue", "abc"))
                .startsWith("srt-netty: --cue: ");
        assertThat(run(2, "scte35", "inject", in.toString(), "out.ts", "--pid", "0"))
                .startsWith("srt-netty: --pid 0: must be between 16 and 8190");
        assertThat(run(2, "scte35", "inject", in.toString(), "out.ts", "--event", "-1"))
                .startsWith("srt-netty: --event -1: ");
        assertThat(run(2, "demo", "--seconds", "1", "-o", "folder/")).contains("names a folder");
        assertThat(Files.readAllBytes(in)).isEqualTo(before);
        assertThat(folder.resolve("out.ts")).doesNotExist();
    }

    @Test
    void aStreamWithoutACueIsDescribedInOneLine() throws Exception {
        byte[] pat = new Pat(1, 0, OptionalInt.empty(), List.of(new Pat.Program(1, 0x100)))
                .encode()
                .get(0);
        byte[] pmt = new Pmt(1, 0, 0x101, List.of(), List.of()).encode();
        pmt[pmt.length - 1] ^= 1; // of the CRC_32
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        stream.writeBytes(packet(Pat.PID, pat));
        stream.writeBytes(packet(0x100, pmt));
        for (int i = 0; i < 5; i++) {
            stream.writeBytes(packet(0x1FFF, new byte[0]));
        }
        Path in = Files.write(folder.resolve("in.ts"), stream.toByteArray());

        assertThat(run(1, "scte35", in.toString()))
                .endsWith("srt-netty: " + in + ": no cue in 7 packets, a PAT of 1 program, no PMT of program 1,"
                        + " no splice PID, 1 fault of sections, 0 resynchronisations, 0 bytes skipped\n");
    }

    /** Returns a packet with a section at its start. */
    private static byte[] packet(int pid, byte[] section) {
        byte[] packet = new byte[188];
        Arrays.fill(packet, (byte) 0xFF);
        byte[] header = {0x47, (byte) (0x40 | pid >> 8), (byte) pid, 0x10, 0};
        System.arraycopy(header, 0, packet, 0, header.length);
        System.arraycopy(section, 0, packet, header.length, section.length);
        return packet;
    }

    private Path demo(int seconds) throws Exception {
        Path file = folder.resolve("in.ts");
        run(0, "demo", "--seconds", Integer.toString(seconds), "-o", file.toString());
        return file;
    }

    private static Scte35Cue only(Path file, int pid) throws IOException {
        List<Scte35Cue> found =
                cues(file).stream().filter(cue -> cue.pid() == pid).toList();
        assertThat(found).hasSize(1);
        return found.get(0);
    }

    private static List<Scte35Cue> cues(Path file) throws IOException {
        EmbeddedChannel channel = new EmbeddedChannel(new TsPacketDecoder(), new Scte35Handler());
        channel.writeInbound(Unpooled.wrappedBuffer(Files.readAllBytes(file)));
        channel.finish();
        List<Scte35Cue> cues = new ArrayList<>();
        for (Object message = channel.readInbound(); message != null; message = channel.readInbound()) {
            if (message instanceof Scte35Cue cue) {
                cues.add(cue);
            }
            ReferenceCountUtil.release(message);
        }
        return cues;
    }

    /** Runs a program in this process; returns what it wrote to standard error. */
    private static String run(int expectedCode, String... arguments) {
        PrintStream before = System.err;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setErr(new PrintStream(printed, true, StandardCharsets.UTF_8));
        int code;
        try {
            code = SrtNetty.execute(arguments);
        } finally {
            System.setErr(before);
        }
        String errors = printed.toString(StandardCharsets.UTF_8);
        assertThat(code).as(errors).isEqualTo(expectedCode);
        return errors;
    }
}
