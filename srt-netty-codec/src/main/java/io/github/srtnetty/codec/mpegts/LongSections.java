// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.mpegts;

import io.github.srtnetty.codec.bits.Crc32Mpeg2;
import io.github.srtnetty.codec.bits.MalformedDataException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.function.Consumer;

/** Writes and checks sections with the long header: lengths, reserved bits, CRC_32 (ISO/IEC 13818-1, 2.4.4.11). */
final class LongSections {
    /** The most bytes between header and CRC_32 of a PAT or PMT, whose section_length is at most 1021. */
    static final int MAX_PSI_BODY = 1021 - 5 - Section.CRC_SIZE;

    private LongSections() {}

    /**
     * Builds one section.
     *
     * @throws IllegalArgumentException when {@code body} writes more than fits
     */
    static byte[] build(
            int tableId, int extension, int version, int sectionNumber, int lastNumber, Consumer<ByteBuf> body) {
        ByteBuf out = Unpooled.buffer(Section.LONG_HEADER_SIZE + MAX_PSI_BODY + Section.CRC_SIZE);
        out.writeByte(tableId).writeShort(0).writeShort(extension);
        out.writeByte(0xC0 | (version & 0x1F) << 1 | 1).writeByte(sectionNumber).writeByte(lastNumber);
        body.accept(out);
        int bodySize = out.writerIndex() - Section.LONG_HEADER_SIZE;
        if (bodySize > MAX_PSI_BODY) {
            throw new IllegalArgumentException(
                    "table 0x%02x: %d bytes in one section, at most %d fit".formatted(tableId, bodySize, MAX_PSI_BODY));
        }
        out.setShort(1, 0xB000 | 5 + bodySize + Section.CRC_SIZE);
        out.writeInt(Crc32Mpeg2.of(out, 0, out.writerIndex()));
        byte[] section = new byte[out.writerIndex()];
        out.readBytes(section);
        return section;
    }

    /** Checks the rules of every PAT and PMT section. */
    static void check(Section section, int tableId) {
        if (section.tableId() != tableId) {
            throw new MalformedDataException(
                    "table_id", "0x%02x".formatted(tableId), "0x%02x".formatted(section.tableId()));
        }
        if (!section.sectionSyntaxIndicator()) {
            throw new MalformedDataException("section_syntax_indicator", "1", "0");
        }
        if (section.sectionLength() > 1021) {
            throw new MalformedDataException("section_length", "at most 1021", section.sectionLength() + "");
        }
    }

    /**
     * Returns the failure of a section that ends inside a part of {@code size} bytes with the last field {@code field}.
     */
    static MalformedDataException cut(String field, int size, int left) {
        return new MalformedDataException(field, size + " bytes up to its end", left + " (the rest of the section)");
    }

    /** Returns the index of the CRC_32. */
    static int end(Section section) {
        return section.size() - Section.CRC_SIZE;
    }
}
