// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.cue;

import io.github.srtnetty.codec.mpegts.Pat;
import io.github.srtnetty.codec.mpegts.Pmt;
import io.github.srtnetty.codec.mpegts.RegistrationDescriptor;
import io.github.srtnetty.codec.mpegts.SectionPacketizer;
import io.github.srtnetty.codec.mpegts.StreamType;
import io.github.srtnetty.codec.mpegts.TsPacket;
import io.github.srtnetty.codec.mpegts.TsPacketBuilder;
import io.github.srtnetty.codec.scte35.SpliceCommand;
import io.github.srtnetty.codec.scte35.SpliceInfoSection;
import io.github.srtnetty.codec.scte35.SpliceInsert;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import java.util.List;

/** Payloads of seven packets: one program with video and cues. */
public final class CueStream {
    private static final int PMT_PID = 0x100;
    private static final int VIDEO_PID = 0x101;
    private static final int SPLICE_PID = 0x102;
    private static final int PACKETS = 7;

    private final byte[] pat =
            new Pat(1, 0, List.of(new Pat.Program(1, PMT_PID))).encode().get(0);
    private final byte[] pmt = new Pmt(
                    1,
                    0,
                    VIDEO_PID,
                    List.of(new RegistrationDescriptor(RegistrationDescriptor.CUEI)),
                    List.of(
                            new Pmt.Stream(StreamType.AVC, VIDEO_PID, List.of()),
                            new Pmt.Stream(StreamType.SCTE35, SPLICE_PID, List.of())))
            .encode();
    private final SectionPacketizer pats = new SectionPacketizer(Pat.PID);
    private final SectionPacketizer pmts = new SectionPacketizer(PMT_PID);
    private final SectionPacketizer cues = new SectionPacketizer(SPLICE_PID);
    private final TsPacketBuilder video = new TsPacketBuilder().pid(VIDEO_PID);
    private int videoPackets;

    /** Returns a payload with PAT, PMT and video. */
    public ByteBuf tables() {
        ByteBuf out = buffer();
        pats.write(pat, out);
        pmts.write(pmt, out);
        return filled(out);
    }

    /** Returns a payload with video only. */
    public ByteBuf video() {
        return filled(buffer());
    }

    /** Returns a payload with a splice_insert out of the network, at once. */
    public ByteBuf cue(long eventId) {
        return cue(SpliceInsert.builder(eventId).build());
    }

    /** Returns a payload with a cue. */
    public ByteBuf cue(SpliceCommand command) {
        ByteBuf out = buffer();
        cues.write(SpliceInfoSection.builder(command).build().bytes().toArray(), out);
        return filled(out);
    }

    private static ByteBuf buffer() {
        return PooledByteBufAllocator.DEFAULT.directBuffer(PACKETS * TsPacket.SIZE, PACKETS * TsPacket.SIZE);
    }

    private ByteBuf filled(ByteBuf out) {
        while (out.readableBytes() < PACKETS * TsPacket.SIZE) {
            video.continuityCounter(videoPackets++);
            byte[] bytes = new byte[video.room()];
            bytes[bytes.length - 1] = (byte) videoPackets;
            video.payload(bytes).writeTo(out);
        }
        return out;
    }
}
