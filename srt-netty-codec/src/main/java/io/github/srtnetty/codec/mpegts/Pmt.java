// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.mpegts;

import io.github.srtnetty.codec.bits.MalformedDataException;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;

/**
 * The program map table of one program (ISO/IEC 13818-1, 2.4.4.8).
 *
 * <pre>
 * reserved              3
 * PCR_PID              13   0x1FFF: none
 * reserved              4
 * program_info_length  12
 * descriptors
 * for (each stream) {
 *   stream_type         8
 *   reserved            3
 *   elementary_PID     13
 *   reserved            4
 *   ES_info_length     12
 *   descriptors
 * }
 * </pre>
 *
 * @param programNumber the program_number
 * @param versionNumber 0 to 31
 * @param pcrPid the PCR_PID, {@link TsPacket#NULL_PID} for none
 * @param programInfo the descriptors of the program
 * @param streams the elementary streams in the order of the table
 */
public record Pmt(
        int programNumber, int versionNumber, int pcrPid, List<Descriptor> programInfo, List<Stream> streams) {
    /** The table_id. */
    public static final int TABLE_ID = 0x02;

    /**
     * An elementary stream.
     *
     * @param streamType the stream_type, see {@link StreamType}
     * @param elementaryPid its PID
     * @param esInfo its descriptors
     */
    public record Stream(int streamType, int elementaryPid, List<Descriptor> esInfo) {
        /** Copies the list. */
        public Stream {
            esInfo = List.copyOf(esInfo);
        }
    }

    /** Copies the lists. */
    public Pmt {
        programInfo = List.copyOf(programInfo);
        streams = List.copyOf(streams);
    }

    /**
     * Decodes a PMT section.
     *
     * @throws MalformedDataException when it is none, or a length inside leads out of its bounds
     */
    public static Pmt decode(Section section) {
        LongSections.check(section, TABLE_ID);
        int end = LongSections.end(section);
        int index = Section.LONG_HEADER_SIZE;
        int programInfoSize = infoLength(section, "program_info_length", index, end, 4);
        int pcrPid = section.unsignedShort(index) & 0x1FFF;
        index += 4;
        List<Descriptor> programInfo = Descriptor.decodeLoop(section.array(), index, programInfoSize);
        index += programInfoSize;
        List<Stream> streams = new ArrayList<>();
        while (index < end) {
            int esInfoSize = infoLength(section, "ES_info_length", index, end, 5);
            int pid = section.unsignedShort(index + 1) & 0x1FFF;
            List<Descriptor> esInfo = Descriptor.decodeLoop(section.array(), index + 5, esInfoSize);
            streams.add(new Stream(section.unsignedByte(index), pid, esInfo));
            index += 5 + esInfoSize;
        }
        return new Pmt(section.tableIdExtension(), section.versionNumber(), pcrPid, programInfo, streams);
    }

    /**
     * Reads the length field that ends a fixed part of {@code fixedSize} bytes at {@code index}; both must end by
     * {@code end}.
     */
    private static int infoLength(Section section, String field, int index, int end, int fixedSize) {
        int left = end - index - fixedSize;
        int length = left < 0 ? 0 : section.unsignedShort(index + fixedSize - 2) & 0x0FFF;
        if (length > left) {
            throw new MalformedDataException(field, "at most " + left + " (the rest of the section)", length + "");
        }
        return length;
    }

    /**
     * Encodes the table, CRC_32 included.
     *
     * @throws IllegalArgumentException when it is longer than a section can be: section_length above 1021
     */
    public byte[] encode() {
        return LongSections.build(TABLE_ID, programNumber, versionNumber, 0, 0, this::writeBody);
    }

    private void writeBody(ByteBuf out) {
        out.writeShort(0xE000 | pcrPid);
        writeInfo(programInfo, out);
        for (Stream stream : streams) {
            out.writeByte(stream.streamType()).writeShort(0xE000 | stream.elementaryPid());
            writeInfo(stream.esInfo(), out);
        }
    }

    private static void writeInfo(List<Descriptor> descriptors, ByteBuf out) {
        int lengthIndex = out.writerIndex();
        out.writeShort(0);
        Descriptor.encodeLoop(descriptors, out);
        out.setShort(lengthIndex, 0xF000 | out.writerIndex() - lengthIndex - 2);
    }
}
