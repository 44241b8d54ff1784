// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.scte35;

import io.github.srtnetty.codec.mpegts.Timestamp;
import java.time.Instant;
import java.util.OptionalLong;

/**
 * A cue of a stream, fired by {@link Scte35Handler}: the section with the place and the time of its arrival. Immutable.
 *
 * @param pid the PID of the cue, 0 to 0x1FFE
 * @param programNumber the program whose PMT lists the PID; if there are several, the first one
 * @param registered false: the program lacks the registration "CUEI", so only stream_type 0x86 marks the PID
 * @param packetIndex the number of the transport packet in which the cue began, from 0
 * @param arrivalTime when the packet that completed it was handled
 * @param lastPts90k the last PTS of the program before the cue, ticks of 90 kHz; empty if there was none
 * @param lastPcr27M the last PCR of the program before the cue, ticks of 27 MHz; empty if there was none
 * @param repetition how often the same bytes were received on this PID before; 0: the first time
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

    /** Returns the splice time with pts_adjustment, ticks of 90 kHz; empty if the cue has none. */
    public OptionalLong adjustedSplicePts() {
        return section.adjustedSplicePts();
    }

    /**
     * Returns the time from the arrival of the cue to its splice time, in ms of the program's PTS, or of its PCR if it
     * has no PTS. Negative: too late; empty if the cue or the program has no time.
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
