// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.mpegts;

import io.github.srtnetty.codec.bits.MalformedDataException;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Follows PAT and PMTs of a stream, and the clocks of its programs. Feed it every packet; those of other PIDs cost one look-up.
 *
 * <p>A table counts as changed when its bytes differ, whatever its version_number says; tables that are only announced
 * (current_next_indicator 0) are left out.
 */
public final class PsiTracker {
    private final PsiListener listener;
    private final @Nullable PidRole[] roles = new PidRole[TsPacket.PID_COUNT];
    private final PatSections patSections = new PatSections();
    private final Map<Integer, TsProgram> programs = new LinkedHashMap<>();
    private final Map<Integer, Section> pmtSections = new HashMap<>();
    private @Nullable Pat pat;

    /** Reports to {@code listener} what changes. */
    public PsiTracker(PsiListener listener) {
        this.listener = listener;
        roles[Pat.PID] = new PidRole(new SectionAssembler(Pat.PID, new Sections()));
    }

    /** The last PAT; null before the first. */
    public @Nullable Pat pat() {
        return pat;
    }

    /** The programs of the PAT in its order; a view that changes with it. */
    public Collection<TsProgram> programs() {
        return Collections.unmodifiableCollection(programs.values());
    }

    /** The program of that number; null when the PAT has none. */
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

    private void onPatSection(Section section) {
        if (!patSections.add(section)) {
            return;
        }
        Pat table = Pat.decode(patSections.sections());
        Map<Integer, TsProgram> before = new HashMap<>(programs);
        programs.clear();
        for (Pat.Program entry : table.programs()) {
            TsProgram known = before.get(entry.programNumber());
            boolean same = known != null && known.pmtPid() == entry.pmtPid();
            TsProgram program = same ? known : new TsProgram(entry.programNumber(), entry.pmtPid());
            programs.put(entry.programNumber(), program);
        }
        before.values().removeIf(program -> programs.get(program.programNumber()) == program);
        before.keySet().forEach(pmtSections::remove);
        pat = table;
        assignRoles();
        before.values().forEach(listener::onProgramRemoved);
        listener.onPat(table);
    }

    private void onPmtSection(Section section) {
        TsProgram program = programs.get(section.tableIdExtension());
        if (program == null || program.pmtPid() != section.pid()) {
            return;
        }
        Section before = pmtSections.put(program.programNumber(), section);
        if (before != null && Arrays.equals(before.array(), section.array())) {
            return;
        }
        Pmt pmt = Pmt.decode(section);
        int pcrPid = program.pcrPid();
        int ptsPid = program.ptsPid();
        program.update(pmt);
        if (program.pcrPid() != pcrPid || program.ptsPid() != ptsPid) {
            leaveClock(program, pcrPid);
            leaveClock(program, ptsPid);
            followClocks(program);
        }
        listener.onPmt(program, pmt);
    }

    /** Gives every PID that a table names its role, after a PAT; assemblers that stay keep the section they are in. */
    private void assignRoles() {
        PidRole[] old = roles.clone();
        Arrays.fill(roles, 1, roles.length, null);
        PidRole pats = old[Pat.PID];
        roles[Pat.PID] = pats == null ? null : new PidRole(pats.assembler());
        for (TsProgram program : programs.values()) {
            int pmtPid = program.pmtPid();
            PidRole before = old[pmtPid];
            SectionAssembler assembler = before == null ? null : before.assembler();
            role(pmtPid).assembleWith(assembler != null ? assembler : new SectionAssembler(pmtPid, new Sections()));
            followClocks(program);
        }
    }

    private void followClocks(TsProgram program) {
        if (program.pcrPid() != TsPacket.NONE) {
            role(program.pcrPid()).addClockOf(program);
        }
        if (program.ptsPid() != TsPacket.NONE) {
            role(program.ptsPid()).addClockOf(program);
        }
    }

    private void leaveClock(TsProgram program, int pid) {
        PidRole role = pid == TsPacket.NONE ? null : roles[pid];
        if (role != null) {
            role.removeClockOf(program);
            roles[pid] = role.isNeeded() ? role : null;
        }
    }

    private PidRole role(int pid) {
        PidRole role = roles[pid];
        if (role == null) {
            role = new PidRole(null);
            roles[pid] = role;
        }
        return role;
    }

    /** Sorts sections by their table_id; others than PAT and PMT are left out. */
    private final class Sections implements SectionListener {
        @Override
        public void onSection(Section section) {
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
                listener.onPsiError(new SectionError(
                        section.pid(), section.packetIndex(), SectionError.Reason.BAD_TABLE, e, section));
            }
        }

        @Override
        public void onSectionError(SectionError error) {
            listener.onPsiError(error);
        }
    }
}
