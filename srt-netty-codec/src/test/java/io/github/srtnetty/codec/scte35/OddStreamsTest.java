// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.scte35;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.srtnetty.codec.mpegts.Pat;
import io.github.srtnetty.codec.mpegts.Pmt;
import io.github.srtnetty.codec.mpegts.RegistrationDescriptor;
import io.github.srtnetty.codec.mpegts.RtpDecoder;
import io.github.srtnetty.codec.mpegts.SectionPacketizer;
import io.github.srtnetty.codec.mpegts.StreamType;
import io.github.srtnetty.codec.mpegts.TsPacketDecoder;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Cues of streams as people have them: other packet formats, RTP, tables that keep no rule. */
class OddStreamsTest {
    private static final SpliceInfoSection SIGNAL =
            SpliceInfoSection.builder(TimeSignal.at(900_000)).build();

    private static byte[] stream() {
        Streams stream = new Streams().tables(Streams.standardTable());
        for (int i = 0; i < 20; i++) {
            stream.cue(SIGNAL).nulls(3);
        }
        return stream.toArray();
    }

    @ParameterizedTest
    @CsvSource({"4, 0, 188", "0, 16, 188", "4, 0, 1000", "0, 16, 100000", "0, 0, 77"})
    void findsTheFormatOfThePackets(int before, int behind, int chunk) {
        ByteBuf units = Unpooled.buffer();
        byte[] packets = stream();
        for (int at = 0; at < packets.length; at += 188) {
            units.writeZero(before).writeBytes(packets, at, 188).writeZero(behind);
        }
        EmbeddedChannel channel = new EmbeddedChannel(TsPacketDecoder.detecting(), new Scte35Handler());
        while (units.isReadable()) {
            channel.writeInbound(units.readBytes(Math.min(chunk, units.readableBytes())));
        }
        channel.finish();
        assertThat(Streams.drain(channel)).hasSize(20);
    }

    /** Makes RTP of {@code count} packets each with two CSRC, an extension and padding. */
    private static List<ByteBuf> rtp(int count) {
        List<ByteBuf> datagrams = new ArrayList<>();
        byte[] packets = stream();
        int sequence = 0xFFFA;
        for (int at = 0; at < packets.length; at += 188 * count) {
            ByteBuf datagram = Unpooled.buffer();
            datagram.writeByte(0x80 | 0x20 | 0x10 | 2).writeByte(33).writeShort(sequence++);
            datagram.writeInt(at).writeInt(0x12345678).writeLong(7);
            datagram.writeShort(0xBEDE).writeShort(1).writeInt(9);
            datagram.writeBytes(packets, at, Math.min(188 * count, packets.length - at));
            datagrams.add(datagram.writeZero(3).writeByte(4));
        }
        return datagrams;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 7, 20})
    void readsRtp_ofAnyNumberOfPackets_outOfOrder_withFec(int count) {
        List<ByteBuf> datagrams = rtp(count);
        for (int i = 2; i + 1 < datagrams.size(); i += 4) {
            datagrams.add(i + 1, datagrams.remove(i));
        }
        byte[] fec = new byte[60];
        fec[0] = (byte) 0x80;
        fec[1] = 96;
        datagrams.add(0, Unpooled.wrappedBuffer(fec.clone()));
        datagrams.add(3, Unpooled.wrappedBuffer(fec));
        assertThat(cues(RtpDecoder.ofDatagrams(), datagrams)).hasSize(20);
    }

    @ParameterizedTest
    @CsvSource({"1, 100", "3, 1316", "7, 50000"})
    void readsRtp_fromAFile(int count, int chunk) {
        ByteBuf file = Unpooled.buffer();
        rtp(count).forEach(file::writeBytes);
        List<ByteBuf> chunks = new ArrayList<>();
        while (file.isReadable()) {
            chunks.add(file.readBytes(Math.min(chunk, file.readableBytes())));
        }
        assertThat(cues(RtpDecoder.ofStream(), chunks)).hasSize(20);
    }

    private static List<Scte35Cue> cues(RtpDecoder rtp, List<ByteBuf> input) {
        EmbeddedChannel channel = new EmbeddedChannel(rtp, TsPacketDecoder.detecting(), new Scte35Handler());
        input.forEach(channel::writeInbound);
        channel.finish();
        return Streams.drain(channel);
    }

    @Test
    void keepsASplicePid_untilAPmtOfAnotherVersionLeavesItOut() {
        Pmt without = Streams.table(0, List.of(RegistrationDescriptor.CUEI));
        Pmt next = Streams.table(1, List.of(RegistrationDescriptor.CUEI));
        byte[] stream = new Streams()
                .tables(Streams.standardTable())
                .pmt(without)
                .cue(SIGNAL)
                .pmt(next)
                .cue(SIGNAL)
                .toArray();
        assertThat(Streams.cuesOf(stream)).hasSize(1);
    }

    @Test
    void findsTheCuesOfBothPrograms_whenTwoPatsAlternate() {
        ByteBuf out = Unpooled.buffer();
        SectionPacketizer pat = new SectionPacketizer(Pat.PID);
        for (int round = 0; round < 3; round++) {
            for (int id = 1; id <= 2; id++) {
                new Pat(id, 0, List.of(new Pat.Program(id, 0x100 * id)))
                        .encode()
                        .forEach(section -> pat.write(section, out));
            }
            for (int id = 1; id <= 2; id++) {
                Pmt.Stream splice = new Pmt.Stream(StreamType.SCTE35, 0x100 * id + 1, List.of());
                Pmt pmt = new Pmt(id, 0, 0x1FFF, List.of(), List.of(splice));
                new SectionPacketizer(0x100 * id, round).write(pmt.encode(), out);
                new SectionPacketizer(0x100 * id + 1, round)
                        .write(SIGNAL.bytes().toArray(), out);
            }
        }
        byte[] stream = new byte[out.readableBytes()];
        out.readBytes(stream);
        assertThat(Streams.cuesOf(stream)).hasSize(6);
    }

    @Test
    void findsTheCuesOfAGivenPid_withoutTables() {
        byte[] stream =
                new Streams().cue(SIGNAL).cue(SIGNAL).cue(SIGNAL).cue(SIGNAL).toArray();
        Scte35Options options = Scte35Options.DEFAULT.withSplicePids(Set.of(Streams.SPLICE_PID));
        assertThat(Streams.cuesOf(stream, 1316, options)).hasSize(4);
        assertThat(Streams.cuesOf(stream)).isEmpty();
    }
}
