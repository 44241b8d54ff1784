// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.scte35;

import io.github.srtnetty.codec.bits.BitReader;
import io.github.srtnetty.codec.bits.BitWriter;
import io.github.srtnetty.codec.bits.Bytes;
import java.nio.charset.StandardCharsets;

/**
 * DTMF_descriptor(), SCTE 35 10.3.2: tones that a receiver plays on its cue output.
 *
 * <pre>
 * DTMF_descriptor() {
 *   splice_descriptor_tag      8   0x01
 *   descriptor_length          8
 *   identifier                32   "CUEI"
 *   preroll                    8
 *   dtmf_count                 3
 *   reserved                   5
 *   for (i = 0; i &lt; dtmf_count; i++)
 *     DTMF_char                8
 * }
 * </pre>
 *
 * @param preroll tenths of a second before the splice, 0 to 255
 * @param dtmfChars at most 7 characters of '*', '#' and the digits
 */
public record DtmfDescriptor(int preroll, String dtmfChars) implements SpliceDescriptor {
    /** splice_descriptor_tag. */
    public static final int TAG = 0x01;

    /** Checks the ranges. */
    public DtmfDescriptor {
        Limits.bits("preroll", preroll, 8);
        Limits.size("dtmf_count", dtmfChars.length(), 7);
        dtmfChars.chars().forEach(c -> Limits.bits("DTMF_char", c, 8));
    }

    @Override
    public int spliceDescriptorTag() {
        return TAG;
    }

    @Override
    public String name() {
        return "DTMF_descriptor";
    }

    static DtmfDescriptor decode(BitReader reader) {
        int preroll = reader.uint(8, "preroll");
        int count = reader.uint(3, "dtmf_count");
        reader.reserved(5);
        Bytes chars = reader.bytes(count, "DTMF_char");
        return new DtmfDescriptor(preroll, chars.text(StandardCharsets.ISO_8859_1));
    }

    @Override
    public void encodeBody(BitWriter writer) {
        writer.bits(preroll, 8, "preroll")
                .bits(dtmfChars.length(), 3, "dtmf_count")
                .reserved(5);
        writer.bytes(Bytes.of(dtmfChars, StandardCharsets.ISO_8859_1));
    }
}
