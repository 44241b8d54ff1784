// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples;

import io.github.srtnetty.codec.bits.Crc32Mpeg2;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * A transport stream made in code (ISO/IEC 13818-1): PAT and PMT ten times a second, one video PID with 25 PES packets a second
 * that carry clock and PTS and are filled with noise, and every tenth packet null. Constant rate; the clock is exact.
 */
final class DemoStream implements TimedPayloads {
    static final long BITS_PER_SECOND = 4_000_000;

    private static final int PACKET = PayloadCutter.TS_PACKET_BYTES;
    private static final int PAT_PID = 0;
    private static final int PMT_PID = 0x100;
    private static final int VIDEO_PID = 0x101;
    private static final int NULL_PID = 0x1FFF;
    private static final int PROGRAM = 1;
    private static final int STREAM_TYPE_H264 = 0x1B;
    private static final int VIDEO_STREAM_ID = 0xE0;
    private static final long PACKETS_PER_SECOND = BITS_PER_SECOND / (PACKET * 8);
    private static final long TABLES_EVERY = PACKETS_PER_SECOND / 10;
    private static final long FRAME_EVERY = PACKETS_PER_SECOND / 25;
    private static final long NULL_EVERY = 10;
    private static final long CLOCK_HERTZ = 27_000_000;
    private static final long FIRST_CLOCK = CLOCK_HERTZ;
    private static final long PTS_AHEAD_90K = 45_000;
    private static final int PCR_END = 12;

    private final long payloads;
    private final Random noise;
    private final byte[] pat = patSection();
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
        long clock = FIRST_CLOCK + (number * PACKET + PCR_END) * 8 * CLOCK_HERTZ / BITS_PER_SECOND;
        putHeader(out, VIDEO_PID, true, 3);
        out.put((byte) 7); // adaptation_field_length
        out.put((byte) 0x10); // PCR_flag
        out.putInt((int) (clock / 300 >>> 1)); // program_clock_reference_base, its upper 32 bits
        out.putShort((short) ((clock / 300 & 1) << 15 | 0x7E00 | clock % 300));
        out.putInt(0x100 | VIDEO_STREAM_ID); // packet_start_code_prefix, stream_id
        out.putShort((short) 0); // PES_packet_length: unbounded
        out.putShort((short) 0x8080); // '10', PTS_DTS_flags '10'
        out.put((byte) 5); // PES_header_data_length
        putPts(out, clock / 300 + PTS_AHEAD_90K);
        fillWithNoise(out);
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

    /** 2.4.4.3. */
    private static byte[] patSection() {
        ByteBuffer out = section(0x00, PROGRAM, 4);
        out.putShort((short) PROGRAM).putShort((short) (0xE000 | PMT_PID));
        return withCrc(out);
    }

    /** 2.4.4.8. */
    private static byte[] pmtSection() {
        ByteBuffer out = section(0x02, PROGRAM, 9);
        out.putShort((short) (0xE000 | VIDEO_PID)).putShort((short) 0xF000); // PCR_PID, program_info_length
        out.put((byte) STREAM_TYPE_H264).putShort((short) (0xE000 | VIDEO_PID)).putShort((short) 0xF000);
        return withCrc(out);
    }

    /** The eight bytes that all long sections begin with; {@code bodyBytes} and a CRC follow. */
    private static ByteBuffer section(int tableId, int tableIdExtension, int bodyBytes) {
        int length = 5 + bodyBytes + Integer.BYTES;
        ByteBuffer out = ByteBuffer.allocate(3 + length);
        out.put((byte) tableId).putShort((short) (0xB000 | length)).putShort((short) tableIdExtension);
        return out.put((byte) 0xC1).put((byte) 0).put((byte) 0); // version 0, current; section 0 of 0
    }

    private static byte[] withCrc(ByteBuffer out) {
        out.putInt(Crc32Mpeg2.of(out.array(), 0, out.position()));
        return out.array();
    }
}
