// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.scte35;

import io.github.srtnetty.codec.bits.BitReader;
import io.github.srtnetty.codec.bits.BitWriter;
import io.github.srtnetty.codec.bits.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * audio_descriptor(), SCTE 35 10.3.5: the audio services that a splice_insert announces.
 *
 * <pre>
 * audio_descriptor() {
 *   splice_descriptor_tag      8   0x04
 *   descriptor_length          8
 *   identifier                32   "CUEI"
 *   audio_count                4
 *   reserved                   4
 *   for (i = 0; i &lt; audio_count; i++) {
 *     component_tag            8
 *     ISO_code                24
 *     Bit_Stream_Mode          3
 *     Num_Channels             4
 *     Full_Srvc_Audio          1
 *   }
 * }
 * </pre>
 *
 * @param components at most 15
 */
public record AudioDescriptor(List<Component> components) implements SpliceDescriptor {
    /** splice_descriptor_tag. */
    public static final int TAG = 0x04;

    /** Checks the count. */
    public AudioDescriptor {
        components = List.copyOf(components);
        Limits.size("audio_count", components.size(), 15);
    }

    /**
     * One audio service.
     *
     * @param componentTag 0 to 255
     * @param isoCode three Latin-1 characters: language, ISO 639-2
     * @param bitStreamMode bsmod of ATSC A/52, 0 to 7
     * @param numChannels as in ATSC A/52 Table A4.5, 0 to 15
     * @param fullSrvcAudio whether this is a full service
     */
    public record Component(
            int componentTag, String isoCode, int bitStreamMode, int numChannels, boolean fullSrvcAudio) {
        /** Checks the ranges. */
        public Component {
            Limits.bits("component_tag", componentTag, 8);
            Limits.bits("Bit_Stream_Mode", bitStreamMode, 3);
            Limits.bits("Num_Channels", numChannels, 4);
            if (isoCode.length() != 3) {
                throw new IllegalArgumentException("ISO_code: not three characters: " + isoCode);
            }
            isoCode.chars().forEach(c -> Limits.bits("ISO_code", c, 8));
        }
    }

    @Override
    public int spliceDescriptorTag() {
        return TAG;
    }

    @Override
    public String name() {
        return "audio_descriptor";
    }

    static AudioDescriptor decode(BitReader reader) {
        int count = reader.uint(4, "audio_count");
        reader.reserved(4);
        List<Component> components = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            int tag = reader.uint(8, "component_tag");
            String code = reader.bytes(3, "ISO_code").text(StandardCharsets.ISO_8859_1);
            int mode = reader.uint(3, "Bit_Stream_Mode");
            int channels = reader.uint(4, "Num_Channels");
            components.add(new Component(tag, code, mode, channels, reader.flag("Full_Srvc_Audio")));
        }
        return new AudioDescriptor(components);
    }

    @Override
    public void encodeBody(BitWriter writer) {
        writer.bits(components.size(), 4, "audio_count").reserved(4);
        for (Component component : components) {
            writer.bits(component.componentTag, 8, "component_tag")
                    .bytes(Bytes.of(component.isoCode, StandardCharsets.ISO_8859_1))
                    .bits(component.bitStreamMode, 3, "Bit_Stream_Mode")
                    .bits(component.numChannels, 4, "Num_Channels")
                    .flag(component.fullSrvcAudio);
        }
    }
}
