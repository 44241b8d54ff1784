// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.mpegts;

import io.github.srtnetty.codec.mpegts.MonitoredPid.Continuity;
import io.github.srtnetty.codec.mpegts.MonitoredPid.Use;
import io.netty.buffer.ByteBuf;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The checks of TR 101 290 on synchronised packets, for {@link Tr101290Analyzer}. */
final class Tr101290Monitor {
    private static final int NULL_MASK = 0x9F_FF00;
    private static final int NULL_PACKET = TsPacket.NULL_PID << 8;
    /** A longer step of a PTS is a jump, which does not measure time. */
    private static final long LONGEST_PTS_STEP = Timestamp.PTS_HZ;
    /**
     * The time after which the PCR of another program becomes the reference, because the previous reference has
     * stopped.
     */
    private static final long LONGEST_WITHOUT_REFERENCE = Timestamp.PCR_HZ / 5;

    private final TsPacket cursor = new TsPacket();
    private final StreamClock clock;
    private final Tr101290Reporter reporter;
    private final MonitoredPids pids;
    private final PidReferences references;
    private final PsiTracker tables;
    private final TableMonitor[] monitors;
    private final TableMonitor pat;
    private final TableMonitor cat;
    private final Set<MonitoredPid> scrambled = new HashSet<>();
    private final long catPeriod;
    private final long ptsPeriod;
    private @Nullable MonitoredPid reference;
    private boolean started;
    private long time;

    Tr101290Monitor(StreamClock clock, Tr101290Limits limits, Tr101290Reporter reporter) {
        this.clock = clock;
        this.reporter = reporter;
        pids = new MonitoredPids(clock, limits, reporter);
        references = new PidReferences(pids);
        tables = new PsiTracker(new Tables());
        TableMonitor.Rule[] rules = TableMonitor.Rule.values();
        monitors = new TableMonitor[rules.length];
        for (int i = 0; i < rules.length; i++) {
            monitors[i] = new TableMonitor(rules[i], pids, limits, reporter, references);
            MonitoredPid pid = monitors[i].pid();
            pid.sections = rules[i] == TableMonitor.Rule.PAT ? null : new SectionAssembler(pid.pid(), monitors[i]);
        }
        pat = monitors[TableMonitor.Rule.PAT.ordinal()];
        cat = monitors[TableMonitor.Rule.CAT.ordinal()];
        catPeriod = StreamClock.ticks(limits.cat());
        ptsPeriod = StreamClock.ticks(limits.pts());
    }

    /** Checks the next packets of the stream. */
    void accept(TsPackets packets) {
        if (!started) {
            start();
        }
        clock.arrived();
        ByteBuf bytes = packets.content();
        int stride = packets.format().stride();
        int index = packets.firstIndex();
        long packetIndex = packets.firstPacketIndex();
        for (int i = 0, count = packets.count(); i < count; i++, index += stride, packetIndex++) {
            int header = bytes.getInt(index);
            if ((header & NULL_MASK) == NULL_PACKET && header >>> 24 == TsPacket.SYNC_BYTE) {
                continue;
            }
            MonitoredPid pid = pids.find(header >>> 8 & 0x1FFF);
            if (pid == null || !pid.isNext(header, clock.at(packetIndex), bytes, index)) {
                inspect(cursor.wrap(packets, i), pid, packetIndex);
            }
        }
    }

    private void start() {
        started = true;
        reporter.assessed(Tr101290Check.TS_SYNC_LOSS);
        reporter.assessed(Tr101290Check.SYNC_BYTE);
        reporter.assessed(Tr101290Check.CONTINUITY);
        reporter.assessed(Tr101290Check.TRANSPORT);
    }

    /** Counts missing items, by the host's clock if the PCR has stopped. */
    void tick() {
        clock.tick();
        pids.expire(clock.now());
    }

    private void inspect(TsPacket packet, @Nullable MonitoredPid known, long packetIndex) {
        reporter.at(packetIndex);
        if (!packet.hasSyncByte() || packet.transportErrorIndicator()) {
            inspectDamaged(packet, known);
            return;
        }
        if (packet.adaptationFieldControl() == 0) {
            return; // reserved: receivers discard it (ISO/IEC 13818-1, table 2-5)
        }
        MonitoredPid pid = known == null ? pids.get(packet.pid()) : known;
        boolean first = !pid.isSeen();
        int before = pid.counter();
        Continuity continuity = pid.check(packet);
        if (continuity == Continuity.WRONG) {
            reporter.error(Tr101290Check.CONTINUITY, pid, pid.describe(packet, before));
        }
        long pcr = packet.hasAdaptationField() && continuity != Continuity.DUPLICATE ? packet.pcr27M() : TsPacket.NONE;
        if (pcr != TsPacket.NONE) {
            inspectPcr(pid, pcr, packet.discontinuityIndicator(), packetIndex);
        }
        time = clock.at(packetIndex);
        pids.at(time);
        if (first) {
            pids.appeared(pid, time);
        }
        pid.arrived(time);
        if (packet.transportScramblingControl() != 0) {
            inspectScrambled(packet, pid);
        } else if (packet.payloadUnitStartIndicator() && continuity != Continuity.DUPLICATE && pid.is(Use.MEDIA)) {
            inspectPts(pid, PesHeader.pts90k(packet), packetIndex);
        }
        assemble(packet, pid, packetIndex);
    }

