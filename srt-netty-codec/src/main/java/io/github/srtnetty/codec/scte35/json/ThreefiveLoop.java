// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.scte35.json;

import io.github.srtnetty.codec.bits.BitReader;
import io.github.srtnetty.codec.bits.Bytes;
import io.github.srtnetty.codec.scte35.SegmentationDescriptor;
import io.github.srtnetty.codec.scte35.SegmentationType;
import io.github.srtnetty.codec.scte35.SegmentationUpid;
import io.github.srtnetty.codec.scte35.UpidType;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The descriptor loop from one descriptor on, as threefive reads it. Threefive does not stop at the end of the
 * descriptor, and reads a field for which the loop has too few bits as 0 without moving. Only for output that must
 * equal threefive's.
 */
final class ThreefiveLoop {
    /** The most bytes that a method reads: a segmentation_descriptor without components, with the longest UPID. */
    private static final int LONGEST_READ = 4 + 2 + 5 + 2 + 255 + 5;

    private final Bytes loop;
    private final int offset;

    ThreefiveLoop(Bytes loop, int offset) {
        this.loop = loop;
        this.offset = offset;
    }

    String identifier() {
        int start = offset + 2;
        return loop.slice(start, Math.min(4, loop.length() - start)).text(StandardCharsets.ISO_8859_1);
    }

    long providerAvailId() {
        return read(window().reader(), 32);
    }

    /**
     * Returns the values that threefive reads as sub-segments if {@code event} has none: tag and length of the next
     * descriptor.
     */
    SegmentationDescriptor.@Nullable SubSegments subSegments(SegmentationDescriptor.Event event, int length) {
        int next = offset + 2 + length;
        boolean reads = SegmentationType.hasSubSegments(event.segmentationTypeId())
                && event.subSegments() == null
                && next + 2 <= loop.length();
        return reads ? new SegmentationDescriptor.SubSegments(loop.at(next), loop.at(next + 1)) : null;
    }

    /** Reads a segmentation_descriptor whose lengths are wrong. */
    Reread segmentation() {
        BitReader reader = window().reader();
        long id = read(reader, 32);
        boolean cancel = read(reader, 1) == 1;
        boolean compliance = read(reader, 1) == 1;
        read(reader, 6 + 1);
        boolean hasDuration = !cancel && read(reader, 1) == 1;
        SegmentationDescriptor.DeliveryRestrictions restrictions = restrictions(reader);
        OptionalLong duration = hasDuration ? OptionalLong.of(read(reader, 40)) : OptionalLong.empty();
        int upidType = (int) read(reader, 8);
        int upidLength = (int) read(reader, 8);
        Bytes upid = upid(reader, upidType, upidLength);
        int type = (int) read(reader, 8);
        int num = (int) read(reader, 8);
        int expected = (int) read(reader, 8);
        SegmentationDescriptor.SubSegments sub = null;
        if (SegmentationType.hasSubSegments(type) && reader.remainingBytes() >= 2) {
            sub = new SegmentationDescriptor.SubSegments((int) read(reader, 8), (int) read(reader, 8));
        }
        SegmentationUpid value = new SegmentationUpid.Plain(upidType, upid);
        return new Reread(
                new SegmentationDescriptor.Event(
                        id, compliance, restrictions, null, duration, value, type, num, expected, sub),
                upidLength);
    }

    private static SegmentationDescriptor.@Nullable DeliveryRestrictions restrictions(BitReader reader) {
        boolean notRestricted = read(reader, 1) == 1;
        boolean web = read(reader, 1) == 1;
        boolean noBlackout = read(reader, 1) == 1;
        boolean archive = read(reader, 1) == 1;
        int device = (int) read(reader, 2);
        return notRestricted ? null : new SegmentationDescriptor.DeliveryRestrictions(web, noBlackout, archive, device);
    }

    // A UMID loses its last word; a value that the loop is too short for is all zeros. */
    private static Bytes upid(BitReader reader, int type, int length) {
        int taken = UpidType.of(type) == UpidType.UMID ? Math.max(0, (length - 1) / 4 * 4) : length;
        byte[] octets = new byte[taken];
        if (taken * 8 <= reader.remainingBits()) {
            for (int i = 0; i < taken; i++) {
                octets[i] = (byte) reader.bits(8, "segmentation_upid");
            }
        }
        return Bytes.of(octets);
    }

    /** Returns the readable part, not the whole loop, because a cue can have hundreds of descriptors. */
    Bytes window() {
        int start = Math.min(offset + 6, loop.length());
        return loop.slice(start, Math.min(LONGEST_READ, loop.length() - start));
    }

    private static long read(BitReader reader, int bits) {
        return bits <= reader.remainingBits() ? reader.bits(bits, "descriptor") : 0;
    }

    /** The UPID, and segmentation_upid_length as coded. */
    record Reread(SegmentationDescriptor.Event event, int upidLength) {}
}
