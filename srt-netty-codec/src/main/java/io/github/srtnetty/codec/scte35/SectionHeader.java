// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.scte35;

import io.github.srtnetty.codec.bits.BitReader;
import java.util.List;

/** The fields of splice_info_section() before splice_command_type, which are never encrypted. */
record SectionHeader(
        int tableId,
        boolean sectionSyntaxIndicator,
        boolean privateIndicator,
        int sapType,
        int sectionLength,
        int protocolVersion,
        boolean encryptedPacket,
        int encryptionAlgorithm,
        long ptsAdjustment,
        int cwIndex,
        int tier,
        int spliceCommandLength) {
    /** Bytes from table_id to splice_command_length. */
    static final int LENGTH = 13;
    /** Bytes from table_id to section_length. */
    static final int LENGTH_TO_SECTION_LENGTH = 3;

    static final int TABLE_ID = 0xFC;
    static final int MAX_SECTION_LENGTH = 4093;

    static SectionHeader decode(BitReader reader) {
        return new SectionHeader(
                reader.uint(8, "table_id"),
                reader.flag("section_syntax_indicator"),
                reader.flag("private_indicator"),
                reader.uint(2, "sap_type"),
                reader.uint(12, "section_length"),
                reader.uint(8, "protocol_version"),
                reader.flag("encrypted_packet"),
                reader.uint(6, "encryption_algorithm"),
                reader.bits(33, "pts_adjustment"),
                reader.uint(8, "cw_index"),
                reader.uint(12, "tier"),
                reader.uint(12, "splice_command_length"));
    }

    void check(List<Warning> warnings) {
        if (tableId != TABLE_ID) {
            warnings.add(new Warning(Warning.Code.TABLE_ID, "table_id 0x" + Integer.toHexString(tableId)));
        }
        if (sectionSyntaxIndicator) {
            warnings.add(new Warning(Warning.Code.SECTION_SYNTAX_INDICATOR, "section_syntax_indicator 1"));
        }
        if (privateIndicator) {
            warnings.add(new Warning(Warning.Code.PRIVATE_INDICATOR, "private_indicator 1"));
        }
        if (sectionLength > MAX_SECTION_LENGTH) {
            warnings.add(new Warning(Warning.Code.SECTION_LENGTH, "section_length " + sectionLength));
        }
        if (protocolVersion != 0) {
            warnings.add(new Warning(Warning.Code.PROTOCOL_VERSION, "protocol_version " + protocolVersion));
        }
    }

    SectionHeader withPtsAdjustment(long ticks) {
        return new SectionHeader(
                tableId,
                sectionSyntaxIndicator,
                privateIndicator,
                sapType,
                sectionLength,
                protocolVersion,
                encryptedPacket,
                encryptionAlgorithm,
                ticks,
                cwIndex,
                tier,
                spliceCommandLength);
    }
}
