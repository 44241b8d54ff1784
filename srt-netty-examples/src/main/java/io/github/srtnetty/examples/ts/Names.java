// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.ts;

import io.github.srtnetty.codec.bits.Bytes;
import io.github.srtnetty.codec.mpegts.Descriptor;
import io.github.srtnetty.codec.mpegts.RegistrationDescriptor;
import io.github.srtnetty.codec.mpegts.StreamType;
import io.github.srtnetty.libsrt.PeerText;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Names of stream types and descriptors (ISO/IEC 13818-1, EN 300 468, SCTE 35). */
final class Names {
    private static final int LANGUAGE = 0x0A;

    private Names() {}

    static String ofStreamType(int type) {
        return switch (type) {
            case StreamType.MPEG1_VIDEO -> "MPEG-1 video";
            case StreamType.MPEG2_VIDEO -> "MPEG-2 video";
            case StreamType.MPEG1_AUDIO -> "MPEG-1 audio";
            case StreamType.MPEG2_AUDIO -> "MPEG-2 audio";
            case StreamType.PRIVATE_SECTIONS -> "private sections";
            case StreamType.PRIVATE_PES -> "private PES";
            case StreamType.AAC_ADTS -> "AAC audio";
            case StreamType.MPEG4_VIDEO -> "MPEG-4 video";
            case StreamType.AAC_LATM -> "AAC audio (LATM)";
            case StreamType.AVC -> "H.264 video";
            case StreamType.HEVC -> "H.265 video";
            case StreamType.VVC -> "H.266 video";
            case 0x21 -> "JPEG 2000 video";
            case StreamType.AC3 -> "AC-3 audio";
            case StreamType.EAC3 -> "E-AC-3 audio";
            case StreamType.SCTE35 -> "SCTE-35 cues";
            case 0x0B, 0x0D -> "DSM-CC sections";
            case 0x15 -> "metadata";
            default -> String.format("type 0x%02x", type);
        };
    }

    /** Returns the name of a descriptor; null for one that is not known here. */
    static @Nullable String ofDescriptor(int tag) {
        return switch (tag) {
            case 0x02 -> "video_stream";
            case 0x03 -> "audio_stream";
            case 0x05 -> "registration";
            case 0x06 -> "data_stream_alignment";
            case 0x09 -> "CA";
            case LANGUAGE -> "ISO_639_language";
            case 0x0E -> "maximum_bitrate";
            case 0x11 -> "STD";
            case 0x28 -> "AVC_video";
            case 0x2A -> "AVC_timing_and_HRD";
            case 0x38 -> "HEVC_video";
            case 0x45 -> "VBI_data";
            case 0x52 -> "stream_identifier";
            case 0x56 -> "teletext";
            case 0x59 -> "subtitling";
            case 0x5F -> "private_data_specifier";
            case 0x6A -> "AC-3";
            case 0x7A -> "enhanced_AC-3";
            case 0x7C -> "AAC";
            case 0x8A -> "cue_identifier";
            default -> null;
        };
    }

    /** Describes a descriptor in a few words. */
    static String describe(Descriptor descriptor) {
        String name = ofDescriptor(descriptor.tag());
        Bytes data = descriptor.data();
        String shown = name == null ? String.format("descriptor 0x%02x", descriptor.tag()) : name;
        if (descriptor.tag() == RegistrationDescriptor.TAG && data.length() >= 4) {
            return shown + ' ' + text(data.slice(0, 4));
        }
        if (descriptor.tag() == LANGUAGE && data.length() >= 3) {
            return shown + ' ' + text(data.slice(0, 3));
        }
        return data.isEmpty() ? shown : shown + " 0x" + data.hex();
    }

    private static String text(Bytes bytes) {
        return PeerText.printable(bytes.text(StandardCharsets.ISO_8859_1));
    }
}
