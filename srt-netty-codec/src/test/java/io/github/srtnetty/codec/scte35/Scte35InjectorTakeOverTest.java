// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.scte35;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.srtnetty.codec.mpegts.Pmt;
import io.github.srtnetty.codec.mpegts.RegistrationDescriptor;
import io.github.srtnetty.codec.mpegts.SectionPacketizer;
import io.github.srtnetty.codec.mpegts.StreamType;
import io.github.srtnetty.codec.mpegts.TsPacket;
import io.github.srtnetty.codec.mpegts.TsPacketBuilder;
import io.github.srtnetty.codec.mpegts.TsPacketDecoder;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.concurrent.Future;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The stream has cues of its own on the splice PID: they stay, and new ones come between them. */
class Scte35InjectorTakeOverTest {
    private static final int PID = Streams.SPLICE_PID;
    private static final SpliceInfoSection OURS =
            SpliceInfoSection.builder(TimeSignal.at(900_000)).build();
    private static final SpliceInfoSection THEIRS =
            SpliceInfoSection.builder(TimeSignal.at(1_000_000)).build();
    private static final SpliceInfoSection BIG =
            SpliceInfoSection.decode(Samples.cue("syn-big-1k").bytes(), DecodeOptions.STRICT);

    private final Scte35Injector injector = new Scte35Injector(PID);
    private final EmbeddedChannel channel = new EmbeddedChannel(new TsPacketDecoder(), injector);

    @AfterEach
    void release() {
        channel.finishAndReleaseAll();
    }

    @Test
    void keepsTheStreamsCuesInOrder_andCountsOn() {
        Future<Void> atOnce = injector.inject(OURS);
        Future<Void> later = injector.injectAt(BIG, 7200);
        byte[] in = new Streams()
                .tables(Streams.standardTable())
                .cue(THEIRS)
                .nulls(20)
                .video(3600)
                .cue(BIG)
                .video(7200)
                .nulls(20)
                .cue(THEIRS)
                .nulls(20)
                .toArray();
        byte[] out = run(in);
        assertThat(atOnce.isSuccess() && later.isSuccess()).isTrue();
        assertThat(sections(out)).containsExactly(OURS, THEIRS, BIG, BIG, THEIRS);
        assertThatCountersGoOn(out);
        assertThat(out).hasSameSizeAs(in);
    }

    @Test
    void leavesAPmtThatNamesThePidAsItIs() {
        byte[] in = new Streams()
                .tables(Streams.standardTable())
                .cue(THEIRS)
                .nulls(20)
                .toArray();
        injector.inject(OURS);
        byte[] out = run(in);
        assertThat(Arrays.copyOf(out, 2 * TsPacket.SIZE)).isEqualTo(Arrays.copyOf(in, 2 * TsPacket.SIZE));
    }

    @Test
    void addsTheRegistrationThatAPmtLacks() {
        byte[] in = new Streams()
                .tables(Streams.table(4, List.of(), Streams.splice(StreamType.SCTE35)))
                .cue(THEIRS)
                .nulls(20)
                .toArray();
        injector.inject(OURS);
        List<Scte35Cue> cues = Streams.cuesOf(run(in));
        assertThat(cues).hasSize(2).allMatch(Scte35Cue::registered);
    }

    @Test
    void cutsNoSectionInTwo_whenACueComesWhileOneIsUnderWay() {
        byte[] tables = new Streams().tables(Streams.standardTable()).nulls(7).toArray();
        byte[] packets = packets(BIG, 5);
        channel.writeInbound(Unpooled.copiedBuffer(tables));
        channel.writeInbound(Unpooled.copiedBuffer(packets, 0, 3 * TsPacket.SIZE));
        injector.inject(OURS);
        channel.writeInbound(
                Unpooled.copiedBuffer(packets, 3 * TsPacket.SIZE, packets.length - 3 * TsPacket.SIZE),
                Unpooled.copiedBuffer(new Streams().nulls(40).toArray()));
        channel.finish();
        byte[] out = Streams.drainPackets(channel);
        assertThat(sections(out)).containsExactlyInAnyOrder(OURS, BIG);
        assertThatCountersGoOn(out);
    }

