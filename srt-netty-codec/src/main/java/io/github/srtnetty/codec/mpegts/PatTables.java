// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.mpegts;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The PATs of a stream by their transport_stream_id: one in a sound stream, several that alternate where streams were
 * joined without a new PAT.
 */
final class PatTables {
    /** How many are kept; the oldest goes first. */
    private static final int MOST = 4;
    /** A PAT that did not come while another came so often is over: at 2 to 10 a second after some seconds. */
    private static final int MOST_MISSED = 16;

    private final Map<Integer, Table> tables = new LinkedHashMap<>();

    private static final class Table {
        private final PatSections sections = new PatSections();
        private Map<Integer, Pat.Program> programs = Map.of();
        private int version = -1;
        private boolean known;
        private int missed;
        private Object last = "";
    }

    /** Adds a section; returns the sections of its table when it became whole by it, otherwise none. */
    List<Section> add(Section section) {
        int id = section.tableIdExtension();
        Table table = tables.get(id);
        if (table == null) {
            table = new Table();
        }
        boolean whole = table.sections.add(section);
        if (tables.putIfAbsent(id, table) == null && tables.size() > MOST) {
            tables.remove(tables.keySet().iterator().next());
        }
        tables.forEach((other, entry) -> entry.missed = other == id ? 0 : entry.missed + 1);
        return whole ? table.sections.sections() : List.of();
    }

    /** Forgets tables that do not come any more; returns whether there was one with programs. */
    boolean dropOutdated() {
        boolean[] known = {false};
        tables.values().removeIf(table -> {
            boolean over = table.missed > MOST_MISSED;
            known[0] |= over && table.known;
            return over;
        });
        return known[0];
    }

    /** Takes the table that became whole; returns whether anything is new. */
    boolean put(Pat pat) {
        Table table = tables.get(pat.transportStreamId());
        if (table == null || pat.equals(table.last)) {
            return false;
        }
        Map<Integer, Pat.Program> programs = new LinkedHashMap<>();
        pat.programs().forEach(program -> programs.put(program.programNumber(), program));
        if (table.known && table.version == pat.versionNumber()) {
            table.programs.forEach(programs::putIfAbsent);
        }
        table.programs = programs;
        table.version = pat.versionNumber();
        table.known = true;
        table.last = pat;
        return true;
    }

    /** Returns the programs of all tables, those of {@code newest} first, each number once and {@code most} in all. */
    Collection<Pat.Program> programs(Pat newest, int most) {
        Map<Integer, Pat.Program> all = new LinkedHashMap<>();
        Table first = tables.get(newest.transportStreamId());
        if (first != null) {
            all.putAll(first.programs);
        }
        tables.values().forEach(table -> table.programs.forEach(all::putIfAbsent));
        return all.values().stream().limit(most).toList();
    }
}
