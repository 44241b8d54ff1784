// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.ts;

import io.github.srtnetty.codec.mpegts.Pat;
import io.github.srtnetty.codec.mpegts.PidStatistics;
import io.github.srtnetty.codec.mpegts.Pmt;
import io.github.srtnetty.codec.mpegts.Tr101290Check;
import io.github.srtnetty.codec.mpegts.Tr101290Counters;
import io.github.srtnetty.codec.mpegts.TsPacket;
import io.github.srtnetty.codec.mpegts.TsProgram;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Makes reports of what the handlers of a pipeline have counted: from the start, or since the last one. */
final class TsReports {
    private static final double TICKS_PER_MILLI = 27_000;
    private static final double TICKS_PER_MICRO = 27;
    private static final double NANOS = 1e9;
    private static final long BITS_PER_PACKET = TsPacket.SIZE * 8L;

    private final TsHandlers handlers;
    private final long[] packets = new long[TsPacket.PID_COUNT];
    private final long[] scrambled = new long[TsPacket.PID_COUNT];
    private final long[] errors = new long[Tr101290Check.values().length];
    private long allPackets;
    private Duration time = Duration.ZERO;

    TsReports(TsHandlers handlers) {
        this.handlers = handlers;
    }

    /** Returns the report since the last one. */
    TsReport sinceLast(long eventsLeftOut) {
        TsReport report = report(eventsLeftOut, this);
        for (PidStatistics pid : handlers.statistics().pids()) {
            packets[pid.pid()] = pid.packets();
            scrambled[pid.pid()] = pid.scrambledPackets();
        }
        for (Tr101290Check check : Tr101290Check.values()) {
            errors[check.ordinal()] = handlers.counters().errors(check);
        }
        allPackets = handlers.statistics().packets();
        time = handlers.elapsed();
        return report;
    }

    /** Returns the report from the start. */
    TsReport fromStart(long eventsLeftOut) {
        return report(eventsLeftOut, new TsReports(handlers));
    }

    private TsReport report(long eventsLeftOut, TsReports before) {
        double interval = handlers.elapsed().minus(before.time).toNanos() / NANOS;
        Map<Integer, String> kinds = kinds();
        List<TsReport.PidRow> pids = new ArrayList<>();
        long nullPackets = 0;
        for (PidStatistics pid : handlers.statistics().pids()) {
            pids.add(pidRow(pid, kinds, before, interval));
            nullPackets += pid.pid() == TsPacket.NULL_PID ? pid.packets() - before.packets[pid.pid()] : 0;
        }
        long all = handlers.statistics().packets() - before.allPackets;
        return new TsReport(
                handlers.elapsed().toNanos() / NANOS,
                interval,
                handlers.format(),
                handlers.rtpPackets(),
                all,
                rate(all, interval),
                nullPackets,
                handlers.skippedBytes(),
                eventsLeftOut,
                pids,
                services(before, interval),
                checks(before));
    }

    private static long rate(long packets, double seconds) {
        return seconds <= 0 ? -1 : Math.round(packets * BITS_PER_PACKET / seconds);
    }

    private TsReport.PidRow pidRow(PidStatistics pid, Map<Integer, String> kinds, TsReports before, double interval) {
        long count = pid.packets() - before.packets[pid.pid()];
        Tr101290Counters counters = handlers.counters();
        long all = 0;
        for (Tr101290Check check : Tr101290Check.values()) {
            all += counters.errors(check, pid.pid());
        }
        return new TsReport.PidRow(
                pid.pid(),
                kinds.getOrDefault(pid.pid(), "in no table"),
                programsOf(pid.pid()),
                count,
                rate(count, interval),
                pid.scrambledPackets() - before.scrambled[pid.pid()],
                counters.errors(Tr101290Check.CONTINUITY, pid.pid()),
                all,
                pcrRow(pid));
    }

