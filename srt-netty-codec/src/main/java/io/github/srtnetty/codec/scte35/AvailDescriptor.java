// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.scte35;

import io.github.srtnetty.codec.bits.BitReader;
import io.github.srtnetty.codec.bits.BitWriter;

/**
 * avail_descriptor(), SCTE 35 10.3.1: authorises an avail for a splice_insert.
 *
 * <pre>
 * avail_descriptor() {
 *   splice_descriptor_tag      8   0x00
 *   descriptor_length          8
 *   identifier                32   "CUEI"
 *   provider_avail_id         32
 * }
 * </pre>
 *
 * @param providerAvailId unsigned 32 bits
 */
public record AvailDescriptor(long providerAvailId) implements SpliceDescriptor {
    /** splice_descriptor_tag. */
    public static final int TAG = 0x00;

    /** Checks the range. */
    public AvailDescriptor {
        Limits.bits("provider_avail_id", providerAvailId, 32);
    }

    @Override
    public int spliceDescriptorTag() {
        return TAG;
    }

    @Override
    public String name() {
        return "avail_descriptor";
    }

    static AvailDescriptor decode(BitReader reader) {
        return new AvailDescriptor(reader.bits(32, "provider_avail_id"));
    }

    @Override
    public void encodeBody(BitWriter writer) {
        writer.bits(providerAvailId, 32, "provider_avail_id");
    }
}
