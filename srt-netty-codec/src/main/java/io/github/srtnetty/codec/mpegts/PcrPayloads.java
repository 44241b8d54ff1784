// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.mpegts;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * The payloads of a transport stream with the times of its program clock references (ISO/IEC 13818-1, 2.4.3.5). The
 * bytes between two references are spread evenly, so it reads ahead up to the next reference. A jump of the clock
 * (marked as a discontinuity, backwards, or by more than ten seconds) takes no time; the previous rate continues. The
 * 33 bits of the clock may wrap. Blocks like its source. One thread.
 */
public final class PcrPayloads implements TimedPayloads {
    private static final int PACKET = PayloadCutter.TS_PACKET_BYTES;
    private static final long CLOCK_HERTZ = 27_000_000;
    private static final long CLOCK_WRAP = (1L << 33) * 300;
    private static final long JUMP_TICKS = 10 * CLOCK_HERTZ;
    private static final int PCR_END = 12;
    /**
     * After this many bytes without a clock reference, the clock is lost, and the bytes read ahead keep the last rate.
     */
    private static final int READ_AHEAD_BYTES = 4 << 20;

    private record Positioned(byte[] bytes, long position) {}

    private final PayloadCutter source;
    private final Deque<Positioned> ahead = new ArrayDeque<>();
    private long readPosition;
    private int clockPid = -1;
    private long clock;
    private boolean hasClock;
    private long clockPosition;
    /** The line of due times: it goes through this point with this slope, up to the limit. */
    private long basePosition;

    private double baseNanos;
    private double nanosPerByte;
    private long limitPosition;
    private boolean hasRate;
    private boolean ended;

    /**
     * Splits a transport stream into payloads with due times.
     *
     * @param payloadBytes the size of a payload, for example {@link TimedPayloads#TS_PAYLOAD_BYTES}
     * @throws IOException when the stream is not a transport stream or cannot be read
     */
    public static PcrPayloads open(InputStream in, int payloadBytes) throws IOException {
        PayloadCutter cutter = PayloadCutter.probing(in, payloadBytes);
        if (!cutter.isTransportStream()) {
            throw new IOException("no MPEG transport stream: no sync byte (0x47) every 188 bytes at its start");
        }
        return new PcrPayloads(cutter);
    }

    /** Creates the payloads of a cutter, whose stream must be a transport stream. */
    public PcrPayloads(PayloadCutter source) {
        this.source = source;
    }

    /**
     * Returns the next payload, or null at the end.
     *
     * @throws IOException when the source cannot be read, or has no clock: fewer than two references of one PID in its
     *     first 4 MiB
     */
    @Override
    public @Nullable TimedPayload next() throws IOException {
        while (!ended && (ahead.isEmpty() || ahead.peek().position >= limitPosition)) {
            readAhead();
        }
        if (!hasRate && !ahead.isEmpty()) {
            throw new IOException("the stream has no clock: " + (hasClock ? "only one" : "no")
                    + " program clock reference (PCR) in its first " + readPosition
                    + " bytes; send it at a bit rate, or at full speed");
        }
        Positioned first = ahead.poll();
        return first == null ? null : new TimedPayload(first.bytes, (long) nanosAt(first.position));
    }

    private void readAhead() throws IOException {
        byte[] bytes = source.next();
        if (bytes.length == 0) {
            ended = true;
            return;
        }
        ahead.add(new Positioned(bytes, readPosition));
        for (int i = readPosition < source.syncOffset() ? bytes.length : 0; i + PACKET <= bytes.length; i += PACKET) {
            lookAtPacket(bytes, i);
        }
        readPosition += bytes.length;
        if (readPosition - limitPosition > READ_AHEAD_BYTES) {
            clockPid = -1;
            hasClock = false;
            limitPosition = readPosition;
        }
    }

    private void lookAtPacket(byte[] bytes, int at) {
        boolean hasAdaptationField = (bytes[at + 3] & 0x20) != 0;
        if (bytes[at] != 0x47 || !hasAdaptationField || (bytes[at + 4] & 0xFF) < 7 || (bytes[at + 5] & 0x10) == 0) {
            return;
        }
        int pid = (bytes[at + 1] & 0x1F) << 8 | bytes[at + 2] & 0xFF;
        if (clockPid < 0) {
            clockPid = pid;
        }
        if (pid == clockPid) {
            boolean marked = (bytes[at + 5] & 0x80) != 0;
            clock(pcrAt(bytes, at + 6), marked, readPosition + at + PCR_END);
        }
    }

    /** Accepts a clock reference, which determines the time of the bytes since the previous one. */
    private void clock(long ticks, boolean discontinuity, long position) {
        long passed = Math.floorMod(ticks - clock, CLOCK_WRAP);
        if (hasClock && !discontinuity && passed > 0 && passed <= JUMP_TICKS) {
            if (limitPosition > 0) { // otherwise the first rate also applies to the bytes before the first reference
                baseNanos = nanosAt(clockPosition);
                basePosition = clockPosition;
            }
            hasRate = true;
            nanosPerByte = passed * 1e9 / CLOCK_HERTZ / (position - clockPosition);
        }
        if (hasClock) {
            limitPosition = position;
        }
        clock = ticks;
        clockPosition = position;
        hasClock = true;
    }

    private double nanosAt(long position) {
        return baseNanos + (position - basePosition) * nanosPerByte;
    }

    // program_clock_reference_base in 33 bits, 6 reserved ones, program_clock_reference_extension in 9.
    private static long pcrAt(byte[] bytes, int at) {
        long base = (bytes[at] & 0xFFL) << 25
                | (bytes[at + 1] & 0xFFL) << 17
                | (bytes[at + 2] & 0xFFL) << 9
                | (bytes[at + 3] & 0xFFL) << 1
                | (bytes[at + 4] & 0x80) >> 7;
        return base * 300 + ((bytes[at + 4] & 1) << 8 | bytes[at + 5] & 0xFF);
    }
}
