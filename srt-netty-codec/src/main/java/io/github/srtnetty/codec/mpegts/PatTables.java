// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.mpegts;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The PATs of a stream by their transport_stream_id. A valid stream has one; several alternate if streams were joined
 * without a new PAT.
 */
final class PatTables {
    /** The number of tables that are kept; the oldest is removed first. */
    private static final int MOST = 4;
    /**
     * A PAT is outdated when another one was received this often without it: after a few seconds at 2 to 10 per second.
     */
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

    /** Adds a section; returns the sections of its table if it completed the table, otherwise none. */
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

    /** Removes outdated tables; returns whether one of them had programs. */
    boolean dropOutdated() {
        boolean[] known = {false};
        tables.values().removeIf(table -> {
            boolean over = table.missed > MOST_MISSED;
            known[0] |= over && table.known;
            return over;
        });
        return known[0];
    }

    /** Adds a complete table; returns whether anything is new. */
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

    /** Returns the programs of all tables, those of {@code newest} first, each number once and at most {@code most}. */
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
