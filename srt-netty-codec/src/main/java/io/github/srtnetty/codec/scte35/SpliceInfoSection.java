// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.scte35;

import io.github.srtnetty.codec.bits.Bytes;
import io.github.srtnetty.codec.bits.MalformedDataException;
import io.netty.buffer.ByteBuf;
import java.util.Base64;
import java.util.List;
import java.util.OptionalLong;

/**
 * splice_info_section(), SCTE 35 9.6: a complete cue.
 *
 * <pre>
 * splice_info_section() {
 *   table_id                       8   0xFC
 *   section_syntax_indicator       1   0
 *   private_indicator              1   0
 *   sap_type                       2
 *   section_length                12
 *   protocol_version               8
 *   encrypted_packet               1
 *   encryption_algorithm           6
 *   pts_adjustment                33
 *   cw_index                       8
 *   tier                          12
 *   splice_command_length         12
 *   splice_command_type            8   encrypted from here
 *   splice_command()
 *   descriptor_loop_length        16
 *   for (i = 0; i &lt; N1; i++)
 *     splice_descriptor()
 *   for (i = 0; i &lt; N2; i++)
 *     alignment_stuffing           8
 *   if (encrypted_packet)
 *     E_CRC_32                    32   encrypted up to here
 *   CRC_32                        32
 * }
 * </pre>
 *
 * Immutable. It always keeps its own bytes, so a decoded section is encoded again bit for bit. A section changed with
 * {@link #toBuilder} gets new lengths and a new CRC. Two sections are equal if their bytes are equal.
 */
public final class SpliceInfoSection {
    /** The 33 bits of a PTS. */
    public static final long PTS_MASK = (1L << 33) - 1;

    /** The most warnings of a section. A broken section can cause one for every two bytes, each many times as long. */
    private static final int MAX_WARNINGS = 64;

    private final SectionHeader header;
    private final SectionBody body;
    private final OptionalLong eCrc32;
    private final long crc32;
    private final List<Warning> warnings;
    private final Bytes bytes;

    SpliceInfoSection(
            SectionHeader header,
            SectionBody body,
            OptionalLong eCrc32,
            long crc32,
            List<Warning> warnings,
            Bytes bytes) {
        this.header = header;
        this.body = body;
        this.eCrc32 = eCrc32;
        this.crc32 = crc32;
        this.warnings = List.copyOf(warnings.subList(0, Math.min(warnings.size(), MAX_WARNINGS)));
        this.bytes = bytes;
    }

    /**
     * Decodes the readable bytes with {@link DecodeOptions#STRICT}; does not change indices and reference count.
     *
     * @throws MalformedDataException as {@link #decode(Bytes, DecodeOptions)}
     */
    public static SpliceInfoSection decode(ByteBuf section) {
        return decode(Bytes.copyOf(section), DecodeOptions.STRICT);
    }

    /** Decodes with {@link DecodeOptions#STRICT}; the array is copied. */
    public static SpliceInfoSection decode(byte[] section) {
        return decode(Bytes.of(section), DecodeOptions.STRICT);
    }

    /**
     * Decodes one section, which starts with the first byte; bytes after it cause a warning.
     *
     * @throws MalformedDataException when the section is truncated, its CRC_32 is wrong or its syntax is broken
     */
    public static SpliceInfoSection decode(Bytes section, DecodeOptions options) {
        return SectionDecoder.decode(section, options);
    }

    /**
     * Decodes base64 with either alphabet; white space and missing padding are allowed.
     *
     * @throws MalformedDataException when the text is not base64, or as {@link #decode(Bytes, DecodeOptions)}
     */
    public static SpliceInfoSection fromBase64(String base64) {
        return decode(CueText.fromBase64(base64), DecodeOptions.STRICT);
    }

    /**
     * Decodes hexadecimal digits, with or without {@code 0x}; white space is ignored.
     *
     * @throws MalformedDataException when the text is not hexadecimal, or as {@link #decode(Bytes, DecodeOptions)}
     */
    public static SpliceInfoSection fromHex(String hex) {
        return decode(CueText.fromHex(hex), DecodeOptions.STRICT);
    }

    /**
     * Decodes a written cue: hexadecimal digits with or without {@code 0x}, base64 with either alphabet, a decimal
     * integer, alone or as the only cue in a line of HLS ({@code SCTE35-OUT=0x...}, {@code #EXT-OATCLS-SCTE35:...}) or
     * DASH ({@code <Binary>...</Binary>}). Quotes, white space and a byte order mark are ignored.
     *
     * @throws MalformedDataException when there is no cue or more than one, or as {@link #decode(Bytes, DecodeOptions)}
     */
    public static SpliceInfoSection fromText(String text, DecodeOptions options) {
        return decode(CueText.parse(text), options);
    }

    /** Returns a builder of a section with {@code command}, tier 0xFFF, sap_type 3 and no descriptors. */
    public static SpliceInfoBuilder builder(SpliceCommand command) {
        return new SpliceInfoBuilder(command);
    }

    /**
     * Returns a builder with the values of this section. A decrypted section is built in the clear unless encrypted
     * again.
     */
    public SpliceInfoBuilder toBuilder() {
        return new SpliceInfoBuilder(this);
    }

    /** Returns table_id, 0xFC in every valid cue. */
    public int tableId() {
        return header.tableId();
    }

    /** Returns section_syntax_indicator, false in every valid cue. */
    public boolean sectionSyntaxIndicator() {
        return header.sectionSyntaxIndicator();
    }

