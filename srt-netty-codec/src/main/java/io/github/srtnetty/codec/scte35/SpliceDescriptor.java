// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.scte35;

import io.github.srtnetty.codec.bits.BitReader;
import io.github.srtnetty.codec.bits.BitWriter;
import io.github.srtnetty.codec.bits.Bytes;
import io.github.srtnetty.codec.bits.MalformedDataException;
import java.util.List;

/**
 * splice_descriptor(), SCTE 35 10.2: more information about a command.
 *
 * <pre>
 * splice_descriptor() {
 *   splice_descriptor_tag      8
 *   descriptor_length          8
 *   identifier                32
 *   for (i = 0; i &lt; N; i++)
 *     private_byte             8
 * }
 * </pre>
 *
 * The tags of the standard apply only with the identifier "CUEI"; all other descriptors are private and kept as bytes.
 */
public sealed interface SpliceDescriptor
        permits AvailDescriptor,
                DtmfDescriptor,
                SegmentationDescriptor,
                TimeDescriptor,
                AudioDescriptor,
                DvbDasDescriptor,
                UnknownDescriptor,
                MalformedDescriptor {
    /** The identifier of the standard's own descriptors, ASCII "CUEI". */
    long CUEI = 0x43554549L;

    /** Returns splice_descriptor_tag, 0 to 255. */
    int spliceDescriptorTag();

    /** Returns identifier, unsigned 32 bits. */
    default long identifier() {
        return CUEI;
    }

    /** Returns the name in the standard, for example {@code segmentation_descriptor}. */
    String name();

    /** Writes the fields after the identifier. */
    void encodeBody(BitWriter writer);

    /**
     * Writes tag, length, identifier and body.
     *
     * @throws IllegalArgumentException when the body is longer than 251 bytes
     */
    default void encode(BitWriter writer) {
        BitWriter body = new BitWriter(64).bits(identifier(), 32, "identifier");
        encodeBody(body);
        writer.bits(spliceDescriptorTag(), 8, "splice_descriptor_tag")
                .bits(body.position(), 8, "descriptor_length")
                .bytes(body.toBytes());
    }

    /**
     * Reads one descriptor. One that breaks its own syntax becomes a {@link MalformedDescriptor} and a warning.
     *
     * @throws MalformedDataException when the descriptor is longer than the loop
     */
    static SpliceDescriptor decode(BitReader loop, List<Warning> warnings) {
        int tag = loop.uint(8, "splice_descriptor_tag");
        int length = loop.uint(8, "descriptor_length");
        BitReader reader = loop.slice(length, "splice_descriptor");
        try {
            SpliceDescriptor descriptor = decodeBody(tag, reader, warnings);
            if (reader.remainingBytes() > 0) {
                String detail = reader.remainingBytes() + " bytes behind " + descriptor.name();
                warnings.add(new Warning(Warning.Code.DESCRIPTOR_LENGTH, detail));
            }
            return descriptor;
        } catch (MalformedDataException e) {
            warnings.add(new Warning(Warning.Code.DESCRIPTOR_MALFORMED, "tag " + tag + ": " + e.getMessage()));
            reader.position(0);
            return new MalformedDescriptor(tag, reader.bytes(length, "splice_descriptor"));
        } finally {
            if (reader.sawClearReservedBit()) {
                warnings.add(new Warning(Warning.Code.RESERVED_BITS, "in splice_descriptor with tag " + tag));
            }
        }
    }

    private static SpliceDescriptor decodeBody(int tag, BitReader reader, List<Warning> warnings) {
        long identifier = reader.bits(32, "identifier");
        if (identifier == CUEI) {
            switch (tag) {
                case AvailDescriptor.TAG:
                    return AvailDescriptor.decode(reader);
                case DtmfDescriptor.TAG:
                    return DtmfDescriptor.decode(reader);
                case SegmentationDescriptor.TAG:
                    return SegmentationDescriptor.decode(reader, warnings);
                case TimeDescriptor.TAG:
                    return TimeDescriptor.decode(reader);
                case AudioDescriptor.TAG:
                    return AudioDescriptor.decode(reader);
                default:
                    break;
            }
        }
        if (identifier == DvbDasDescriptor.IDENTIFIER && tag == DvbDasDescriptor.TAG) {
            return DvbDasDescriptor.decode(reader);
        }
        Bytes body = reader.bytes(reader.remainingBytes(), "private_byte");
        return new UnknownDescriptor(tag, identifier, body);
    }
}
