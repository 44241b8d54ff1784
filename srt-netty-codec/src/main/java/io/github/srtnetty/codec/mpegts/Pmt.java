// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.mpegts;

import io.github.srtnetty.codec.bits.MalformedDataException;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

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
 * @param pcrPid the PCR_PID; {@link TsPacket#NULL_PID}: none
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
     * @throws MalformedDataException when it is not a PMT section, or a length exceeds its bounds
     */
    public static Pmt decode(Section section) {
        return decodeReadable(section, cause -> {
            throw cause;
        });
    }

    /**
     * Decodes the readable part. Descriptors that exceed their loop, a loop that exceeds the section, and bytes that
     * are not a stream are skipped, and reported to {@code problems}.
     *
     * @throws MalformedDataException when it is not a PMT section, or no stream can be found in it
     */
    static Pmt decodeReadable(Section section, Consumer<MalformedDataException> problems) {
        LongSections.check(section, TABLE_ID);
        int end = LongSections.end(section);
        int index = Section.LONG_HEADER_SIZE;
        if (end - index < 4) {
            throw LongSections.cut("program_info_length", 4, end - index);
        }
        int programInfoSize = infoLength(section, index, 4);
        if (programInfoSize > end - index - 4) {
            throw tooLong("program_info_length", end - index - 4, programInfoSize);
        }
        int pcrPid = section.unsignedShort(index) & 0x1FFF;
        index += 4;
        List<Descriptor> programInfo = Descriptor.decodeLoop(section.array(), index, programInfoSize, problems);
        index += programInfoSize;
        List<Stream> streams = new ArrayList<>();
        while (index < end) {
            int left = end - index - 5;
            if (left < 0) {
                problems.accept(LongSections.cut("ES_info_length", 5, end - index));
                break;
            }
            int esInfoSize = infoLength(section, index, 5);
            if (esInfoSize > left) {
                problems.accept(tooLong("ES_info_length", left, esInfoSize));
            }
            int pid = section.unsignedShort(index + 1) & 0x1FFF;
            int size = Math.min(esInfoSize, left);
            List<Descriptor> esInfo = Descriptor.decodeLoop(section.array(), index + 5, size, problems);
            streams.add(new Stream(section.unsignedByte(index), pid, esInfo));
            index += 5 + size;
        }
        return new Pmt(section.tableIdExtension(), section.versionNumber(), pcrPid, programInfo, streams);
    }

    /** Returns the length field that ends a fixed part of {@code fixedSize} bytes at {@code index}. */
    private static int infoLength(Section section, int index, int fixedSize) {
        return section.unsignedShort(index + fixedSize - 2) & 0x0FFF;
    }

    private static MalformedDataException tooLong(String field, int left, int length) {
        return new MalformedDataException(field, "at most " + left + " (the rest of the section)", length + "");
    }

    /**
     * Encodes the table with its CRC_32.
     *
     * @throws IllegalArgumentException when it is too long for a section: section_length above 1021
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
