// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.mpegts;

import io.github.srtnetty.codec.bits.MalformedDataException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * The program association table (ISO/IEC 13818-1, 2.4.4.3): the programs and the PIDs of their PMTs.
 *
 * <pre>
 * for (each program) {
 *   program_number               16   0: the network_PID follows
 *   reserved                      3
 *   network_PID | program_map_PID 13
 * }
 * </pre>
 *
 * @param transportStreamId the transport_stream_id
 * @param versionNumber 0 to 31
 * @param networkPid the network_PID, if program 0 is listed
 * @param programs the programs in the order of the table
 */
public record Pat(int transportStreamId, int versionNumber, OptionalInt networkPid, List<Program> programs) {
    /** The table_id. */
    public static final int TABLE_ID = 0x00;
    /** The PID of the PAT. */
    public static final int PID = 0x0000;

    private static final int ENTRY_SIZE = 4;
    private static final int ENTRIES_PER_SECTION = LongSections.MAX_PSI_BODY / ENTRY_SIZE;

    /** A program other than 0: its program_number and the PID of its PMT. */
    public record Program(int programNumber, int pmtPid) {}

    /** Copies the list. */
    public Pat {
        programs = List.copyOf(programs);
    }

    /** Creates a table without a network_PID. */
    public Pat(int transportStreamId, int versionNumber, List<Program> programs) {
        this(transportStreamId, versionNumber, OptionalInt.empty(), programs);
    }

    /**
     * Decodes the sections of one version, in the order of their numbers.
     *
     * @throws MalformedDataException when a section is not a section of a PAT
     */
    public static Pat decode(List<Section> sections) {
        return decode(sections, Integer.MAX_VALUE);
    }

    /** Decodes the first {@code maxPrograms} programs and the network_PID. */
    static Pat decode(List<Section> sections, int maxPrograms) {
        List<Program> programs = new ArrayList<>();
        OptionalInt networkPid = OptionalInt.empty();
        for (Section section : sections) {
            check(section);
            int end = LongSections.end(section);
            for (int i = Section.LONG_HEADER_SIZE; i < end; i += ENTRY_SIZE) {
                int number = section.unsignedShort(i);
                int pid = section.unsignedShort(i + 2) & 0x1FFF;
                if (number == 0) {
                    networkPid = OptionalInt.of(pid);
                } else if (programs.size() < maxPrograms) {
                    programs.add(new Program(number, pid));
                }
            }
        }
        Section first = sections.get(0);
        return new Pat(first.tableIdExtension(), first.versionNumber(), networkPid, programs);
    }

    /** Throws {@link MalformedDataException} when the section is not a section of a PAT. */
    static void check(Section section) {
        LongSections.check(section, TABLE_ID);
        if ((LongSections.end(section) - Section.LONG_HEADER_SIZE) % ENTRY_SIZE != 0) {
            throw new MalformedDataException("section_length", "9 and a multiple of 4", section.sectionLength() + "");
        }
    }

    /** Returns the number of programs in a section of a PAT. */
    static int programsIn(Section section) {
        int count = 0;
        for (int i = Section.LONG_HEADER_SIZE; i < LongSections.end(section); i += ENTRY_SIZE) {
            count += section.unsignedShort(i) == 0 ? 0 : 1;
        }
        return count;
    }

    /** Encodes the table: one section for every 253 programs, each with its CRC_32. */
    public List<byte[]> encode() {
        List<Program> entries = new ArrayList<>();
        networkPid.ifPresent(pid -> entries.add(new Program(0, pid)));
        entries.addAll(programs);
        int last = Math.max(0, (entries.size() - 1) / ENTRIES_PER_SECTION);
        List<byte[]> sections = new ArrayList<>();
        for (int number = 0; number <= last; number++) {
            int from = number * ENTRIES_PER_SECTION;
            List<Program> part = entries.subList(from, Math.min(entries.size(), from + ENTRIES_PER_SECTION));
            sections.add(LongSections.build(
                    TABLE_ID,
                    transportStreamId,
                    versionNumber,
                    number,
                    last,
                    out -> part.forEach(
                            program -> out.writeShort(program.programNumber()).writeShort(0xE000 | program.pmtPid()))));
        }
        return sections;
    }
}
