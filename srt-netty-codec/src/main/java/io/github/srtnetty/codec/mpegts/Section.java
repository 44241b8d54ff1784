// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.mpegts;

import io.github.srtnetty.codec.bits.Bytes;
import io.github.srtnetty.codec.bits.Crc32Mpeg2;
import io.github.srtnetty.codec.bits.MalformedDataException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/**
 * One section as received, from table_id to CRC_32 (ISO/IEC 13818-1, 2.4.4), with the PID and the number of the packet
 * in which it began. Immutable.
 *
 * <pre>
 * table_id                  8
 * section_syntax_indicator  1
 * private_indicator         1
 * reserved                  2
 * section_length           12   bytes that follow
 * if (section_syntax_indicator) {
 *   table_id_extension     16
 *   reserved                2
 *   version_number          5
 *   current_next_indicator  1
 *   section_number          8
 *   last_section_number     8
 * }
 * ...
 * CRC_32                   32   when hasCrc()
 * </pre>
 */
public final class Section {
    /** The largest size of a section in bytes, including header and CRC. */
    public static final int MAX_SIZE = 4096;
    /** Bytes up to and including section_length. */
    public static final int SHORT_HEADER_SIZE = 3;
    /** Bytes up to and including last_section_number. */
    public static final int LONG_HEADER_SIZE = 8;
    /** Bytes of a CRC_32. */
    public static final int CRC_SIZE = 4;

    private static final int STUFFING_TABLE = 0x72;
    private static final int TIME_OFFSET_TABLE = 0x73;
    private static final int SPLICE_INFO_TABLE = 0xFC;

    private final int pid;
    private final long packetIndex;
    private final byte[] bytes;

    /** Takes ownership of {@code bytes}, which have a valid section_length. */
    Section(int pid, long packetIndex, byte[] bytes) {
        this.pid = pid;
        this.packetIndex = packetIndex;
        this.bytes = bytes;
    }

    /**
     * Creates a section from a copy of {@code bytes}. Does not check the CRC, see {@link #isCrcGood()}.
     *
     * @param packetIndex the number of the packet in which it began
     * @throws MalformedDataException when section_length does not match the bytes or the header
     */
    public static Section of(int pid, long packetIndex, byte[] bytes) {
        int size = bytes.length < SHORT_HEADER_SIZE ? SHORT_HEADER_SIZE : sizeOf(bytes);
        if (bytes.length != size || size > MAX_SIZE) {
            throw new MalformedDataException(
                    "section_length", "a section of " + bytes.length + " bytes", size + " bytes");
        }
        Section section = new Section(pid, packetIndex, bytes.clone());
        if (size < section.leastSize()) {
            throw new MalformedDataException(
                    "section_length", "a section of " + section.leastSize() + " or more", size + "");
        }
        return section;
    }

    /** Returns the total size according to the first three bytes, 3 to 4098. */
    static int sizeOf(byte[] header) {
        return SHORT_HEADER_SIZE + ((header[1] & 0x0F) << 8 | header[2] & 0xFF);
    }

    /** Returns the PID on which the section was received. */
    public int pid() {
        return pid;
    }

    /** Returns the number of the packet with the first byte, as passed to the assembler. */
    public long packetIndex() {
        return packetIndex;
    }

    /** Returns the size in bytes, including header and CRC. */
    public int size() {
        return bytes.length;
    }

    /** Returns a copy of all bytes. */
    public byte[] toByteArray() {
        return bytes.clone();
    }

    /** Returns a copy of all bytes as a value. */
    public Bytes toBytes() {
        return Bytes.of(bytes);
    }

    /** Returns a read-only heap buffer over the bytes without a copy; it need not be released. */
    public ByteBuf toByteBuf() {
        return Unpooled.wrappedBuffer(bytes).asReadOnly();
    }

    /** Returns the bytes themselves, for this package, which must not change them. */
    byte[] array() {
        return bytes;
    }

    /** Returns the table_id, 0 to 255. */
    public int tableId() {
        return bytes[0] & 0xFF;
    }

    /** Returns the section_syntax_indicator: a long header and a CRC_32 follow, except in a stuffing table (0x72). */
    public boolean sectionSyntaxIndicator() {
        return (bytes[1] & 0x80) != 0;
    }

    /** Returns the section_length: bytes after the field itself. */
    public int sectionLength() {
        return bytes.length - SHORT_HEADER_SIZE;
    }

    /** Returns whether the long header follows; false for every stuffing table (EN 300 468, 5.2.8). */
    private boolean hasLongHeader() {
        return sectionSyntaxIndicator() && tableId() != STUFFING_TABLE;
    }

    /** Returns the table_id_extension (transport_stream_id, program_number) of a long header; 0 without one. */
    public int tableIdExtension() {
        return hasLongHeader() ? unsignedShort(3) : 0;
    }

    /** Returns the version_number, 0 to 31, of a long header; 0 without one. */
    public int versionNumber() {
        return hasLongHeader() ? bytes[5] >> 1 & 0x1F : 0;
    }

    /** Returns whether the table is currently valid; true without a long header. */
    public boolean currentNextIndicator() {
        return !hasLongHeader() || (bytes[5] & 1) != 0;
    }

    /** Returns the section_number of a long header; 0 without one. */
    public int sectionNumber() {
        return hasLongHeader() ? bytes[6] & 0xFF : 0;
    }

    /** Returns the last_section_number of a long header; 0 without one. */
    public int lastSectionNumber() {
        return hasLongHeader() ? bytes[7] & 0xFF : 0;
    }

    /**
     * Returns whether the section ends with a CRC_32. This is so for every long header except that of a stuffing table
     * (0x72), for splice_info_section (0xFC) and for DVB's time_offset_section (0x73).
     */
    public boolean hasCrc() {
        return hasLongHeader() || tableId() == SPLICE_INFO_TABLE || tableId() == TIME_OFFSET_TABLE;
    }

    /** Returns whether the CRC_32 is correct; true if the section has none. */
    public boolean isCrcGood() {
        return !hasCrc() || Crc32Mpeg2.of(bytes, 0, bytes.length) == 0;
    }

    /** Returns the smallest size that the header allows. */
    int leastSize() {
        int header = hasLongHeader() ? LONG_HEADER_SIZE : SHORT_HEADER_SIZE;
        return hasCrc() ? header + CRC_SIZE : header;
    }

    int unsignedByte(int index) {
        return bytes[index] & 0xFF;
    }

    int unsignedShort(int index) {
        return (bytes[index] & 0xFF) << 8 | bytes[index + 1] & 0xFF;
    }

    @Override
    public String toString() {
        return "Section(table_id=0x%02x, pid=0x%04x, packet=%d, %d bytes)"
                .formatted(tableId(), pid, packetIndex, bytes.length);
    }
}
