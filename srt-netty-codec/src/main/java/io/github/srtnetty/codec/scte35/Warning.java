// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.scte35;

/** Something in a cue that departs from the standard and did not keep it from being understood. */
public record Warning(Code code, String detail) {
    /** The kinds of departure from the standard. */
    public enum Code {
        /** CRC_32 does not match; only seen when bad sections were asked for. */
        CRC_MISMATCH,
        /** section_length says more bytes than there are; only seen when truncated sections were asked for. */
        TRUNCATED,
        /** Bytes follow the section, for instance the stuffing of a transport packet. They are not part of it. */
        BYTES_AFTER_SECTION,
        /** table_id is not 0xFC. */
        TABLE_ID,
        /** section_syntax_indicator is not 0. */
        SECTION_SYNTAX_INDICATOR,
        /** private_indicator is not 0. */
        PRIVATE_INDICATOR,
        /** section_length is above the 4093 that the standard allows. */
        SECTION_LENGTH,
        /** protocol_version is not 0: a later version of the standard may mean something else. */
        PROTOCOL_VERSION,
        /** splice_command_length is 0xFFF, as encoders before 2010 wrote it; the syntax determines the length. */
        COMMAND_LENGTH_UNSPECIFIED,
        /** splice_command_length is not the length of the command. */
        COMMAND_LENGTH,
        /** splice_command_type is reserved; the command is kept as bytes. */
        COMMAND_TYPE,
        /** The section is encrypted and no key opens it; it is kept whole. */
        ENCRYPTED,
        /** The section was decrypted but E_CRC_32 does not match: the key is wrong; it is kept whole. */
        E_CRC_MISMATCH,
        /** A splice_descriptor breaks its own syntax; it is kept as bytes. */
        DESCRIPTOR_MALFORMED,
        /** A splice_descriptor is longer than its syntax. */
        DESCRIPTOR_LENGTH,
        /** A segmentation_upid breaks the syntax of its type; it is kept as bytes. */
        UPID_MALFORMED,
        /** Some reserved bits are not 1. */
        RESERVED_BITS
    }

    /** Returns the code in words and the detail. */
    @Override
    public String toString() {
        return code + ": " + detail;
    }
}
