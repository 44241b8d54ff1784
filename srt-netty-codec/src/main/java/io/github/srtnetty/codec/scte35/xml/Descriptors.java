// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.scte35.xml;

import io.github.srtnetty.codec.bits.BitWriter;
import io.github.srtnetty.codec.bits.Bytes;
import io.github.srtnetty.codec.bits.MalformedDataException;
import io.github.srtnetty.codec.scte35.MalformedDescriptor;
import io.github.srtnetty.codec.scte35.SpliceDescriptor;
import io.github.srtnetty.codec.scte35.UnknownDescriptor;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/** Conversion between descriptors and elements that keeps all bytes. */
final class Descriptors {
    /** Bytes of the identifier. */
    private static final int IDENTIFIER = 4;

    private Descriptors() {}

    /**
     * Returns the element, with the exact bytes if its fields do not determine them, or null if the schema cannot
     * represent the descriptor.
     *
     * @param coded all bytes after descriptor_length
     */
    static @Nullable XmlNode node(SpliceDescriptor descriptor, Bytes coded) {
        if (coded.length() < IDENTIFIER) {
            return null;
        } else if (coded.unsignedInt(0) != SpliceDescriptor.CUEI) {
            return DescriptorNodes.ofPrivate(descriptor.spliceDescriptorTag(), coded);
        }
        XmlNode node = DescriptorNodes.of(descriptor);
        if (node == null) {
            return null;
        }
        Bytes said = content(DescriptorReader.read(XmlElement.root(node)));
        return said.equals(coded) ? node : node.addFirst(XmlElement.ext(coded));
    }

    /** Reads an element; exact bytes must match its fields. */
    static SpliceDescriptor read(XmlElement element) {
        Bytes exact = element.exactBytes();
        SpliceDescriptor said = DescriptorReader.read(element);
        if (exact == null) {
            return said;
        }
        int tag = DescriptorReader.TAGS.getOrDefault(element.name(), said.spliceDescriptorTag());
        if (!isSaid(said, tag, exact)) {
            String expected = "the bytes of what the element says (leave one of the two out)";
            throw new MalformedDataException(element.exactPath(), expected, XmlElement.shown(exact.hex()));
        }
        return raw(tag, exact);
    }

    private static boolean isSaid(SpliceDescriptor said, int tag, Bytes exact) {
        if (exact.length() > 255) {
            return false;
        }
        Bytes whole = new BitWriter(64)
                .bits(tag, 8, "splice_descriptor_tag")
                .bits(exact.length(), 8, "descriptor_length")
                .bytes(exact)
                .toBytes();
        SpliceDescriptor decoded = SpliceDescriptor.decode(whole.reader(), new ArrayList<>());
        XmlNode node = node(decoded, exact);
        return node != null && DescriptorReader.read(XmlElement.root(node)).equals(said);
    }

    private static Bytes content(SpliceDescriptor descriptor) {
        BitWriter writer = new BitWriter(64);
        descriptor.encode(writer);
        Bytes whole = writer.toBytes();
        return whole.slice(2, whole.length() - 2);
    }

    /** Returns a descriptor that is encoded to these bytes after descriptor_length. */
    private static SpliceDescriptor raw(int tag, Bytes content) {
        if (content.length() < IDENTIFIER) {
            return new MalformedDescriptor(tag, content);
        }
        Bytes body = content.slice(IDENTIFIER, content.length() - IDENTIFIER);
        return new UnknownDescriptor(tag, content.unsignedInt(0), body);
    }
}
