// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.mpegts;

import io.github.srtnetty.codec.bits.MalformedDataException;
import org.jspecify.annotations.Nullable;

/**
 * The reason why a section, or the bytes in its place, was not delivered.
 *
 * @param pid the PID on which the section was received
 * @param packetIndex the number of the packet in which the section began, or which broke the rule
 * @param reason the kind of error
 * @param cause the field, its expected and its actual value
 * @param section the complete section for BAD_CRC and BAD_TABLE, otherwise null
 */
public record SectionError(
        int pid,
        long packetIndex,
        Reason reason,
        MalformedDataException cause,
        @Nullable Section section) {
    /** The kinds of error. */
    public enum Reason {
        /** CRC_32 is wrong; {@link SectionError#section()} has the bytes. */
        BAD_CRC,
        /** section_length is above 4093, or too small for the header. */
        BAD_SECTION_LENGTH,
        /**
         * section_syntax_indicator is 0, but the table_id, 0 to 3, requires 1; also reported for stuffing with 0x00.
         */
        BAD_SECTION_SYNTAX,
        /** Bytes other than 0xFF between the end of a section and the start of the next one. */
        STRAY_BYTES,
        /** pointer_field points outside the packet. */
        BAD_POINTER_FIELD,
        /** adaptation_field_length exceeds the packet. */
        BAD_ADAPTATION_FIELD,
        /** Packets are missing in the middle of the section. */
        LOST_PACKETS,
        /** The next section began before the last byte of this one. */
        TRUNCATED,
        /** The packet's payload is scrambled. */
        SCRAMBLED,
        /** The section is complete, but not a valid PAT or PMT, or a PAT has more programs than are tracked. */
        BAD_TABLE
    }
}
