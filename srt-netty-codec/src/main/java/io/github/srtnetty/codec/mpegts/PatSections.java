// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.mpegts;

import io.github.srtnetty.codec.bits.MalformedDataException;
import java.util.Arrays;
import java.util.List;

/**
 * Collects the sections of a PAT until the table is complete; at most 256 sections of 1024 bytes.
 *
 * <p>A section that differs from the previous one with the same number and version restarts the table, which is then
 * complete when all other sections were repeated. Each byte of a stream is therefore part of at most one complete
 * table.
 */
final class PatSections {
    private Section[] sections = {};
    /**
     * For each section_number, the {@link #table} that its section belongs to; other values are from earlier tables.
     */
    private int[] tables = {};

    private int table;
    private int count;
    private int missing;
    private int transportStreamId;
    private int versionNumber;

    /**
     * Adds a section.
     *
     * @return whether this section completed the table
     * @throws MalformedDataException when the section is not a section of a PAT
     */
    boolean add(Section section) {
        Pat.check(section);
        int number = section.sectionNumber();
        int last = section.lastSectionNumber();
        if (number > last) {
            throw new MalformedDataException("section_number", "at most last_section_number " + last, number + "");
        }
        boolean same = isSameTable(section);
        if (same && tables[number] == table) {
            if (Arrays.equals(sections[number].array(), section.array())) {
                return false;
            }
            same = false;
        }
        if (!same) {
            begin(section);
        }
        sections[number] = section;
        tables[number] = table;
        missing--;
        return missing == 0;
    }

    private boolean isSameTable(Section section) {
        return count == section.lastSectionNumber() + 1
                && versionNumber == section.versionNumber()
                && transportStreamId == section.tableIdExtension();
    }

    /** Begins a table, in constant time for any number of sections. */
    private void begin(Section section) {
        count = section.lastSectionNumber() + 1;
        versionNumber = section.versionNumber();
        transportStreamId = section.tableIdExtension();
        missing = count;
        table++;
        if (sections.length < count) {
            sections = Arrays.copyOf(sections, count);
            tables = Arrays.copyOf(tables, count);
        }
    }

    /** Returns the sections of a complete table. */
    List<Section> sections() {
        return Arrays.asList(sections).subList(0, count);
    }
}
