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
 * Tracks the PAT and the PMTs of a stream, and the clocks of its programs. Feed it every packet; a packet of another
 * PID costs one look-up. Not thread-safe.
 *
 * <p>A table counts as changed when its bytes differ, whatever its version_number is. However, a program leaves the PAT
 * only with another version_number (ISO/IEC 13818-1, 2.4.4.5). Alternating PATs with several transport_stream_ids count
 * together. The readable part of a broken PMT is used, and the error is reported as a {@link SectionError}. Tables that
 * are only announced (current_next_indicator 0) are ignored. A PAT of several sections that changes within one version
 * is reported after all its sections were repeated.
 *
 * <p>Tracks the first {@link #DEFAULT_MAX_PROGRAMS} programs of a PAT, or the number passed to the constructor, and
 * reports a PAT with more as a {@link SectionError}. The time for a table grows with its size; the time for a packet
 * does not depend on the tables.
 */
public final class PsiTracker {
    /**
     * The default number of programs: 512, several times the number in the multiplex of a satellite or cable channel.
     * Each takes up to 6 kB while its PMT is received.
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

    /** Creates a tracker of {@link #DEFAULT_MAX_PROGRAMS} programs that reports changes to {@code listener}. */
    public PsiTracker(PsiListener listener) {
        this(listener, DEFAULT_MAX_PROGRAMS);
    }

    /**
     * Creates a tracker that reports changes to {@code listener}.
     *
     * @param maxPrograms the number of programs to track, the first ones of the PAT; 1 to 65535
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

    /** Returns the last PAT, or null before the first. */
    public @Nullable Pat pat() {
        return pat;
    }

    /** Returns the programs of the PAT in its order; a view that changes with it. */
    public Collection<TsProgram> programs() {
        return Collections.unmodifiableCollection(programs.values());
    }

    /** Returns the program with a number, or null if the PAT does not have it. */
    public @Nullable TsProgram program(int programNumber) {
        return programs.get(programNumber);
    }

    /** Accepts the next packet of the stream, whatever its PID. Calls the listener before it returns. */
    public void accept(TsPacket packet, long packetIndex) {
        PidRole role = roles[packet.pid()];
        if (role != null) {
            role.accept(packet, packetIndex);
        }
    }

    /**
     * Returns the number of table entries and PID roles that were processed, which measures the work caused by tables.
     */
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

    /** Accepts the programs in their order. New programs get their roles; programs that stay keep their state. */
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
        leaveClock(pcrPid); // after the new clocks, so that a clock that stays keeps its time
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

    /** Dispatches sections by their table_id; ignores all except PAT and PMT. */
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
