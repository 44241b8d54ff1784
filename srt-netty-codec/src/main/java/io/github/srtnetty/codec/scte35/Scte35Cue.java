// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.scte35;

import io.github.srtnetty.codec.mpegts.Timestamp;
import java.time.Instant;
import java.util.OptionalLong;

/**
 * A cue out of a stream, fired by {@link Scte35Handler}: the section and where and when it was found.
 *
 * @param pid the PID it came on, 0 to 0x1FFE
 * @param programNumber the program whose PMT lists the PID; of several the one that did so first
 * @param registered false: the program lacks the registration "CUEI", so that only stream_type 0x86 marks it
 * @param packetIndex number of the transport packet that it began in, counted from 0
 * @param arrivalTime when the packet that completed it was handled
 * @param lastPts90k the last PTS of the program before it, ticks of 90 kHz; empty when none was seen yet
 * @param lastPcr27M the last PCR of the program before it, ticks of 27 MHz; empty when none was seen yet
 * @param repetition how often the same bytes came on this PID before, 0 for the first time
 */
public record Scte35Cue(
        SpliceInfoSection section,
        int pid,
        int programNumber,
        boolean registered,
        long packetIndex,
        Instant arrivalTime,
        OptionalLong lastPts90k,
        OptionalLong lastPcr27M,
        long repetition) {
    private static final int TICKS_PER_MILLI = 90;

    /** Returns the splice time with pts_adjustment, ticks of 90 kHz; empty when the cue has none. */
    public OptionalLong adjustedSplicePts() {
        return section.adjustedSplicePts();
    }

    /**
     * Returns how long before its splice time the cue came, in ms of the program's PTS (of its PCR when it has no PTS);
     * negative: too late; empty when the cue or the program has no time.
     */
    public OptionalLong preRollMillis() {
        OptionalLong splice = adjustedSplicePts();
        OptionalLong now = lastPts90k.isPresent() ? lastPts90k : pcrAsPts();
        if (splice.isEmpty() || now.isEmpty()) {
            return OptionalLong.empty();
        }
        long ticks = Timestamp.difference(splice.getAsLong(), now.getAsLong());
        return OptionalLong.of(Math.floorDiv(ticks, TICKS_PER_MILLI));
    }

    private OptionalLong pcrAsPts() {
        return lastPcr27M.isPresent() ? OptionalLong.of(lastPcr27M.getAsLong() / 300) : lastPcr27M;
    }
}
