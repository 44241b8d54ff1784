// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.mpegts;

import io.github.srtnetty.codec.bits.MalformedDataException;
import org.jspecify.annotations.Nullable;

/**
 * Why a section, or the bytes in its place, was not delivered.
 *
 * @param pid the PID it came on
 * @param packetIndex number of the packet that the section began in, or that broke the rule
 * @param reason what is wrong
 * @param cause the field, what was expected of it and what was there
 * @param section the whole section, when it is there: BAD_CRC and BAD_TABLE
 */
public record SectionError(
        int pid,
        long packetIndex,
        Reason reason,
        MalformedDataException cause,
        @Nullable Section section) {
    /** The kinds of error. */
    public enum Reason {
        /** CRC_32 does not fit; {@link SectionError#section()} has the bytes. */
        BAD_CRC,
        /** section_length is above 4093, or below what the header needs. */
        BAD_SECTION_LENGTH,
        /**
         * section_syntax_indicator is 0 where the table_id, 0 to 3, asks for 1; also what stuffing with 0x00 looks
         * like.
         */
        BAD_SECTION_SYNTAX,
        /** Other bytes than 0xFF between a section's end and the next one's start. */
        STRAY_BYTES,
        /** pointer_field points out of the packet. */
        BAD_POINTER_FIELD,
        /** adaptation_field_length leaves the packet. */
        BAD_ADAPTATION_FIELD,
        /** Packets are missing in the middle of the section. */
        LOST_PACKETS,
        /** The next section began before this one's last byte. */
        TRUNCATED,
        /** The packet's payload is scrambled. */
        SCRAMBLED,
        /**
         * The section is whole, but it is no PAT or PMT although it says so, or a PAT has more programs than are
         * followed.
         */
        BAD_TABLE
    }
}