    /** Returns private_indicator, false in every valid cue. */
    public boolean privateIndicator() {
        return header.privateIndicator();
    }

    /** Returns sap_type, 0 to 3; 3: not specified. */
    public int sapType() {
        return header.sapType();
    }

    /** Returns section_length as coded. */
    public int sectionLength() {
        return header.sectionLength();
    }

    /** Returns protocol_version, 0 to 255. */
    public int protocolVersion() {
        return header.protocolVersion();
    }

    /** Returns encrypted_packet, even if the section could be decrypted. */
    public boolean encryptedPacket() {
        return header.encryptedPacket();
    }

    /** Returns encryption_algorithm, 0 to 63, see {@link EncryptionAlgorithm}. */
    public int encryptionAlgorithm() {
        return header.encryptionAlgorithm();
    }

    /** Returns pts_adjustment, ticks of 90 kHz, 0 to 2^33-1. */
    public long ptsAdjustment() {
        return header.ptsAdjustment();
    }

    /** Returns cw_index, 0 to 255. */
    public int cwIndex() {
        return header.cwIndex();
    }

    /** Returns tier, 0 to 4095. */
    public int tier() {
        return header.tier();
    }

    /**
     * Returns splice_command_length as coded; 0xFFF: not specified. {@link #commandLength} returns the actual length.
     */
    public int spliceCommandLength() {
        return header.spliceCommandLength();
    }

    /** Returns the actual length of the command in bytes. */
    public int commandLength() {
        return body.commandLength();
    }

    /** Returns the command. */
    public SpliceCommand command() {
        return body.command();
    }

    /** Returns descriptor_loop_length. */
    public int descriptorLoopLength() {
        return body.descriptorLoop().length();
    }

    /** Returns the descriptors in their order; empty for an encrypted section without a key. */
    public List<SpliceDescriptor> descriptors() {
        return body.descriptors();
    }

    /** Returns alignment_stuffing, which a clear section may also have. */
    public Bytes alignmentStuffing() {
        return body.alignmentStuffing();
    }

    /** Returns E_CRC_32, unsigned, of a decrypted section; otherwise empty. */
    public OptionalLong eCrc32() {
        return eCrc32;
    }

    /** Returns CRC_32 as coded, unsigned. */
    public long crc32() {
        return crc32;
    }

    /** Returns the first 64 deviations of the section from the standard; empty if there are none. */
    public List<Warning> warnings() {
        return warnings;
    }

    /** Returns whether the section has a warning of this kind. */
    public boolean has(Warning.Code code) {
        return warnings.stream().anyMatch(warning -> warning.code() == code);
    }

    /** Returns the coded section. */
    public Bytes bytes() {
        return bytes;
    }

    /** Returns the section in base64. */
    public String toBase64() {
        return Base64.getEncoder().encodeToString(bytes.toArray());
    }

    /** Returns the section in hexadecimal with a leading {@code 0x}. */
    public String toHex() {
        return "0x" + bytes.hex();
    }

    /** Returns {@code pts} + pts_adjustment, modulo 2^33 (SCTE 35 9.6.1). */
    public long adjust(long pts) {
        return (pts + ptsAdjustment()) & PTS_MASK;
    }

    /**
     * Returns the splice time with pts_adjustment, ticks of 90 kHz: pts_time of time_signal, of splice_insert in
     * program mode, or of its first component that has one. Empty if there is none.
     */
    public OptionalLong adjustedSplicePts() {
        OptionalLong pts = splicePts();
        return pts.isPresent() ? OptionalLong.of(adjust(pts.getAsLong())) : pts;
    }

    /** Returns {@link #adjustedSplicePts} without pts_adjustment. */
    public OptionalLong splicePts() {
        if (command() instanceof TimeSignal signal) {
            return signal.spliceTime().ptsTime();
        }
        if (command() instanceof SpliceInsert.Event event) {
            return SplicePoint.of(event.target());
        }
        return OptionalLong.empty();
    }

    /**
     * Returns the section with another pts_adjustment and a new CRC; all other bits are unchanged. The section may be
     * encrypted.
     *
     * @param ticks 90 kHz, 0 to 2^33-1
     */
    public SpliceInfoSection withPtsAdjustment(long ticks) {
        Limits.bits("pts_adjustment", ticks, 33);
        byte[] copy = bytes.toArray();
        copy[4] = (byte) ((copy[4] & 0xFE) | (int) (ticks >>> 32));
        CueText.putInt(copy, 5, (int) ticks);
        int crc = bytes.length() - 4;
        CueText.putInt(copy, crc, Bytes.of(copy).crc32Mpeg2(0, crc));
        Bytes patched = Bytes.of(copy);
        long newCrc = patched.unsignedInt(crc);
        return new SpliceInfoSection(header.withPtsAdjustment(ticks), body, eCrc32, newCrc, warnings, patched);
    }

    /** Returns the coded descriptor loop. */
    public Bytes descriptorLoop() {
        return body.descriptorLoop();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SpliceInfoSection that && bytes.equals(that.bytes);
    }

    @Override
    public int hashCode() {
        return bytes.hashCode();
    }

    /** Returns the command, the descriptors and the warnings as text, and the section in base64. */
    @Override
    public String toString() {
        return "SpliceInfoSection[" + command() + ", " + descriptors() + ", pts_adjustment=" + ptsAdjustment()
                + ", tier=" + tier() + (warnings.isEmpty() ? "" : ", " + warnings) + ", " + toBase64() + "]";
    }
}
