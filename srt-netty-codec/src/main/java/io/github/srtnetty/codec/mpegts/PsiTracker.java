// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.mpegts;

import io.github.srtnetty.codec.bits.MalformedDataException;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Follows PAT and PMTs of a stream, and the clocks of its programs. Feed it every packet; those of other PIDs cost one
 * look-up.
 *
 * <p>A table counts as changed when its bytes differ, whatever its version_number says; but a program leaves the PAT
 * only with another version_number (ISO/IEC 13818-1, 2.4.4.5). PATs with several transport_stream_ids that alternate
 * count together. Of a broken PMT the readable part is used, and the fault reported as a {@link SectionError}.
 * Tables that are only announced
 * (current_next_indicator 0) are left out. A PAT of several sections that changes within one version is reported when
 * all its sections were repeated.
 *
 * <p>Follows the first {@link #DEFAULT_MAX_PROGRAMS} programs of a PAT, or as many as asked for, and reports a PAT with
 * more as a {@link SectionError}. A table costs a time that grows with its bytes, a packet the same whatever the tables
 * hold.
 */
public final class PsiTracker {
    /**
     * How many programs are followed unless said otherwise: 512, several times what the multiplex of a satellite or a
     * cable channel has. Each takes up to 6 kB while its PMT comes in.
     */
    public static final int DEFAULT_MAX_PROGRAMS = 512;

    private static final int MOST_PROGRAMS = 0xFFFF;

    private final PsiListener listener;
    private final int maxPrograms;
    private final @Nullable PidRole[] roles = new PidRole[TsPacket.PID_COUNT];
    private final PatTables patTables = new PatTables();
    private final Map<Integer, TsProgram> programs = new LinkedHashMap<>();
    private final Map<TsProgram, Section> pmtSections = new HashMap<>();
    private @Nullable Pat pat;
    private long steps;

    /** Reports to {@code listener} what changes; follows {@link #DEFAULT_MAX_PROGRAMS} programs. */
    public PsiTracker(PsiListener listener) {
        this(listener, DEFAULT_MAX_PROGRAMS);
    }

    /**
     * Reports to {@code listener} what changes.
     *
     * @param maxPrograms how many programs of a PAT to follow, the first ones of its order; 1 to 65535
     * @throws IllegalArgumentException when {@code maxPrograms} is out of its range
     */
    public PsiTracker(PsiListener listener, int maxPrograms) {
        if (maxPrograms < 1 || maxPrograms > MOST_PROGRAMS) {
            throw new IllegalArgumentException("maxPrograms: " + maxPrograms + " is not within 1 and " + MOST_PROGRAMS);
        }
        this.listener = listener;
        this.maxPrograms = maxPrograms;
        role(Pat.PID).addTable(() -> new SectionAssembler(Pat.PID, new Sections()));
    }

    /** Returns the last PAT; null before the first. */
    public @Nullable Pat pat() {
        return pat;
    }

    /** Returns the programs of the PAT in its order; a view that changes with it. */
    public Collection<TsProgram> programs() {
        return Collections.unmodifiableCollection(programs.values());
    }

    /** Returns the program of that number; null when the PAT has none. */
    public @Nullable TsProgram program(int programNumber) {
        return programs.get(programNumber);
    }

    /** Takes the next packet of the stream, whatever its PID; calls the listener before it returns. */
    public void accept(TsPacket packet, long packetIndex) {
        PidRole role = roles[packet.pid()];
        if (role != null) {
            role.accept(packet, packetIndex);
        }
    }

    /** Returns how many entries of tables and roles of PIDs were looked at: the work that tables have caused. */
    long steps() {
        return steps;
    }

    private void onPatSection(Section section) {
        List<Section> sections = patTables.add(section);
        boolean outdated = patTables.dropOutdated();
        if (sections.isEmpty()) {
            if (outdated && pat != null) {
                change(pat);
            }
            return;
        }
        int entries = sections.stream().mapToInt(Pat::programsIn).sum();
        steps += entries;
        Pat table = Pat.decode(sections, maxPrograms);
        if (!patTables.put(table) && !outdated) {
            return;
        }
        change(table);
        if (entries > maxPrograms) {
            report(section, new MalformedDataException("programs", "at most " + maxPrograms, entries + ""));
        }
    }

    private void change(Pat table) {
        Map<Integer, TsProgram> before = new LinkedHashMap<>(programs);
        update(patTables.programs(table, maxPrograms));
        before.values().removeIf(program -> programs.get(program.programNumber()) == program);
        before.values().forEach(this::leave);
        pat = table;
        before.values().forEach(listener::onProgramRemoved);
        listener.onPat(table);
    }

    /** Takes the programs in their order. Those that are new get their roles, those that stay keep everything. */
    private void update(Collection<Pat.Program> entries) {
        Map<Integer, TsProgram> now = new LinkedHashMap<>();
        for (Pat.Program entry : entries) {
            TsProgram known = programs.get(entry.programNumber());
            boolean same = known != null && known.pmtPid() == entry.pmtPid();
            now.put(entry.programNumber(), same ? known : new TsProgram(entry.programNumber(), entry.pmtPid()));
        }
        now.values().stream()
                .filter(program -> programs.get(program.programNumber()) != program)
                .forEach(this::join);
        programs.clear();
        programs.putAll(now);
    }

    private void join(TsProgram program) {
        steps++;
        role(program.pmtPid()).addTable(() -> new SectionAssembler(program.pmtPid(), new Sections()));
    }

    private void leave(TsProgram program) {
        steps++;
        pmtSections.remove(program);
        leaveClock(program.pcrPid());
        leaveClock(program.ptsPid());
        PidRole role = role(program.pmtPid());
        role.removeTable();
        forgetIfUnneeded(program.pmtPid(), role);
    }

    private void onPmtSection(Section section) {
        TsProgram program = programs.get(section.tableIdExtension());
        if (program == null || program.pmtPid() != section.pid()) {
            return;
        }
        Section before = pmtSections.put(program, section);
        if (before != null && Arrays.equals(before.array(), section.array())) {
            return;
        }
        Pmt pmt = Pmt.decodeReadable(section, cause -> report(section, cause));
        steps += 1 + pmt.streams().size();
        int pcrPid = program.pcrPid();
        int ptsPid = program.ptsPid();
        program.update(pmt);
        program.clocks(clockOf(program.pcrPid()), clockOf(program.ptsPid()));
        leaveClock(pcrPid); // after the new ones: a clock that stays keeps its time
        leaveClock(ptsPid);
        listener.onPmt(program, pmt);
    }

    private @Nullable PidClock clockOf(int pid) {
        return pid == TsPacket.NONE ? null : role(pid).addClock();
    }

    private void leaveClock(int pid) {
        if (pid != TsPacket.NONE) {
            PidRole role = role(pid);
            role.removeClock();
            forgetIfUnneeded(pid, role);
        }
    }

    private void forgetIfUnneeded(int pid, PidRole role) {
        if (!role.isNeeded()) {
            roles[pid] = null;
        }
    }

    private PidRole role(int pid) {
        PidRole role = roles[pid];
        if (role == null) {
            role = new PidRole();
            roles[pid] = role;
        }
        return role;
    }

    private void report(Section section, MalformedDataException cause) {
        listener.onPsiError(
                new SectionError(section.pid(), section.packetIndex(), SectionError.Reason.BAD_TABLE, cause, section));
    }

    /** Sorts sections by their table_id; others than PAT and PMT are left out. */
    private final class Sections implements SectionListener {
        @Override
        public void onSection(Section section) {
            listener.onSection(section);
            if (!section.currentNextIndicator()) {
                return;
            }
            try {
                if (section.tableId() == Pat.TABLE_ID && section.pid() == Pat.PID) {
                    onPatSection(section);
                } else if (section.tableId() == Pmt.TABLE_ID) {
                    onPmtSection(section);
                }
            } catch (MalformedDataException e) {
                report(section, e);
            }
        }

        @Override
        public void onSectionError(SectionError error) {
            listener.onPsiError(error);
        }
    }
}
