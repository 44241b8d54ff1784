// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.scte35;

import io.github.srtnetty.codec.bits.BitWriter;
import io.github.srtnetty.codec.bits.Bytes;

/**
 * A descriptor that breaks its own syntax; the section's warnings have the place. It is written as it was read.
 *
 * @param spliceDescriptorTag 0 to 255
 * @param content all bytes after descriptor_length, including the identifier if there is one; at most 255
 */
public record MalformedDescriptor(int spliceDescriptorTag, Bytes content) implements SpliceDescriptor {
    /** Checks the ranges. */
    public MalformedDescriptor {
        Limits.bits("splice_descriptor_tag", spliceDescriptorTag, 8);
        Limits.size("descriptor_length", content.length(), 255);
    }

    /** Returns the identifier, or 0 if the descriptor is too short for one. */
    @Override
    public long identifier() {
        return content.length() < 4 ? 0 : content.slice(0, 4).toLong();
    }

    @Override
    public String name() {
        return "malformed";
    }

    @Override
    public void encodeBody(BitWriter writer) {
        if (content.length() > 4) {
            writer.bytes(content.slice(4, content.length() - 4));
        }
    }

    @Override
    public void encode(BitWriter writer) {
        writer.bits(spliceDescriptorTag, 8, "splice_descriptor_tag")
                .bits(content.length(), 8, "descriptor_length")
                .bytes(content);
    }
}