    private static TsReport.@Nullable PcrRow pcrRow(PidStatistics pid) {
        if (pid.pcrs() == 0) {
            return null;
        }
        return new TsReport.PcrRow(
                pid.pcrs(),
                Math.max(0, pid.leastPcrStep27M()) / TICKS_PER_MILLI,
                Math.max(0, pid.meanPcrStep27M()) / TICKS_PER_MILLI,
                Math.max(0, pid.greatestPcrStep27M()) / TICKS_PER_MILLI,
                Math.max(0, pid.greatestPcrDeviation27M()) / TICKS_PER_MICRO);
    }

    private List<Integer> programsOf(int pid) {
        return handlers.programs().stream()
                .filter(program -> program.pmtPid() == pid || streamsOf(program).anyMatch(pid))
                .map(TsProgram::programNumber)
                .toList();
    }

    private static Streams streamsOf(TsProgram program) {
        return new Streams(program.pmt());
    }

    private record Streams(@Nullable Pmt pmt) {
        boolean anyMatch(int pid) {
            return pmt != null
                    && (pmt.pcrPid() == pid
                            || pmt.streams().stream().anyMatch(stream -> stream.elementaryPid() == pid));
        }
    }

    private Map<Integer, String> kinds() {
        Map<Integer, String> kinds = new HashMap<>(Map.of(
                Pat.PID,
                "PAT",
                1,
                "CAT",
                0x10,
                "NIT",
                0x11,
                "SDT",
                0x12,
                "EIT",
                0x13,
                "RST",
                0x14,
                "TDT",
                TsPacket.NULL_PID,
                "null packets"));
        for (TsProgram program : handlers.programs()) {
            kinds.put(program.pmtPid(), "PMT");
            Pmt pmt = program.pmt();
            if (pmt != null) {
                kinds.putIfAbsent(pmt.pcrPid(), "PCR");
                pmt.streams()
                        .forEach(stream -> kinds.put(stream.elementaryPid(), Names.ofStreamType(stream.streamType())));
            }
        }
        return kinds;
    }

    private List<TsReport.ServiceRow> services(TsReports before, double interval) {
        Map<Integer, TsReport.ServiceRow> rows = new TreeMap<>();
        for (TsProgram program : handlers.programs()) {
            Pmt pmt = program.pmt();
            List<TsReport.StreamRow> streams = pmt == null
                    ? List.of()
                    : pmt.streams().stream()
                            .map(stream -> new TsReport.StreamRow(
                                    stream.elementaryPid(),
                                    stream.streamType(),
                                    Names.ofStreamType(stream.streamType()),
                                    stream.esInfo()))
                            .toList();
            int number = program.programNumber();
            rows.put(
                    number,
                    new TsReport.ServiceRow(
                            number,
                            handlers.names().name(number),
                            handlers.names().provider(number),
                            program.pmtPid(),
                            pmt == null ? TsPacket.NULL_PID : pmt.pcrPid(),
                            pmt == null ? List.of() : pmt.programInfo(),
                            streams,
                            rate(packetsOf(program, pmt, before), interval),
                            errorsOf(number)));
        }
        return List.copyOf(rows.values());
    }

    private long packetsOf(TsProgram program, @Nullable Pmt pmt, TsReports before) {
        long sum = 0;
        for (PidStatistics pid : handlers.statistics().pids()) {
            if (pid.pid() == program.pmtPid() || new Streams(pmt).anyMatch(pid.pid())) {
                sum += pid.packets() - before.packets[pid.pid()];
            }
        }
        return sum;
    }

    private long[] errorsOf(int program) {
        long[] sums = new long[3];
        Arrays.stream(Tr101290Check.values())
                .forEach(check ->
                        sums[check.priority() - 1] += handlers.counters().programErrors(check, program));
        return sums;
    }

    private List<TsReport.CheckRow> checks(TsReports before) {
        Tr101290Counters counters = handlers.counters();
        return Arrays.stream(Tr101290Check.values())
                .map(check -> new TsReport.CheckRow(
                        check.indicator(),
                        check.priority(),
                        counters.isAssessed(check),
                        counters.errors(check) - before.errors[check.ordinal()],
                        counters.errors(check),
                        counters.outages(check)))
                .toList();
    }
}
