// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.scte35;

import io.github.srtnetty.codec.bits.BitReader;
import io.github.srtnetty.codec.bits.BitWriter;
import java.util.OptionalLong;

/**
 * splice_time(), SCTE 35 9.8.1.
 *
 * <pre>
 * splice_time() {
 *   time_specified_flag        1
 *   if (time_specified_flag == 1) {
 *     reserved                 6
 *     pts_time                33
 *   } else
 *     reserved                 7
 * }
 * </pre>
 *
 * @param ptsTime ticks of 90 kHz as coded, without pts_adjustment, 0 to 2^33-1; empty: no time specified
 */
public record SpliceTime(OptionalLong ptsTime) {
    /** time_specified_flag 0. */
    public static final SpliceTime UNSPECIFIED = new SpliceTime(OptionalLong.empty());

    /** Checks the range. */
    public SpliceTime {
        if (ptsTime.isPresent()) {
            Limits.bits("pts_time", ptsTime.getAsLong(), 33);
        }
    }

    /** Returns the time {@code ptsTime}, ticks of 90 kHz, 0 to 2^33-1. */
    public static SpliceTime at(long ptsTime) {
        return new SpliceTime(OptionalLong.of(ptsTime));
    }

    static SpliceTime decode(BitReader reader) {
        if (reader.flag("time_specified_flag")) {
            reader.reserved(6);
            return at(reader.bits(33, "pts_time"));
        }
        reader.reserved(7);
        return UNSPECIFIED;
    }

    void encode(BitWriter writer) {
        writer.flag(ptsTime.isPresent());
        if (ptsTime.isPresent()) {
            writer.reserved(6).bits(ptsTime.getAsLong(), 33, "pts_time");
        } else {
            writer.reserved(7);
        }
    }
}
