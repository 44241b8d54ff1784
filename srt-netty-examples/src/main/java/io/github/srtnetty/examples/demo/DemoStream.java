// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.demo;

import io.github.srtnetty.codec.mpegts.Descriptor;
import io.github.srtnetty.codec.mpegts.Pat;
import io.github.srtnetty.codec.mpegts.PesHeader;
import io.github.srtnetty.codec.mpegts.Pmt;
import io.github.srtnetty.codec.mpegts.RegistrationDescriptor;
import io.github.srtnetty.codec.mpegts.SectionPacketizer;
import io.github.srtnetty.codec.mpegts.StreamType;
import io.github.srtnetty.codec.mpegts.TimedPayloads;
import io.github.srtnetty.codec.mpegts.Timestamp;
import io.github.srtnetty.codec.mpegts.TsPacket;
import io.github.srtnetty.codec.mpegts.TsPacketBuilder;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * A transport stream made in code (ISO/IEC 13818-1): PAT and PMT ten times a second, one video PID with 25 PES packets
 * a second that carry clock and PTS and are filled with noise, one PID with a cue every second, splice_insert and
 * time_signal in turns, each two seconds ahead, and every tenth packet null. Constant rate; the clock is exact.
 */
public final class DemoStream implements TimedPayloads {
    static final long BITS_PER_SECOND = 4_000_000;

    private static final int PAT_PID = 0;
    private static final int PMT_PID = 0x100;
    private static final int VIDEO_PID = 0x101;
    private static final int SPLICE_PID = 0x102;
    private static final int PROGRAM = 1;
    private static final int VIDEO_STREAM_ID = 0xE0;
    private static final long PACKETS_PER_SECOND = BITS_PER_SECOND / (TsPacket.SIZE * 8);
    private static final long TABLES_EVERY = PACKETS_PER_SECOND / 10;
    private static final long FRAME_EVERY = PACKETS_PER_SECOND / 25;
    private static final long NULL_EVERY = 10;
    /** The packet of each second that is a cue instead of a null packet. */
    private static final long CUE_AT = 19 * NULL_EVERY + 9;

    private static final long CUE_AHEAD_90K = 2 * 90_000;
    private static final long FIRST_CLOCK = Timestamp.PCR_HZ;
    private static final long PTS_AHEAD_90K = 45_000;
    private static final int PCR_END = 12;
    private static final int PES_HEADER_BYTES = 14;

    private final long payloads;
    private final Random noise;
    private final byte[] pat =
            new Pat(1, 0, List.of(new Pat.Program(PROGRAM, PMT_PID))).encode().get(0);
    private final byte[] pmt = pmtSection();
    private final SectionPacketizer pats = new SectionPacketizer(PAT_PID);
    private final SectionPacketizer pmts = new SectionPacketizer(PMT_PID);
    private final SectionPacketizer cues = new SectionPacketizer(SPLICE_PID);
    private final TsPacketBuilder video = new TsPacketBuilder().pid(VIDEO_PID);
    private final TsPacketBuilder stuffing = new TsPacketBuilder().payload(stuffingBytes());
    private int videoPackets;
    private long packet;

    /** Makes a stream of this length; the same seed makes the same bytes. */
    public DemoStream(int seconds, long seed) {
        payloads = seconds * BITS_PER_SECOND / (8 * TS_PAYLOAD_BYTES);
        noise = new Random(seed);
    }

    @Override
    public @Nullable TimedPayload next() {
        long position = packet * TsPacket.SIZE;
        if (position >= payloads * TS_PAYLOAD_BYTES) {
            return null;
        }
        byte[] bytes = new byte[TS_PAYLOAD_BYTES];
        ByteBuf payload = Unpooled.wrappedBuffer(bytes).clear();
        while (payload.isWritable()) {
            putPacket(payload, packet++);
        }
        return new TimedPayload(bytes, position * 8 * 1_000_000_000 / BITS_PER_SECOND);
    }

    private void putPacket(ByteBuf out, long number) {
        if (number % TABLES_EVERY == 0) {
            pats.write(pat, out);
        } else if (number % TABLES_EVERY == 1) {
            pmts.write(pmt, out);
        } else if (number % FRAME_EVERY == 2) {
            putVideo(out, clockAt(number), pesHeader(ptsAt(number)));
        } else if (number % PACKETS_PER_SECOND == CUE_AT) {
            cues.write(DemoCues.cue(number / PACKETS_PER_SECOND, ptsAt(number) + CUE_AHEAD_90K), out);
        } else if (number % NULL_EVERY == 9) {
            stuffing.writeTo(out);
        } else {
            putVideo(out, TsPacket.NONE);
        }
    }

    // Noise, with a clock and the start of a frame before it, or with neither.
    private void putVideo(ByteBuf out, long pcr27M, byte... header) {
        video.payloadUnitStartIndicator(header.length > 0).pcr27M(pcr27M).continuityCounter(videoPackets++);
        byte[] bytes = new byte[video.room() - header.length];
        noise.nextBytes(bytes);
        byte[] payload = Arrays.copyOf(header, video.room());
        System.arraycopy(bytes, 0, payload, header.length, bytes.length);
        video.payload(payload).writeTo(out);
    }

    private static long clockAt(long number) {
        return FIRST_CLOCK + (number * TsPacket.SIZE + PCR_END) * 8 * Timestamp.PCR_HZ / BITS_PER_SECOND;
    }

    private static long ptsAt(long number) {
        return Timestamp.toPts(clockAt(number)) + PTS_AHEAD_90K;
    }

    /** Returns the start of a PES packet of unbounded length with a PTS; the table is in {@link PesHeader}. */
    private static byte[] pesHeader(long pts90k) {
        return ByteBuffer.allocate(PES_HEADER_BYTES)
                .putInt(0x100 | VIDEO_STREAM_ID)
                .putShort((short) 0)
                .putShort((short) 0x8080) // PTS_DTS_flags '10'
                .put((byte) 5) // PES_header_data_length
                .put((byte) (0x21 | pts90k >>> 29 & 0x0E))
                .putShort((short) (pts90k >>> 14 & 0xFFFE | 1))
                .putShort((short) (pts90k << 1 & 0xFFFE | 1))
                .array();
    }

    private static byte[] stuffingBytes() {
        byte[] bytes = new byte[TsPacket.SIZE - 4];
        Arrays.fill(bytes, (byte) 0xFF);
        return bytes;
    }

    private static byte[] pmtSection() {
        Descriptor cuei = new RegistrationDescriptor(RegistrationDescriptor.CUEI);
        return new Pmt(
                        PROGRAM,
                        0,
                        VIDEO_PID,
                        List.of(cuei),
                        List.of(
                                new Pmt.Stream(StreamType.AVC, VIDEO_PID, List.of()),
                                new Pmt.Stream(StreamType.SCTE35, SPLICE_PID, List.of())))
                .encode();
    }
}