    /**
     * Counts a packet that is used for no other check. If its PID is known, its continuity_counter will be missing
     * there.
     */
    private void inspectDamaged(TsPacket packet, @Nullable MonitoredPid known) {
        MonitoredPid pid = known == null || !known.isSeen() ? null : known;
        if (pid != null) {
            pid.damaged();
        }
        if (!packet.hasSyncByte()) {
            reporter.error(
                    Tr101290Check.SYNC_BYTE,
                    "sync_byte 0x%02x".formatted(packet.bytes().getByte(packet.index())));
        } else if (pid != null) {
            reporter.error(Tr101290Check.TRANSPORT, pid, "transport_error_indicator");
        } else {
            reporter.error(Tr101290Check.TRANSPORT, "transport_error_indicator, PID 0x%x".formatted(packet.pid()));
        }
    }

    private void assemble(TsPacket packet, MonitoredPid pid, long packetIndex) {
        if (pid == pat.pid() || pid.is(Use.PMT)) {
            pat.at(time);
            tables.accept(packet, packetIndex);
        }
        SectionAssembler sections = pid.sections;
        if (sections != null) {
            for (TableMonitor monitor : monitors) {
                monitor.at(time);
            }
            sections.accept(packet, packetIndex);
        }
    }

    private void inspectPcr(MonitoredPid pid, long pcr27M, boolean mayJump, long packetIndex) {
        PcrMonitor pcr = pid.pcr == null ? pids.pcr(pid) : pid.pcr;
        pcr.accept(pcr27M, mayJump, packetIndex);
        MonitoredPid before = reference;
        if (before == null) {
            reference = pid;
            clock.advance(0, false, 0, packetIndex);
        } else if (before == pid) {
            clock.advance(pcr.elapsed(), pcr.isStep(), pcr.packets(), packetIndex);
        } else if (pcr.sinceReference() > LONGEST_WITHOUT_REFERENCE || pid.is(Use.PCR) && !before.is(Use.PCR)) {
            reference = pid;
            clock.advance(pcr.sinceReference(), false, 0, packetIndex);
        }
        pcr.arrived(clock.at(packetIndex));
        pids.expire(clock.now());
    }

    private void inspectScrambled(TsPacket packet, MonitoredPid pid) {
        String detail = "transport_scrambling_control " + packet.transportScramblingControl();
        if (pid == pat.pid()) {
            reporter.error(Tr101290Check.PAT, pid, detail);
        } else if (pid.is(Use.PMT)) {
            reporter.error(Tr101290Check.PMT, pid, detail);
        }
        if (pid.ptsTimer != null) {
            pid.ptsTimer.suspend();
        }
        if (scrambled.add(pid) && cat.pid().tables == null) {
            cat.pid().tables = pids.timer(Tr101290Check.CAT, cat.pid(), "CAT", catPeriod, this::isScrambled);
        }
    }

    private boolean isScrambled(long now) {
        return scrambled.stream().anyMatch(pid -> pid.isScrambled() && pid.lastTime() > now - catPeriod);
    }

    private void inspectPts(MonitoredPid pid, long pts90k, long packetIndex) {
        if (pts90k == TsPacket.NONE) {
            return;
        }
        if (pid.ptsTimer == null) {
            pid.ptsTimer = pids.timer(Tr101290Check.PTS, pid, "PTS", ptsPeriod);
            pid.ptsTimer.restart(time);
        } else {
            pid.ptsTimer.seen(time);
        }
        long step = pid.lastPts90k == TsPacket.NONE ? 0 : Timestamp.difference(pts90k, pid.lastPts90k);
        pid.lastPts90k = pts90k;
        if (pid.ptsEpoch != clock.epoch()) {
            pid.ptsEpoch = clock.epoch();
            pid.ptsTicks = 0; // the step may have begun before the last PCR
        } else if (Math.abs(step) <= LONGEST_PTS_STEP) {
            pid.ptsTicks += step * 300;
            clock.evidence(pid.ptsTicks, packetIndex);
        }
    }

    /** Listener for the PAT and the PMTs. */
    private final class Tables implements PsiListener {
        @Override
        public void onSection(Section section) {
            if (section.pid() == Pat.PID) {
                pat.onSection(section);
            } else if (section.tableId() == Pmt.TABLE_ID) {
                reporter.assessed(Tr101290Check.CRC);
                PresenceTimer timer = pids.get(section.pid()).tables;
                if (timer != null) {
                    timer.seen(time);
                }
            }
        }

        @Override
        public void onPsiError(SectionError error) {
            Section section = error.section();
            if (error.reason() == SectionError.Reason.BAD_CRC
                    && section != null
                    && TableMonitor.isChecked(section.tableId())) {
                String detail = "wrong CRC_32 of table_id 0x%02x".formatted(section.tableId());
                reporter.error(Tr101290Check.CRC, pids.get(error.pid()), detail);
            }
        }

        @Override
        public void onPat(Pat table) {
            references.programs(tables.programs(), table);
        }

        @Override
        public void onPmt(TsProgram program, Pmt pmt) {
            reporter.assessed(Tr101290Check.UNREFERENCED_PID);
            references.pmt(program, pmt);
        }

        @Override
        public void onProgramRemoved(TsProgram program) {
            references.remove(program);
        }
    }
}
