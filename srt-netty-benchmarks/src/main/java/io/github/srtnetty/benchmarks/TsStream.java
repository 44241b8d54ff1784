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

    private final Random random = new Random(1);
    private final TsPacketBuilder builder = new TsPacketBuilder();
    private final SectionPacketizer patPackets = new SectionPacketizer(Pat.PID);
    private final SectionPacketizer pmtPackets = new SectionPacketizer(PMT_PID);
    private final int[] counters = new int[TsPacket.PID_COUNT];
    private final ByteBuf out = Unpooled.buffer(BYTES, BYTES);

    private TsStream() {}

    static byte[] bytes() {
        return new TsStream().write();
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
                write(VIDEO_PID);
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
}
