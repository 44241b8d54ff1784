// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.mpegts;

import io.github.srtnetty.codec.bits.MalformedDataException;
import java.util.Arrays;
import java.util.List;

/** Collects the sections of a PAT until one version is whole; at most 256 of 1024 bytes. */
final class PatSections {
    private Section[] sections = {};
    private int missing;

    /**
     * Adds a section.
     *
     * @return whether the table is whole and differs from what it was when this last returned true
     * @throws MalformedDataException when the section is none of a PAT
     */
    boolean add(Section section) {
        LongSections.check(section, Pat.TABLE_ID);
        int number = section.sectionNumber();
        int last = section.lastSectionNumber();
        if (number > last) {
            throw new MalformedDataException("section_number", "at most last_section_number " + last, number + "");
        }
        if (!isSameTable(section)) {
            sections = new Section[last + 1];
            missing = last + 1;
        }
        Section before = sections[number];
        sections[number] = section;
        if (before == null) {
            missing--;
        } else if (Arrays.equals(before.array(), section.array())) {
            return false;
        }
        return missing == 0;
    }

    private boolean isSameTable(Section section) {
        if (sections.length != section.lastSectionNumber() + 1) {
            return false;
        }
        for (Section other : sections) {
            if (other != null) {
                return other.versionNumber() == section.versionNumber()
                        && other.tableIdExtension() == section.tableIdExtension();
            }
        }
        return false;
    }

    List<Section> sections() {
        return List.of(sections);
    }
}
