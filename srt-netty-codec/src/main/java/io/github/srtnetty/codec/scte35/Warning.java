// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.scte35;

/** A deviation of a cue from the standard that did not prevent its decoding. */
public record Warning(Code code, String detail) {
    /** The kinds of deviation from the standard. */
    public enum Code {
        /** CRC_32 is wrong; only with {@link DecodeOptions#withBadCrc}. */
        CRC_MISMATCH,
        /** section_length exceeds the available bytes; only with {@link DecodeOptions#withTruncated}. */
        TRUNCATED,
        /** Bytes follow the section, for instance the stuffing of a transport packet. They do not belong to it. */
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
        /** The section is encrypted, and no key decrypts it; its bytes are kept. */
        ENCRYPTED,
        /** The section was decrypted, but E_CRC_32 is wrong, so the key is wrong; its bytes are kept. */
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

    /** Returns the code as text, and the detail. */
    @Override
    public String toString() {
        return code + ": " + detail;
    }
}
