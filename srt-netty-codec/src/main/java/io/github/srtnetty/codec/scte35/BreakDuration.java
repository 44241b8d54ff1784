// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.scte35;

import io.github.srtnetty.codec.bits.BitReader;
import io.github.srtnetty.codec.bits.BitWriter;

/**
 * break_duration(), SCTE 35 9.8.2.
 *
 * <pre>
 * break_duration() {
 *   auto_return                1
 *   reserved                   6
 *   duration                  33
 * }
 * </pre>
 *
 * @param autoReturn whether the splicer returns to the network automatically when the duration is over
 * @param duration ticks of 90 kHz, 0 to 2^33-1
 */
public record BreakDuration(boolean autoReturn, long duration) {
    /** Checks the range. */
    public BreakDuration {
        Limits.bits("duration", duration, 33);
    }

    static BreakDuration decode(BitReader reader) {
        boolean autoReturn = reader.flag("auto_return");
        reader.reserved(6);
        return new BreakDuration(autoReturn, reader.bits(33, "duration"));
    }

    void encode(BitWriter writer) {
        writer.flag(autoReturn).reserved(6).bits(duration, 33, "duration");
    }
}
