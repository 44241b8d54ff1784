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
import io.github.srtnetty.codec.scte35.SegmentationDescriptor;
import io.github.srtnetty.codec.scte35.SegmentationType;
import io.github.srtnetty.codec.scte35.SegmentationUpid;
import io.github.srtnetty.codec.scte35.SpliceInfoSection;
import io.github.srtnetty.codec.scte35.TimeSignal;
import io.github.srtnetty.codec.scte35.UpidType;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.List;
import java.util.Random;

/**
 * A made-up stream of one program with cues, in datagrams of 7 packets: PAT, PMT and a cue every 40 datagrams, a
 * picture with PTS and PCR every 5, sound and null packets. Much denser in tables and cues than a real stream.
 */
final class CueStream {
    static final int DATAGRAM = 7 * TsPacket.SIZE;
    static final int DATAGRAMS = 640; // a multiple of 16 rounds of continuity_counter on every PID
    static final int BYTES = DATAGRAM * DATAGRAMS;
    static final int CUES = DATAGRAMS / 40;

    private static final int PMT_PID = 0x1000;
    private static final int VIDEO_PID = 0x100;
    private static final int AUDIO_PID = 0x101;
    private static final int SPLICE_PID = 0x1F4;

    private final Random random = new Random(1);
    private final int[] counters = new int[TsPacket.PID_COUNT];
    private final ByteBuf out = Unpooled.buffer(BYTES, BYTES);

    private CueStream() {}

    static byte[] bytes() {
        return new CueStream().write();
    }

    /** Returns a time_signal with one segmentation_descriptor, as broadcasters send it. */
    static SpliceInfoSection timeSignal() {
        return SpliceInfoSection.builder(TimeSignal.at(900_000))
                .descriptor(SegmentationDescriptor.Event.builder(
                                0x4800_008F, SegmentationType.PROVIDER_PLACEMENT_OPPORTUNITY_START)
                        .duration(2_700_000)
                        .upid(SegmentationUpid.ofText(UpidType.ADI, "SIGNAL:abc"))
                        .segment(1, 1)
                        .build())
                .build();
    }

    private byte[] write() {
        SectionPacketizer patPackets = new SectionPacketizer(Pat.PID);
        SectionPacketizer pmtPackets = new SectionPacketizer(PMT_PID);
        SectionPacketizer cuePackets = new SectionPacketizer(SPLICE_PID);
        byte[] pat =
                new Pat(1, 0, List.of(new Pat.Program(1, PMT_PID))).encode().get(0);
        byte[] cue = timeSignal().bytes().toArray();
        for (int i = 0; i < DATAGRAMS; i++) {
            boolean tables = i % 40 == 0;
            if (tables) {
                patPackets.write(pat, out);
                pmtPackets.write(pmt(), out);
                cuePackets.write(cue, out);
            }
            for (int k = tables ? 3 : 0; k < 5; k++) {
                write(VIDEO_PID, k == 3 && i % 5 == 0 ? 3600L * i : TsPacket.NONE);
            }
            write(AUDIO_PID, TsPacket.NONE);
            write(TsPacket.NULL_PID, TsPacket.NONE);
        }
        return out.array();
    }

    private static byte[] pmt() {
        Descriptor cuei = new RegistrationDescriptor(RegistrationDescriptor.CUEI);
        List<Pmt.Stream> streams = List.of(
                new Pmt.Stream(StreamType.AVC, VIDEO_PID, List.of()),
                new Pmt.Stream(StreamType.AAC_ADTS, AUDIO_PID, List.of()),
                new Pmt.Stream(StreamType.SCTE35, SPLICE_PID, List.of()));
        return new Pmt(1, 0, VIDEO_PID, List.of(cuei), streams).encode();
    }

    private void write(int pid, long pts90k) {
        boolean start = pts90k != TsPacket.NONE;
        byte[] payload = new byte[start ? 176 : 184];
        random.nextBytes(payload);
        if (start) {
            byte[] header = {0, 0, 1, (byte) 0xE0, 0, 0, (byte) 0x80, (byte) 0x80, 5, 0x21, 0, 1, 0, 1};
            System.arraycopy(header, 0, payload, 0, header.length);
        }
        new TsPacketBuilder()
                .pid(pid)
                .payloadUnitStartIndicator(start)
                .continuityCounter(counters[pid]++)
                .pcr27M(start ? pts90k * 300 : TsPacket.NONE)
                .payload(payload)
                .writeTo(out);
    }
}