    /** As a receiver joins a stream: packets of a cue come before the tables. */
    @ParameterizedTest
    @ValueSource(ints = {1, 3, 7})
    void countsOnBehindPacketsThatCameBeforeTheTables(int before) {
        byte[] packets = packets(BIG, 14);
        injector.inject(OURS);
        channel.writeInbound(
                Unpooled.copiedBuffer(packets, 0, before * TsPacket.SIZE),
                Unpooled.copiedBuffer(new Streams()
                        .nulls(3)
                        .tables(Streams.standardTable())
                        .nulls(7)
                        .toArray()),
                Unpooled.copiedBuffer(packets, before * TsPacket.SIZE, packets.length - before * TsPacket.SIZE),
                Unpooled.copiedBuffer(new Streams().nulls(40).toArray()));
        channel.finish();
        byte[] out = Streams.drainPackets(channel);
        assertThat(Streams.cuesOf(out, 1316, Scte35Options.DEFAULT.withSplicePids(java.util.Set.of(PID))))
                .extracting(Scte35Cue::section)
                .containsExactlyInAnyOrder(OURS, BIG);
        assertThatCountersGoOn(out);
    }

    @Test
    void goesOn_whenThePmtLeavesThePidOut_andNamesItAgain() {
        byte[] in = new Streams()
                .tables(Streams.standardTable())
                .cue(THEIRS)
                .nulls(7)
                .pmt(Streams.table(1, List.of(RegistrationDescriptor.CUEI)))
                .cue(THEIRS)
                .nulls(7)
                .pmt(Streams.table(2, List.of(RegistrationDescriptor.CUEI), Streams.splice(StreamType.SCTE35)))
                .cue(THEIRS)
                .nulls(20)
                .toArray();
        Future<Void> cue = injector.inject(OURS);
        byte[] out = run(in);
        assertThat(cue.isSuccess()).isTrue();
        assertThat(sections(out)).containsExactly(OURS, THEIRS, THEIRS, THEIRS);
        assertThatCountersGoOn(out);
    }

    @Test
    void refusesAPid_thatThePmtNamesAsSomethingElse() {
        Pmt table = Streams.table(0, List.of(), Streams.splice(StreamType.PRIVATE_PES));
        byte[] in = new Streams().tables(table).cue(THEIRS).nulls(7).toArray();
        Future<Void> cue = injector.inject(OURS);
        assertThat(run(in)).isEqualTo(in);
        assertThat(cue.cause()).hasMessageContaining("in use");
    }

    @Test
    void refusesCuesThatItCannotRead() {
        for (TsPacketBuilder packet : List.of(
                new TsPacketBuilder().pid(PID).transportScramblingControl(2).payload(new byte[184]),
                new TsPacketBuilder().pid(PID).payloadUnitStartIndicator(true).payload(pes()))) {
            Scte35Injector other = new Scte35Injector(PID);
            EmbeddedChannel stream = new EmbeddedChannel(new TsPacketDecoder(), other);
            byte[] in = new Streams()
                    .tables(Streams.standardTable())
                    .packet(packet)
                    .nulls(7)
                    .toArray();
            stream.writeInbound(Unpooled.copiedBuffer(in));
            assertThat(other.inject(OURS).cause()).hasMessageMatching("PID 500 (is scrambled|carries PES packets.*)");
            assertThat(Streams.drainPackets(stream)).isEqualTo(in);
            stream.finishAndReleaseAll();
        }
    }

    private byte[] run(byte[] stream) {
        for (int from = 0; from < stream.length; from += 1316) {
            channel.writeInbound(Unpooled.copiedBuffer(stream, from, Math.min(1316, stream.length - from)));
        }
        channel.finish();
        return Streams.drainPackets(channel);
    }

    private static List<SpliceInfoSection> sections(byte[] stream) {
        return Streams.cuesOf(stream).stream().map(Scte35Cue::section).toList();
    }

    private static byte[] pes() {
        byte[] payload = new byte[184];
        payload[2] = 1;
        payload[3] = (byte) 0xFC;
        return payload;
    }

    private static byte[] packets(SpliceInfoSection section, int continuityCounter) {
        ByteBuf out = Unpooled.buffer();
        new SectionPacketizer(PID, continuityCounter).write(section.bytes().toArray(), out);
        byte[] packets = new byte[out.readableBytes()];
        out.readBytes(packets);
        return packets;
    }

    private static void assertThatCountersGoOn(byte[] stream) {
        List<Integer> counters = new ArrayList<>();
        TsPacket packet = new TsPacket();
        ByteBuf bytes = Unpooled.wrappedBuffer(stream);
        for (int at = 0; at < stream.length; at += TsPacket.SIZE) {
            if (packet.wrap(bytes, at).pid() == PID) {
                counters.add(packet.continuityCounter());
            }
        }
        for (int i = 1; i < counters.size(); i++) {
            assertThat(counters.get(i)).as("%s", counters).isEqualTo((counters.get(i - 1) + 1) % 16);
        }
    }
}
