// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.scte35;

import io.github.srtnetty.codec.bits.BitReader;
import io.github.srtnetty.codec.bits.BitWriter;
import io.github.srtnetty.codec.bits.Bytes;

/**
 * DVB_DAS_descriptor(), ETSI TS 103 752-1 5.3.5.16: the meaning of a splice_insert for targeted advertising.
 *
 * <pre>
 * DVB_DAS_descriptor() {
 *   splice_descriptor_tag             8   0xF0
 *   descriptor_length                 8
 *   identifier                       32   "DVB_"
 *   break_num                         8
 *   breaks_expected                   8
 *   reserved                          4
 *   equivalent_segmentation_type      4
 *   upid                            N*8
 * }
 * </pre>
 *
 * @param breakNum 0 to 255
 * @param breaksExpected 0 to 255
 * @param reserved 0 to 15, as coded, because the standard does not define the bits
 * @param equivalentSegmentationType 0 to 15
 * @param upid at most 248 bytes
 */
public record DvbDasDescriptor(
        int breakNum, int breaksExpected, int reserved, int equivalentSegmentationType, Bytes upid)
        implements SpliceDescriptor {
    /** splice_descriptor_tag. */
    public static final int TAG = 0xF0;
    /** ASCII "DVB_". */
    public static final long IDENTIFIER = 0x4456425FL;

    /** Checks the ranges. */
    public DvbDasDescriptor {
        Limits.bits("break_num", breakNum, 8);
        Limits.bits("breaks_expected", breaksExpected, 8);
        Limits.bits("reserved", reserved, 4);
        Limits.bits("equivalent_segmentation_type", equivalentSegmentationType, 4);
        Limits.size("upid", upid.length(), 248);
    }

    @Override
    public int spliceDescriptorTag() {
        return TAG;
    }

    @Override
    public long identifier() {
        return IDENTIFIER;
    }

    @Override
    public String name() {
        return "DVB_DAS_descriptor";
    }

    static DvbDasDescriptor decode(BitReader reader) {
        int breakNum = reader.uint(8, "break_num");
        int breaksExpected = reader.uint(8, "breaks_expected");
        int reserved = reader.uint(4, "reserved");
        int type = reader.uint(4, "equivalent_segmentation_type");
        Bytes upid = reader.bytes(reader.remainingBytes(), "upid");
        return new DvbDasDescriptor(breakNum, breaksExpected, reserved, type, upid);
    }

    @Override
    public void encodeBody(BitWriter writer) {
        writer.bits(breakNum, 8, "break_num")
                .bits(breaksExpected, 8, "breaks_expected")
                .bits(reserved, 4, "reserved")
                .bits(equivalentSegmentationType, 4, "equivalent_segmentation_type")
                .bytes(upid);
    }
}
