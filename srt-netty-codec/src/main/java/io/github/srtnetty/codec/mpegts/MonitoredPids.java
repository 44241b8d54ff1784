// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.mpegts;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/** All PIDs of a stream, with their timers. Finds PIDs that no table names (TR 101 290, 3.4). */
final class MonitoredPids {
    private static final int LAST_RESERVED_PID = 0x1F;
    /** The PID of ATSC's base tables, which no PMT names. */
    private static final int ATSC_BASE_PID = 0x1FFB;

    private final @Nullable MonitoredPid[] byPid = new MonitoredPid[TsPacket.PID_COUNT];
    private final PresenceTimers timers = new PresenceTimers();
    private final List<MonitoredPid> unreferenced = new ArrayList<>();
    private final StreamClock clock;
    private final Tr101290Limits limits;
    private final Tr101290Reporter reporter;
    private final long longestUnreferenced;
    private long nextUnreferenced = Long.MAX_VALUE;
    private long time;

    MonitoredPids(StreamClock clock, Tr101290Limits limits, Tr101290Reporter reporter) {
        this.clock = clock;
        this.limits = limits;
        this.reporter = reporter;
        longestUnreferenced = StreamClock.ticks(limits.unreferenced());
    }

    @Nullable
    MonitoredPid find(int pid) {
        return byPid[pid];
    }

    MonitoredPid get(int pid) {
        MonitoredPid known = byPid[pid];
        if (known == null) {
            known = new MonitoredPid(pid);
            byPid[pid] = known;
        }
        return known;
    }

    /** Sets the time of the current packet. */
    void at(long time) {
        this.time = time;
    }

    private long now() {
        return Math.max(time, clock.now());
    }

    /** Notes the first packet of a PID. */
    void appeared(MonitoredPid pid, long time) {
        if (!pid.isReferenced() && !isExempt(pid.pid())) {
            watch(pid, time);
        }
    }

    private boolean isExempt(int pid) {
        return pid <= LAST_RESERVED_PID
                || pid == ATSC_BASE_PID
                || pid == TsPacket.NULL_PID
                || limits.privatePids().contains(pid);
    }

    private void watch(MonitoredPid pid, long time) {
        pid.unreferencedSince = time;
        if (!pid.watched) {
            pid.watched = true;
            unreferenced.add(pid);
        }
        nextUnreferenced = Math.min(nextUnreferenced, time + longestUnreferenced);
    }

    /** Sets the timers that the uses of a PID require. */
    void settle(MonitoredPid pid) {
        settleReference(pid);
        long period = pid.is(MonitoredPid.Use.MEDIA) || pid.is(MonitoredPid.Use.PCR)
                ? StreamClock.ticks(limits.pid())
                : pid.is(MonitoredPid.Use.DATA) ? StreamClock.ticks(limits.dataPid()) : 0;
        if (period > 0 && (pid.presence == null || !pid.presence.has(period))) {
            stop(pid.presence);
            pid.presence = timer(Tr101290Check.PID, pid, "packet", period);
            pid.longestGap(period);
        } else if (period == 0 && pid.presence != null) {
            stop(pid.presence);
            pid.presence = null;
            pid.longestGap(Long.MAX_VALUE);
        }
        if (!pid.is(MonitoredPid.Use.MEDIA) && pid.ptsTimer != null) {
            stop(pid.ptsTimer);
            pid.ptsTimer = null;
        }
        settlePcr(pid);
        if (pid.is(MonitoredPid.Use.PMT) && pid.tables == null) {
            pid.inspectAll();
            pid.tables = timer(Tr101290Check.PMT, pid, "PMT", StreamClock.ticks(limits.pmt()));
        } else if (!pid.is(MonitoredPid.Use.PMT) && pid.tables != null && pid.pid() > LAST_RESERVED_PID) {
            stop(pid.tables);
            pid.tables = null;
        }
    }

    private void settleReference(MonitoredPid pid) {
        if (!pid.isReferenced()) {
            if (pid.isSeen() && pid.unreferencedSince == Long.MAX_VALUE && !isExempt(pid.pid())) {
                watch(pid, now());
            }
            return;
        }
        if (pid.unreferencedReported) {
            reporter.end(Tr101290Check.UNREFERENCED_PID, pid, now() - pid.unreferencedSince, "a table names the PID");
        }
        pid.unreferencedReported = false;
        pid.unreferencedSince = Long.MAX_VALUE;
    }

    private void settlePcr(MonitoredPid pid) {
        boolean wanted = pid.is(MonitoredPid.Use.PCR);
        if (!wanted && pid.pcr == null) {
            return;
        }
        PcrMonitor pcr = pcr(pid);
        if (wanted && pcr.timer == null) {
            pcr.timer = timer(Tr101290Check.PCR_REPETITION, pid, "PCR", StreamClock.ticks(limits.pcrRepetition()));
        } else if (!wanted && pcr.timer != null) {
            stop(pcr.timer);
            pcr.timer = null;
        }
    }

    /** Returns the PCR monitor of a PID. */
    PcrMonitor pcr(MonitoredPid pid) {
        PcrMonitor pcr = pid.pcr;
        if (pcr == null) {
            pcr = new PcrMonitor(pid, clock, limits, reporter);
            pid.pcr = pcr;
        }
        return pcr;
    }

    /** Returns a timer that runs from now on. */
    PresenceTimer timer(Tr101290Check check, MonitoredPid pid, String name, long period) {
        PresenceTimer timer = new PresenceTimer(check, pid, name, period, now(), reporter);
        timers.add(timer);
        return timer;
    }

    /** Returns a timer that runs from now on while {@code expected} is true. */
    PresenceTimer timer(Tr101290Check check, MonitoredPid pid, String name, long period, LongPredicate expected) {
        PresenceTimer timer = new PresenceTimer(check, pid, name, period, now(), reporter, expected);
        timers.add(timer);
        return timer;
    }

    private void stop(@Nullable PresenceTimer timer) {
        if (timer != null) {
            timers.remove(timer);
        }
    }

    /** Counts everything that is missing. */
    void expire(long now) {
        timers.expire(now);
        if (now < nextUnreferenced) {
            return;
        }
        nextUnreferenced = Long.MAX_VALUE;
        unreferenced.removeIf(pid -> isSettled(pid, now));
    }

    /** Returns whether a PID need not be checked again. */
    private boolean isSettled(MonitoredPid pid, long now) {
        long due = pid.unreferencedSince == Long.MAX_VALUE ? 0 : pid.unreferencedSince + longestUnreferenced;
        boolean comes = pid.lastTime() >= pid.unreferencedSince;
        if (due != 0 && (now <= due || !comes)) {
            nextUnreferenced = Math.min(nextUnreferenced, now <= due ? due + 1 : now + longestUnreferenced);
            return false;
        }
        pid.watched = false;
        if (due != 0) {
            pid.unreferencedReported = true;
            reporter.begin(Tr101290Check.UNREFERENCED_PID, pid, "no table names the PID");
            reporter.missing(Tr101290Check.UNREFERENCED_PID, pid, 1);
        }
        return true;
    }
}
