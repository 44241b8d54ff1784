// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.scte35.json;

import io.github.srtnetty.codec.bits.BitWriter;
import io.github.srtnetty.codec.bits.Bytes;
import io.github.srtnetty.codec.bits.MalformedDataException;
import io.github.srtnetty.codec.scte35.DecodeOptions;
import io.github.srtnetty.codec.scte35.MalformedDescriptor;
import io.github.srtnetty.codec.scte35.SpliceDescriptor;
import io.github.srtnetty.codec.scte35.SpliceInfoSection;
import io.github.srtnetty.codec.scte35.UnknownDescriptor;
import java.util.ArrayList;
import java.util.List;

/**
 * The keys with coded bytes, for cues that differ from the encoding of their values: reserved bits that are 0, wrong
 * lengths, bytes after the fields, encryption.
 */
final class ExactBytes {
    /** Key of a descriptor: all bytes after descriptor_length, in hexadecimal. */
    static final String OF_DESCRIPTOR = "bytes";

    /** Key of a cue: the whole section, in hexadecimal. */
    static final String OF_SECTION = "section_bytes";

    private static final DecodeOptions LENIENT =
            DecodeOptions.STRICT.withBadCrc().withTruncated();

    private ExactBytes() {}

    /** Returns whether {@code descriptor} is encoded to {@code coded}, the bytes after descriptor_length. */
    static boolean areGivenBy(SpliceDescriptor descriptor, Bytes coded) {
        Bytes encoded = encoded(descriptor);
        return encoded.length() == coded.length() + 2
                && encoded.slice(2, coded.length()).equals(coded);
    }

    private static Bytes encoded(SpliceDescriptor descriptor) {
        BitWriter writer = new BitWriter(64);
        descriptor.encode(writer);
        return writer.toBytes();
    }

    /** Returns whether the values of {@code section} and the bytes of its descriptors determine the section. */
    static boolean areGivenBy(SpliceInfoSection section) {
        if (section.encryptedPacket() || section.encryptionAlgorithm() != 0) {
            return false;
        }
        try {
            return section.toBuilder()
                    .descriptors(rawDescriptors(section))
                    .build()
                    .equals(section);
        } catch (MalformedDataException | IllegalArgumentException e) {
            return false; // longer than a section may be
        }
    }

    private static List<SpliceDescriptor> rawDescriptors(SpliceInfoSection section) {
        List<SpliceDescriptor> raw = new ArrayList<>();
        Bytes loop = section.descriptorLoop();
        int offset = 0;
        for (SpliceDescriptor descriptor : section.descriptors()) {
            int length = loop.at(offset + 1);
            raw.add(rawDescriptor(descriptor.spliceDescriptorTag(), loop.slice(offset + 2, length)));
            offset += 2 + length;
        }
        return raw;
    }

    /** Returns a descriptor that is encoded to these bytes after descriptor_length. */
    static SpliceDescriptor rawDescriptor(int tag, Bytes content) {
        if (content.length() < 4) {
            return new MalformedDescriptor(tag, content);
        }
        return new UnknownDescriptor(tag, content.slice(0, 4).toLong(), content.slice(4, content.length() - 4));
    }

    /** Returns the section with these bytes, whatever its errors. */
    static SpliceInfoSection section(Bytes bytes) {
        return SpliceInfoSection.decode(bytes, LENIENT);
    }
}
