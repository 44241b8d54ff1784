// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.scte35;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.srtnetty.codec.bits.Bytes;
import io.github.srtnetty.codec.mpegts.Pat;
import io.github.srtnetty.codec.mpegts.PesHeader;
import io.github.srtnetty.codec.mpegts.Pmt;
import io.github.srtnetty.codec.mpegts.TsPacket;
import io.github.srtnetty.codec.mpegts.TsPacketBuilder;
import io.github.srtnetty.codec.mpegts.TsPacketDecoder;
import io.github.srtnetty.codec.mpegts.TsPackets;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.concurrent.Future;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Scte35InjectorTest {
    private static final int PID = 0x1F0;

    private static final SpliceInfoSection SIGNAL =
            SpliceInfoSection.builder(TimeSignal.at(1_000_000)).build();
    private static final SpliceInfoSection BIG =
            SpliceInfoSection.decode(Samples.cue("syn-big-1k").bytes(), DecodeOptions.STRICT);

    private final Scte35Injector injector = new Scte35Injector(PID);
    private final EmbeddedChannel channel = new EmbeddedChannel(new TsPacketDecoder(), injector);

    private byte[] run(byte[] stream) {
        for (int from = 0; from < stream.length; from += 1316) {
            channel.writeInbound(Unpooled.copiedBuffer(stream, from, Math.min(1316, stream.length - from)));
        }
        channel.finish();
        return Streams.drainPackets(channel);
    }

    @Test
    void putsCuesIntoNullPackets_atTheirPts_andKeepsTheRate() {
        byte[] stream = Samples.stream("base.ts");
        Future<Void> first = injector.inject(SIGNAL);
        Future<Void> second = injector.injectAt(BIG, firstPts(stream) + 270_000);
        byte[] out = run(stream);
        assertThat(out).hasSameSizeAs(stream);
        assertThat(first.isSuccess() && second.isSuccess()).isTrue();
        List<Scte35Cue> cues = Streams.cuesOf(out);
        assertThat(cues).extracting(Scte35Cue::section).containsExactly(SIGNAL, BIG);
        assertThat(cues).allMatch(cue -> cue.pid() == PID && cue.registered());
        assertThat(cues.get(1).lastPts90k().orElseThrow() - firstPts(stream)).isBetween(270_000L, 290_000L);
    }

    @Test
    void leavesAllOtherPidsAsTheyAre_andCountsOnWithoutGaps() {
        byte[] stream = Samples.stream("base.ts");
        injector.inject(SIGNAL);
        injector.inject(BIG);
        byte[] out = run(stream);
        assertThat(payloads(out, 0x100)).isEqualTo(payloads(stream, 0x100));
        assertThat(payloads(out, 0x101)).isEqualTo(payloads(stream, 0x101));
        Map<Integer, Integer> counters = new HashMap<>();
        TsPacket packet = new TsPacket();
        ByteBuf bytes = Unpooled.wrappedBuffer(out);
        for (int at = 0; at < out.length; at += TsPacket.SIZE) {
            packet.wrap(bytes, at);
            if (packet.pid() != TsPacket.NULL_PID && packet.hasPayload()) {
                Integer before = counters.put(packet.pid(), packet.continuityCounter());
                assertThat(packet.continuityCounter())
                        .as("PID %d at packet %d", packet.pid(), at / TsPacket.SIZE)
                        .isEqualTo(before == null ? packet.continuityCounter() : (before + 1) % 16);
            }
        }
    }

    @Test
    void addsPackets_whenThereAreNoNullPackets() {
        Streams stream = new Streams().tables(Streams.table(31, List.of()));
        for (int i = 0; i < 300; i++) {
            stream.video(3600L * i);
        }
        injector.inject(BIG);
        byte[] in = stream.toArray();
        byte[] out = run(in);
        assertThat(out.length - in.length).isEqualTo(7 * TsPacket.SIZE);
        assertThat(Streams.cuesOf(out)).extracting(Scte35Cue::section).containsExactly(BIG);
    }

    @Test
    void givesManySmallSectionsOfThePmtPidBack_inAsManyPacketsAsBefore() {
        Streams stream = new Streams().tables(Streams.table(0, List.of()));
        for (int i = 1; i <= 100; i++) {
            stream.packet(packetOfSmallSections(i));
        }
        byte[] in = stream.toArray();
        byte[] out = run(in);
        assertThat(payloads(out, Streams.PMT_PID)).hasSize(101);
        assertThat(payloads(out, Streams.PMT_PID).subList(1, 101))
                .isEqualTo(payloads(in, Streams.PMT_PID).subList(1, 101));
    }

    /** A packet on the PID of the PMT with pointer_field 0 and 61 sections without a body. */
    private static TsPacketBuilder packetOfSmallSections(int continuityCounter) {
        byte[] payload = new byte[1 + 61 * 3];
        for (int i = 1; i < payload.length; i += 3) {
            payload[i] = (byte) 0x80; // table_id
            payload[i + 1] = 0x30; // section_syntax_indicator 0, section_length 0
        }
        return new TsPacketBuilder()
                .pid(Streams.PMT_PID)
                .payloadUnitStartIndicator(true)
                .continuityCounter(continuityCounter)
                .payload(payload);
    }

    @Test
    void passesBatchesOnAsTheyAre_whenNothingChanges() {
        EmbeddedChannel bare = new EmbeddedChannel(new Scte35Injector(PID));
        TsPackets batch =
                TsPackets.of(Unpooled.copiedBuffer(new Streams().nulls(7).toArray()));
        bare.writeInbound(batch);
        TsPackets passedOn = bare.readInbound();
        assertThat(passedOn == batch).isTrue();
        batch.release();
        bare.finish();
        channel.finish();
    }

    @Test
    void refusesAPidThatTheStreamUses() {
        Scte35Injector taken = new Scte35Injector(Streams.VIDEO_PID);
        EmbeddedChannel other = new EmbeddedChannel(new TsPacketDecoder(), taken);
        Future<Void> cue = taken.inject(SIGNAL);
        byte[] stream = new Streams()
                .tables(Streams.table(0, List.of()))
                .video(0)
                .nulls(9)
                .toArray();
        other.writeInbound(Unpooled.copiedBuffer(stream));
        assertThat(cue.cause()).hasMessageContaining("in use");
        assertThat(Streams.drainPackets(other)).isEqualTo(stream);
        assertThat(taken.inject(SIGNAL).cause()).hasMessageContaining("in use");
        other.finish();
        channel.finish();
    }

    @Test
    void refusesAPidThatPacketsComeOn_thoughNoTableNamesIt() {
        Future<Void> cue = injector.injectAt(SIGNAL, 900_000);
        byte[] stream = new Streams()
                .packet(new TsPacketBuilder().pid(PID).payload(new byte[184]))
                .tables(Streams.table(0, List.of()))
                .video(900_000)
                .nulls(9)
                .toArray();
        assertThat(run(stream)).isEqualTo(stream);
        assertThat(cue.cause()).hasMessageContaining("in use");
    }

    @Test
    void takesADamagedPacket_forNoneOfThePid() {
        Future<Void> cue = injector.inject(SIGNAL);
        byte[] stream = new Streams()
                .packet(new TsPacketBuilder().pid(PID).transportErrorIndicator(true))
                .tables(Streams.table(0, List.of()))
                .nulls(9)
                .toArray();
        assertThat(Streams.cuesOf(run(stream))).extracting(Scte35Cue::section).containsExactly(SIGNAL);
        assertThat(cue.isSuccess()).isTrue();
    }

    @Test
    void refusesTheNetworkPid() {
        Future<Void> cue = injector.inject(SIGNAL);
        Pat pat = new Pat(1, 0, OptionalInt.of(PID), List.of(new Pat.Program(Streams.PROGRAM, Streams.PMT_PID)));
        byte[] stream = new Streams()
                .packet(section(Pat.PID, pat.encode().get(0)))
                .pmt(Streams.table(0, List.of()))
                .nulls(9)
                .toArray();
        assertThat(run(stream)).isEqualTo(stream);
        assertThat(cue.cause()).hasMessageContaining("in use");
    }

    @Test
    void leavesAStreamAlone_whosePatNamesNullPackets() {
        injector.inject(SIGNAL);
        Pat pat = new Pat(1, 0, List.of(new Pat.Program(Streams.PROGRAM, TsPacket.NULL_PID)));
        byte[] stream = new Streams()
                .packet(section(Pat.PID, pat.encode().get(0)))
                .nulls(9)
                .toArray();
        assertThat(run(stream)).isEqualTo(stream);
    }

    @Test
    void refusesAStream_whosePcrComesInThePacketsOfThePmt() {
        Future<Void> cue = injector.inject(SIGNAL);
        Pmt video = Streams.table(0, List.of());
        Pmt withPcr = new Pmt(Streams.PROGRAM, 0, Streams.PMT_PID, video.programInfo(), video.streams());
        byte[] stream = new Streams()
                .tables(withPcr)
                .packet(new TsPacketBuilder().pid(Streams.PMT_PID).pcr27M(27_000_000))
                .nulls(9)
                .toArray();
        assertThat(run(stream)).isEqualTo(stream);
        assertThat(cue.cause()).hasMessageContaining("PCR");
    }

    /** A packet with pointer_field 0 and a section in it. */
    private static TsPacketBuilder section(int pid, byte[] section) {
        byte[] payload = new byte[184];
        Arrays.fill(payload, (byte) 0xFF);
        payload[0] = 0;
        System.arraycopy(section, 0, payload, 1, section.length);
        return new TsPacketBuilder().pid(pid).payloadUnitStartIndicator(true).payload(payload);
    }

    @Test
    void failsTheFuture_whenTheStreamEndsFirst() {
        Future<Void> cue = injector.injectAt(SIGNAL, 1);
        channel.finish();
        assertThat(cue.cause()).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> new Scte35Injector(0x50).inject(SIGNAL)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void failsACueAtOnce_thatAListenerBringsWhenTheStreamEnds() {
        AtomicReference<Future<Void>> next = new AtomicReference<>();
        injector.injectAt(SIGNAL, 1).addListener(failed -> next.set(injector.inject(SIGNAL)));
        Future<Void> other = injector.injectAt(SIGNAL, 2);
        channel.finish();
        assertThat(other.cause()).hasMessageContaining("stream ended");
        assertThat(next.get().cause()).hasMessageContaining("stream ended");
    }

    @Tag("slow")
    @Test
    void isFoundByFfprobe(@TempDir Path directory) throws Exception {
        byte[] stream = Samples.stream("base.ts");
        injector.inject(SIGNAL);
        injector.injectAt(BIG, firstPts(stream) + 180_000);
        Path file = Files.write(directory.resolve("out.ts"), run(stream));
        String streams = ffprobe(file, "-show_entries", "stream=codec_name,id");
        assertThat(streams).contains("scte_35,0x1f0").contains("h264,0x100");
        String packets = ffprobe(
                file,
                "-select_streams",
                "d",
                "-show_packets",
                "-show_data_hash",
                "md5",
                "-show_entries",
                "packet=size,data_hash");
        assertThat(packets.lines().filter(line -> !line.isBlank()).toList())
                .containsExactly(line(SIGNAL.bytes()), line(BIG.bytes()));
    }

    private static String line(Bytes section) throws Exception {
        byte[] hash = MessageDigest.getInstance("MD5").digest(section.toArray());
        return section.length() + ",MD5:" + HexFormat.of().formatHex(hash);
    }

    /** Runs ffprobe, which bin/test installs; a missing one fails the test. */
    private static String ffprobe(Path file, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("ffprobe", "-v", "error", "-of", "csv=p=0"));
        command.addAll(List.of(arguments));
        command.add(file.toString());
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as("ffprobe").isZero();
        return output;
    }

    private static List<Bytes> payloads(byte[] stream, int pid) {
        List<Bytes> payloads = new ArrayList<>();
        TsPacket packet = new TsPacket();
        ByteBuf bytes = Unpooled.wrappedBuffer(stream);
        for (int at = 0; at < stream.length; at += TsPacket.SIZE) {
            if (packet.wrap(bytes, at).pid() == pid) {
                payloads.add(Bytes.copyOf(stream, at, TsPacket.SIZE));
            }
        }
        return payloads;
    }

    private static long firstPts(byte[] stream) {
        TsPacket packet = new TsPacket();
        ByteBuf bytes = Unpooled.wrappedBuffer(stream);
        for (int at = 0; at < stream.length; at += TsPacket.SIZE) {
            long pts = PesHeader.pts90k(packet.wrap(bytes, at));
            if (packet.pid() == 0x100 && pts != TsPacket.NONE) {
                return pts;
            }
        }
        throw new AssertionError("no PTS");
    }
}
