// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.scte35;

import io.github.srtnetty.codec.bits.BitReader;
import io.github.srtnetty.codec.bits.BitWriter;

/**
 * time_signal(), SCTE 35 9.7.4: a time; the descriptors define the event at that time.
 *
 * <pre>
 * time_signal() {
 *   splice_time()
 * }
 * </pre>
 */
public record TimeSignal(SpliceTime spliceTime) implements SpliceCommand {
    /** splice_command_type. */
    public static final int TYPE = 0x06;

    /** Returns the signal for {@code ptsTime}, ticks of 90 kHz, 0 to 2^33-1. */
    public static TimeSignal at(long ptsTime) {
        return new TimeSignal(SpliceTime.at(ptsTime));
    }

    @Override
    public int spliceCommandType() {
        return TYPE;
    }

    @Override
    public String name() {
        return "time_signal";
    }

    static TimeSignal decode(BitReader reader) {
        return new TimeSignal(SpliceTime.decode(reader));
    }

    @Override
    public void encode(BitWriter writer) {
        spliceTime.encode(writer);
    }
}
