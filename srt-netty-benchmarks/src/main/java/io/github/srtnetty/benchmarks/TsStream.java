// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.benchmarks;

import io.github.srtnetty.codec.mpegts.Descriptor;
import io.github.srtnetty.codec.mpegts.Pat;
import io.github.srtnetty.codec.mpegts.Pmt;
import io.github.srtnetty.codec.mpegts.RegistrationDescriptor;
import io.github.srtnetty.codec.mpegts.SectionPacketizer;
import io.github.srtnetty.codec.mpegts.StreamType;
import io.github.srtnetty.codec.mpegts.TsPacket;
import io.github.srtnetty.codec.mpegts.TsPacketBuilder;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.List;
import java.util.Random;

/**
 * A made-up stream of one program in datagrams of 7 packets: picture 5 of 7 packets, sound 1 of 7, nulls, tables every
 * 280.
 */
final class TsStream {
    static final int DATAGRAM = 7 * TsPacket.SIZE;
    static final int DATAGRAMS = 640; // a multiple of 16 rounds of continuity_counter on every PID
    static final int BYTES = DATAGRAM * DATAGRAMS;

    private static final int PMT_PID = 0x1000;
    private static final int VIDEO_PID = 0x100;
    private static final int AUDIO_PID = 0x101;
    private static final int SPLICE_PID = 0x1F4;
    private static final int DATAGRAMS_PER_TABLES = 40;
    /** 20 ms at 8 Mbit/s. */
    private static final int DATAGRAMS_PER_PCR = 16;

    private static final long TICKS_PER_DATAGRAM = DATAGRAM * 8L * 27_000_000 / 8_000_000;

    private final Random random = new Random(1);
    private final TsPacketBuilder builder = new TsPacketBuilder();
    private final SectionPacketizer patPackets = new SectionPacketizer(Pat.PID);
    private final SectionPacketizer pmtPackets = new SectionPacketizer(PMT_PID);
    private final int[] counters = new int[TsPacket.PID_COUNT];
    private final ByteBuf out = Unpooled.buffer(BYTES, BYTES);

    private final int datagramsPerPcr;

    private TsStream(int datagramsPerPcr) {
        this.datagramsPerPcr = datagramsPerPcr;
    }

    /** Returns a stream without a clock. */
    static byte[] bytes() {
        return new TsStream(Integer.MAX_VALUE).write();
    }

    /** Returns the same stream with a PCR, and the start of a PES packet, every 16 datagrams. */
    static byte[] bytesWithClock() {
        return new TsStream(DATAGRAMS_PER_PCR).write();
    }

    private byte[] write() {
        byte[] pat =
                new Pat(1, 0, List.of(new Pat.Program(1, PMT_PID))).encode().get(0);
        Descriptor cuei = new RegistrationDescriptor(RegistrationDescriptor.CUEI);
        List<Pmt.Stream> streams = List.of(
                new Pmt.Stream(StreamType.AVC, VIDEO_PID, List.of()),
                new Pmt.Stream(StreamType.AAC_ADTS, AUDIO_PID, List.of()),
                new Pmt.Stream(StreamType.SCTE35, SPLICE_PID, List.of()));
        byte[] pmt = new Pmt(1, 0, VIDEO_PID, List.of(cuei), streams).encode();
        for (int i = 0; i < DATAGRAMS; i++) {
            boolean tables = i % DATAGRAMS_PER_TABLES == 0;
            if (tables) {
                patPackets.write(pat, out);
                pmtPackets.write(pmt, out);
            }
            for (int k = tables ? 2 : 0; k < 5; k++) {
                if (k == 4 && i % datagramsPerPcr == 1) {
                    writePcr(i * TICKS_PER_DATAGRAM);
                } else {
                    write(VIDEO_PID);
                }
            }
            write(AUDIO_PID);
            write(TsPacket.NULL_PID);
        }
        return out.array();
    }

    private void write(int pid) {
        byte[] payload = new byte[TsPacket.SIZE - 4];
        random.nextBytes(payload);
        builder.pid(pid).continuityCounter(counters[pid]++).payload(payload).writeTo(out);
    }

    private void writePcr(long pcr27M) {
        long pts = pcr27M / 300;
        byte[] pes = new byte[170];
        byte[] header = {
            0,
            0,
            1,
            (byte) 0xE0,
            0,
            0,
            (byte) 0x80,
            (byte) 0x80,
            5,
            0x21,
            (byte) (pts >> 22),
            (byte) (pts >> 14 | 1),
            (byte) (pts >> 7),
            (byte) (pts << 1 | 1)
        };
        System.arraycopy(header, 0, pes, 0, header.length);
        builder.pid(VIDEO_PID)
                .continuityCounter(counters[VIDEO_PID]++)
                .payloadUnitStartIndicator(true)
                .pcr27M(pcr27M)
                .payload(pes)
                .writeTo(out);
        builder.payloadUnitStartIndicator(false).pcr27M(TsPacket.NONE);
    }
}
