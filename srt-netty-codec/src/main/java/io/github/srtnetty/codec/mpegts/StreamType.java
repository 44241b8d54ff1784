// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.mpegts;

/** Values of stream_type (ISO/IEC 13818-1, table 2-34, and the common private ones). */
public final class StreamType {
    /** MPEG-1 video. */
    public static final int MPEG1_VIDEO = 0x01;
    /** MPEG-2 video. */
    public static final int MPEG2_VIDEO = 0x02;
    /** MPEG-1 audio. */
    public static final int MPEG1_AUDIO = 0x03;
    /** MPEG-2 audio. */
    public static final int MPEG2_AUDIO = 0x04;
    /** Private sections. */
    public static final int PRIVATE_SECTIONS = 0x05;
    /** PES packets with private data: DVB audio and subtitles, and SCTE-35 after a copy by ffmpeg. */
    public static final int PRIVATE_PES = 0x06;
    /** AAC in ADTS. */
    public static final int AAC_ADTS = 0x0F;
    /** MPEG-4 part 2 video. */
    public static final int MPEG4_VIDEO = 0x10;
    /** AAC in LATM. */
    public static final int AAC_LATM = 0x11;
    /** H.264. */
    public static final int AVC = 0x1B;
    /** H.265. */
    public static final int HEVC = 0x24;
    /** H.266. */
    public static final int VVC = 0x33;
    /** AC-3 (ATSC). */
    public static final int AC3 = 0x81;
    /** SCTE-35 splice_info_section; in HDMV streams DTS-HD audio. */
    public static final int SCTE35 = 0x86;
    /** E-AC-3 (ATSC). */
    public static final int EAC3 = 0x87;

    private StreamType() {}

    /** Returns whether the type is video. */
    public static boolean isVideo(int streamType) {
        return switch (streamType) {
            case MPEG1_VIDEO, MPEG2_VIDEO, MPEG4_VIDEO, AVC, HEVC, VVC, 0x1F, 0x20, 0x21, 0x25, 0x42, 0xD1, 0xEA ->
                true;
            default -> false;
        };
    }

    /** Returns whether the type is audio and has no other use. */
    public static boolean isAudio(int streamType) {
        return switch (streamType) {
            case MPEG1_AUDIO, MPEG2_AUDIO, AAC_ADTS, AAC_LATM, AC3, EAC3, 0x1C, 0x2D -> true;
            default -> false;
        };
    }
}
