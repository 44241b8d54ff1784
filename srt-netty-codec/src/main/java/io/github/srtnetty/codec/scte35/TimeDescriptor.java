// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.scte35;

import io.github.srtnetty.codec.bits.BitReader;
import io.github.srtnetty.codec.bits.BitWriter;
import java.time.Instant;

/**
 * time_descriptor(), SCTE 35 10.3.4: the wall clock at the splice point.
 *
 * <pre>
 * time_descriptor() {
 *   splice_descriptor_tag      8   0x03
 *   descriptor_length          8
 *   identifier                32   "CUEI"
 *   TAI_seconds               48
 *   TAI_ns                    32
 *   UTC_offset                16
 * }
 * </pre>
 *
 * @param taiSeconds seconds of atomic time since 1970-01-01 00:00:00 TAI (the PTP epoch), unsigned 48 bits
 * @param taiNs nanoseconds, unsigned 32 bits; meaningful below 1000000000
 * @param utcOffset seconds to subtract from TAI for UTC, 0 to 65535
 */
public record TimeDescriptor(long taiSeconds, long taiNs, int utcOffset) implements SpliceDescriptor {
    /** splice_descriptor_tag. */
    public static final int TAG = 0x03;

    /** Checks the ranges. */
    public TimeDescriptor {
        Limits.bits("TAI_seconds", taiSeconds, 48);
        Limits.bits("TAI_ns", taiNs, 32);
        Limits.bits("UTC_offset", utcOffset, 16);
    }

    /** Returns the time in UTC. */
    public Instant toInstant() {
        return Instant.ofEpochSecond(taiSeconds - utcOffset, taiNs);
    }

    @Override
    public int spliceDescriptorTag() {
        return TAG;
    }

    @Override
    public String name() {
        return "time_descriptor";
    }

    static TimeDescriptor decode(BitReader reader) {
        long seconds = reader.bits(48, "TAI_seconds");
        long nanos = reader.bits(32, "TAI_ns");
        return new TimeDescriptor(seconds, nanos, reader.uint(16, "UTC_offset"));
    }

    @Override
    public void encodeBody(BitWriter writer) {
        writer.bits(taiSeconds, 48, "TAI_seconds").bits(taiNs, 32, "TAI_ns").bits(utcOffset, 16, "UTC_offset");
    }
}
