// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.scte35;

import io.github.srtnetty.codec.bits.BitWriter;
import io.github.srtnetty.codec.bits.Bytes;

/**
 * A private descriptor, or one that SCTE 35 2023r1 does not define.
 *
 * @param spliceDescriptorTag 0 to 255
 * @param identifier unsigned 32 bits
 * @param privateBytes at most 251
 */
public record UnknownDescriptor(int spliceDescriptorTag, long identifier, Bytes privateBytes)
        implements SpliceDescriptor {
    /** Checks the ranges. */
    public UnknownDescriptor {
        Limits.bits("splice_descriptor_tag", spliceDescriptorTag, 8);
        Limits.bits("identifier", identifier, 32);
        Limits.size("private_byte", privateBytes.length(), 251);
    }

    @Override
    public String name() {
        return identifier == CUEI ? "reserved" : "private_descriptor";
    }

    @Override
    public void encodeBody(BitWriter writer) {
        writer.bytes(privateBytes);
    }
}
