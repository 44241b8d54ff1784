// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples;

import io.github.srtnetty.codec.mpegts.Descriptor;
import io.github.srtnetty.codec.mpegts.Pat;
import io.github.srtnetty.codec.mpegts.Pmt;
import io.github.srtnetty.codec.mpegts.RegistrationDescriptor;
import io.github.srtnetty.codec.mpegts.StreamType;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * A transport stream made in code (ISO/IEC 13818-1): PAT and PMT ten times a second, one video PID with 25 PES packets a second
 * that carry clock and PTS and are filled with noise, one PID with a cue every second, splice_insert and time_signal in turns, each
 * two seconds ahead, and every tenth packet null. Constant rate; the clock is exact.
 */
final class DemoStream implements TimedPayloads {
    static final long BITS_PER_SECOND = 4_000_000;

    private static final int PACKET = PayloadCutter.TS_PACKET_BYTES;
    private static final int PAT_PID = 0;
    private static final int PMT_PID = 0x100;
    private static final int VIDEO_PID = 0x101;
    private static final int SPLICE_PID = 0x102;
    private static final int NULL_PID = 0x1FFF;
    private static final int PROGRAM = 1;
    private static final int VIDEO_STREAM_ID = 0xE0;
    private static final long PACKETS_PER_SECOND = BITS_PER_SECOND / (PACKET * 8);
    private static final long TABLES_EVERY = PACKETS_PER_SECOND / 10;
    private static final long FRAME_EVERY = PACKETS_PER_SECOND / 25;
    private static final long NULL_EVERY = 10;
    /** The packet of each second that is a cue instead of a null packet. */
    private static final long CUE_AT = 19 * NULL_EVERY + 9;

    private static final long CUE_AHEAD_90K = 2 * 90_000;
    private static final long CLOCK_HERTZ = 27_000_000;
    private static final long FIRST_CLOCK = CLOCK_HERTZ;
    private static final long PTS_AHEAD_90K = 45_000;
    private static final int PCR_END = 12;

    private final long payloads;
    private final Random noise;
    private final byte[] pat =
            new Pat(1, 0, List.of(new Pat.Program(PROGRAM, PMT_PID))).encode().get(0);
    private final byte[] pmt = pmtSection();
    private final int[] continuity = new int[NULL_PID + 1];
    private long packet;

    /** Makes a stream of this length; the same seed makes the same bytes. */
    DemoStream(int seconds, long seed) {
        payloads = seconds * BITS_PER_SECOND / (8 * TS_PAYLOAD_BYTES);
        noise = new Random(seed);
    }

    @Override
    public @Nullable TimedPayload next() {
        long position = packet * PACKET;
        if (position >= payloads * TS_PAYLOAD_BYTES) {
            return null;
        }
        ByteBuffer payload = ByteBuffer.allocate(TS_PAYLOAD_BYTES);
        while (payload.hasRemaining()) {
            putPacket(payload, packet++);
        }
        return new TimedPayload(payload.array(), position * 8 * 1_000_000_000 / BITS_PER_SECOND);
    }

    private void putPacket(ByteBuffer out, long number) {
        if (number % TABLES_EVERY == 0) {
            putSection(out, PAT_PID, pat);
        } else if (number % TABLES_EVERY == 1) {
            putSection(out, PMT_PID, pmt);
        } else if (number % FRAME_EVERY == 2) {
            putFrameStart(out, number);
        } else if (number % PACKETS_PER_SECOND == CUE_AT) {
            putSection(out, SPLICE_PID, DemoCues.cue(number / PACKETS_PER_SECOND, ptsAt(number) + CUE_AHEAD_90K));
        } else if (number % NULL_EVERY == 9) {
            putHeader(out, NULL_PID, false, 1);
            fill(out, (byte) 0xFF);
        } else {
            putHeader(out, VIDEO_PID, false, 1);
            fillWithNoise(out);
        }
    }

    /** 2.4.3.2: sync_byte, payload_unit_start_indicator, PID, adaptation_field_control, continuity_counter. */
    private void putHeader(ByteBuffer out, int pid, boolean unitStart, int adaptationFieldControl) {
        int counter = pid == NULL_PID ? 0 : continuity[pid]++ & 0xF;
        out.put((byte) 0x47);
        out.putShort((short) ((unitStart ? 0x4000 : 0) | pid));
        out.put((byte) (adaptationFieldControl << 4 | counter));
    }

    private void putSection(ByteBuffer out, int pid, byte[] section) {
        putHeader(out, pid, true, 1);
        out.put((byte) 0); // pointer_field
        out.put(section);
        fill(out, (byte) 0xFF);
    }

    private void putFrameStart(ByteBuffer out, long number) {
        long clock = clockAt(number);
        putHeader(out, VIDEO_PID, true, 3);
        out.put((byte) 7); // adaptation_field_length
        out.put((byte) 0x10); // PCR_flag
        out.putInt((int) (clock / 300 >>> 1)); // program_clock_reference_base, its upper 32 bits
        out.putShort((short) ((clock / 300 & 1) << 15 | 0x7E00 | clock % 300));
        out.putInt(0x100 | VIDEO_STREAM_ID); // packet_start_code_prefix, stream_id
        out.putShort((short) 0); // PES_packet_length: unbounded
        out.putShort((short) 0x8080); // '10', PTS_DTS_flags '10'
        out.put((byte) 5); // PES_header_data_length
        putPts(out, ptsAt(number));
        fillWithNoise(out);
    }

    private static long clockAt(long number) {
        return FIRST_CLOCK + (number * PACKET + PCR_END) * 8 * CLOCK_HERTZ / BITS_PER_SECOND;
    }

    private static long ptsAt(long number) {
        return clockAt(number) / 300 + PTS_AHEAD_90K;
    }

    private static void putPts(ByteBuffer out, long pts90k) {
        out.put((byte) (0x21 | pts90k >>> 29 & 0x0E));
        out.putShort((short) (pts90k >>> 14 & 0xFFFE | 1));
        out.putShort((short) (pts90k << 1 & 0xFFFE | 1));
    }

    private static void fill(ByteBuffer out, byte value) {
        int end = endOfPacket(out);
        Arrays.fill(out.array(), out.position(), end, value);
        out.position(end);
    }

    private void fillWithNoise(ByteBuffer out) {
        byte[] bytes = new byte[endOfPacket(out) - out.position()];
        noise.nextBytes(bytes);
        out.put(bytes);
    }

    private static int endOfPacket(ByteBuffer out) {
        return (out.position() / PACKET + 1) * PACKET;
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
