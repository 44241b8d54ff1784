// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.mpegts;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Checks the tables of one PID: their CRC_32, which tables are allowed, and the interval of the required table. */
final class TableMonitor implements SectionListener {
    /** The tables of one PID (TR 101 290, 1.3, 2.6, 3.1, 3.5, 3.6, 3.8). */
    enum Rule {
        PAT(0x00, Tr101290Check.PAT, 0x00, 0x00, 0x00),
        CAT(0x01, Tr101290Check.CAT, 0x01, 0x01, 0x01),
        NIT(0x10, Tr101290Check.NIT, 0x40, 0x40, 0x41),
        /** With the BAT, 0x4A. */
        SDT(0x11, Tr101290Check.SDT, 0x42, 0x42, 0x4A),
        EIT(0x12, Tr101290Check.EIT, 0x4E, 0x4E, 0x6F),
        /** With the TOT, 0x73. */
        TDT(0x14, Tr101290Check.TDT, 0x70, 0x70, 0x73);

        private final int pid;
        private final Tr101290Check check;
        private final int tableId;
        private final int firstId;
        private final int lastId;

        Rule(int pid, Tr101290Check check, int tableId, int firstId, int lastId) {
            this.pid = pid;
            this.check = check;
            this.tableId = tableId;
            this.firstId = firstId;
            this.lastId = lastId;
        }

        int pid() {
            return pid;
        }

        private boolean allows(int id) {
            boolean listed = switch (this) {
                case SDT -> id == 0x42 || id == 0x46 || id == 0x4A;
                case TDT -> id == 0x70 || id == 0x73;
                default -> id >= firstId && id <= lastId;
            };
            return listed || id == STUFFING_TABLE && pid >= NIT.pid;
        }
    }

    private static final int STUFFING_TABLE = 0x72;

    private final Rule rule;
    private final MonitoredPid pid;
    private final MonitoredPids pids;
    private final Tr101290Reporter reporter;
    private final long period;
    private final @Nullable PidReferences references;
    private long now;
    private @Nullable Section lastCat;

    /** Creates a monitor for the tables of a PID; {@code references} receives the CAT. */
    TableMonitor(
            Rule rule,
            MonitoredPids pids,
            Tr101290Limits limits,
            Tr101290Reporter reporter,
            @Nullable PidReferences references) {
        this.rule = rule;
        this.pids = pids;
        this.reporter = reporter;
        this.references = references;
        this.period = StreamClock.ticks(
                switch (rule) {
                    case PAT -> limits.pat();
                    case CAT -> limits.cat();
                    case NIT -> limits.nit();
                    case SDT -> limits.sdt();
                    case EIT -> limits.eit();
                    case TDT -> limits.tdt();
                });
        pid = pids.get(rule.pid);
        pid.inspectAll();
        if (rule == Rule.PAT || limits.dvbTables() == Tr101290Limits.DvbTables.ALL && rule != Rule.CAT) {
            expect();
        }
    }

    MonitoredPid pid() {
        return pid;
    }

    /** Starts to wait for the table. */
    void expect() {
        if (pid.tables == null) {
            pid.tables = pids.timer(rule.check, pid, rule.name(), period);
        }
    }

    /** Sets the time of the packet whose sections follow. */
    void at(long now) {
        this.now = now;
    }

    @Override
    public void onSection(Section section) {
        if (section.hasCrc()) {
            reporter.assessed(Tr101290Check.CRC);
        }
        if (!rule.allows(section.tableId())) {
            reporter.assessed(rule.check);
            reporter.error(rule.check, pid, "table_id 0x%02x".formatted(section.tableId()));
        } else if (section.tableId() == rule.tableId) {
            if (rule != Rule.CAT) {
                expect();
            }
            if (pid.tables != null) {
                pid.tables.seen(now);
            }
            readCat(section);
        }
    }

    private void readCat(Section section) {
        Section before = lastCat;
        if (references != null
                && rule == Rule.CAT
                && (before == null || !Arrays.equals(before.array(), section.array()))) {
            lastCat = section;
            references.cat(section);
        }
    }

    @Override
    public void onSectionError(SectionError error) {
        Section section = error.section();
        if (error.reason() == SectionError.Reason.BAD_CRC && section != null && isChecked(section.tableId())) {
            reporter.error(Tr101290Check.CRC, pid, "wrong CRC_32 of table_id 0x%02x".formatted(section.tableId()));
        }
    }

    /** Returns whether TR 101 290, 2.2, lists the table: PAT, CAT, PMT, NIT, SDT, BAT, EIT, TOT. */
    static boolean isChecked(int tableId) {
        return tableId <= 0x02
                || tableId == 0x40
                || tableId == 0x41
                || tableId == 0x42
                || tableId == 0x46
                || tableId == 0x4A
                || tableId >= 0x4E && tableId <= 0x6F
                || tableId == 0x73;
    }
}
