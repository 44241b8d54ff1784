// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.mpegts;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Tracks the PIDs that the PAT, the PMTs and the CAT name, and their uses. */
final class PidReferences {
    private static final int CA_DESCRIPTOR = 0x09;
    /** The program number for references from the CAT or the PAT. */
    private static final int NO_PROGRAM = 0;

    private record Reference(MonitoredPid pid, MonitoredPid.Use use) {}

    private final MonitoredPids pids;
    private final Map<TsProgram, Reference> pmtPids = new HashMap<>();
    private final Map<TsProgram, List<Reference>> byPmt = new HashMap<>();
    private List<Reference> byCat = List.of();
    private List<Reference> byPat = List.of();

    PidReferences(MonitoredPids pids) {
        this.pids = pids;
    }

    /** Accepts the programs of a PAT. */
    void programs(Iterable<TsProgram> programs, Pat pat) {
        for (TsProgram program : programs) {
            pmtPids.computeIfAbsent(program, added -> {
                Reference reference = new Reference(pids.get(added.pmtPid()), MonitoredPid.Use.PMT);
                replace(List.of(), List.of(reference), added.programNumber());
                return reference;
            });
        }
        List<Reference> before = byPat;
        byPat = pat.networkPid().isEmpty()
                ? List.of()
                : List.of(new Reference(pids.get(pat.networkPid().getAsInt()), MonitoredPid.Use.SILENT));
        replace(before, byPat, NO_PROGRAM);
    }

    void remove(TsProgram program) {
        List<Reference> gone = new ArrayList<>(byPmt.getOrDefault(program, List.of()));
        byPmt.remove(program);
        Reference pmtPid = pmtPids.remove(program);
        if (pmtPid != null) {
            gone.add(pmtPid);
        }
        replace(gone, List.of(), program.programNumber());
    }

    /** Accepts a new PMT; PIDs that stay keep their timers. */
    void pmt(TsProgram program, Pmt pmt) {
        List<Reference> now = new ArrayList<>();
        if (pmt.pcrPid() != TsPacket.NULL_PID) {
            now.add(new Reference(pids.get(pmt.pcrPid()), MonitoredPid.Use.PCR));
        }
        addCa(pmt.programInfo(), now);
        boolean disc = Descriptor.isRegistered(pmt.programInfo(), RegistrationDescriptor.HDMV);
        for (Pmt.Stream stream : pmt.streams()) {
            if (stream.elementaryPid() != TsPacket.NULL_PID) {
                now.add(new Reference(pids.get(stream.elementaryPid()), use(stream, disc)));
            }
            addCa(stream.esInfo(), now);
        }
        List<Reference> before = byPmt.put(program, now);
        replace(before == null ? List.of() : before, now, program.programNumber());
        Reference pmtPid = pmtPids.get(program);
        if (pmtPid != null) { // a stream on the same PID may have been removed
            pmtPid.pid.name(program.programNumber());
        }
    }

    /** Accepts a CAT, which names the PIDs of EMMs. */
    void cat(Section section) {
        List<Reference> now = new ArrayList<>();
        int from = Section.LONG_HEADER_SIZE;
        int length = section.size() - Section.CRC_SIZE - from;
        addCa(Descriptor.decodeLoop(section.array(), from, length, cause -> {}), now);
        List<Reference> before = byCat;
        byCat = now;
        replace(before, now, NO_PROGRAM);
    }

    private static MonitoredPid.Use use(Pmt.Stream stream, boolean disc) {
        int type = stream.streamType();
        boolean cues = type == StreamType.SCTE35 && !disc
                || type == StreamType.PRIVATE_PES
                        && Descriptor.isRegistered(stream.esInfo(), RegistrationDescriptor.CUEI);
        if (cues) {
            return MonitoredPid.Use.SILENT;
        }
        return StreamType.isVideo(type) || StreamType.isAudio(type) ? MonitoredPid.Use.MEDIA : MonitoredPid.Use.DATA;
    }

    private void addCa(List<Descriptor> descriptors, List<Reference> to) {
        for (Descriptor descriptor : descriptors) {
            if (descriptor.tag() == CA_DESCRIPTOR && descriptor.data().length() >= 4) {
                int pid = (descriptor.data().at(2) & 0x1F) << 8
                        | descriptor.data().at(3) & 0xFF;
                if (pid != TsPacket.NULL_PID) {
                    to.add(new Reference(pids.get(pid), MonitoredPid.Use.SILENT));
                }
            }
        }
    }

    // PIDs that stay are settled after they have their new uses, so that their timers continue.
    private void replace(List<Reference> before, List<Reference> now, int program) {
        before.forEach(reference -> reference.pid.remove(reference.use, program));
        now.forEach(reference -> reference.pid.add(reference.use, program));
        now.forEach(reference -> pids.settle(reference.pid));
        before.forEach(reference -> pids.settle(reference.pid));
    }
}
