// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.ts;

import io.github.srtnetty.codec.mpegts.Descriptor;
import io.github.srtnetty.codec.mpegts.TsPacket;
import io.github.srtnetty.examples.cli.StandardStreams;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Prints aligned lines for a person. */
final class TextOutput implements TsOutput {
    private static final double NANOS = 1e9;
    private static final double MEGA = 1e6;
    private static final double MICROS_PER_MILLI = 1e3;

    @Override
    public void event(TsEvent event) throws IOException {
        String place = event.pid() < 0 ? "" : String.format("PID 0x%x", event.pid());
        String programs = event.programs().isEmpty() ? "" : " program " + list(event.programs());
        String phase = event.phase().equals("error") ? "" : event.phase() + ": ";
        String id = event.eventId() < 0 ? "" : "event " + event.eventId() + ": ";
        print(
                "%10.3f s  %-22s  %-10s%s  %s%s%s",
                event.time().toNanos() / NANOS, event.name(), place, programs, phase, id, event.detail());
    }

    @Override
    public void interval(TsReport report) throws IOException {
        long errors = report.checks().stream()
                .filter(check -> check.priority() == 1)
                .mapToLong(TsReport.CheckRow::errors)
                .sum();
        String found = report.checks().stream()
                .filter(check -> check.errors() > 0)
                .map(check -> check.name() + ' ' + check.errors())
                .collect(Collectors.joining(", "));
        print(
                "%10.3f s  %s, %d packets, %d null, %d %s of priority 1%s",
                report.seconds(),
                rate(report.bitRate()),
                report.packets(),
                report.nullPackets(),
                errors,
                errors == 1 ? "error" : "errors",
                found.isEmpty() ? "" : "  (" + found + ")");
    }

    @Override
    public void summary(TsReport report) throws IOException {
        print(
                "%.3f s, %d packets of %d bytes%s, %s, %.1f %% null packets, %d bytes skipped",
                report.seconds(),
                report.packets(),
                report.format().stride(),
                report.rtpPackets() > 0 ? " in " + report.rtpPackets() + " of RTP" : "",
                rate(report.bitRate()),
                report.packets() == 0 ? 0.0 : 100.0 * report.nullPackets() / report.packets(),
                report.skippedBytes());
        if (report.eventsLeftOut() > 0) {
            print("%d events were not printed", report.eventsLeftOut());
        }
        for (TsReport.ServiceRow service : report.services()) {
            print(service);
        }
        printPids(report.pids());
        printChecks(report.checks());
    }

    private static void print(TsReport.ServiceRow service) throws IOException {
        String name = service.name().isEmpty() ? "" : " \"" + service.name() + '"';
        String provider = service.provider().isEmpty() ? "" : " of \"" + service.provider() + '"';
        String pcr = service.pcrPid() == TsPacket.NULL_PID ? "no PCR" : String.format("PCR 0x%x", service.pcrPid());
        print("");
        print(
                "program %d%s%s: PMT 0x%x, %s, %s, errors of priority 1/2/3: %d/%d/%d%s",
                service.program(),
                name,
                provider,
                service.pmtPid(),
                pcr,
                rate(service.bitRate()),
                service.errors()[0],
                service.errors()[1],
                service.errors()[2],
                describe(service.descriptors()));
        for (TsReport.StreamRow stream : service.streams()) {
            print("  0x%04x  %-18s%s", stream.pid(), stream.typeName(), describe(stream.descriptors()));
        }
    }

    private static String describe(List<Descriptor> descriptors) {
        return descriptors.stream()
                .map(Names::describe)
                .map(text -> "  " + text)
                .collect(Collectors.joining(";"));
    }

    private static void printPids(List<TsReport.PidRow> pids) throws IOException {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of(
                "PID", "carries", "packets", "Mbit/s", "scrambled", "lost", "PCR ms least/mean/most", "jitter us"));
        for (TsReport.PidRow pid : pids) {
            TsReport.PcrRow pcr = pid.pcr();
            rows.add(List.of(
                    String.format("0x%04x", pid.pid()),
                    pid.kind(),
                    Long.toString(pid.packets()),
                    pid.bitRate() < 0 ? "-" : format("%.3f", pid.bitRate() / MEGA),
                    Long.toString(pid.scrambled()),
                    Long.toString(pid.continuityErrors()),
                    pcr == null
                            ? ""
                            : format("%.1f/%.1f/%.1f", pcr.leastMillis(), pcr.meanMillis(), pcr.greatestMillis()),
                    pcr == null ? "" : jitter(pcr)));
        }
        print("");
        printTable(rows, 2);
    }

    private static void printChecks(List<TsReport.CheckRow> checks) throws IOException {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("TR 101 290", "priority", "errors", "outages"));
        for (TsReport.CheckRow check : checks) {
            rows.add(List.of(
                    check.name(),
                    Integer.toString(check.priority()),
                    check.assessed() ? Long.toString(check.total()) : "not assessed",
                    check.outages() == 0 ? "" : Long.toString(check.outages())));
        }
        print("");
        printTable(rows, 1);
    }

    /** Returns how far PCRs are from the mean rate; that has no meaning where the rate is not constant. */
    private static String jitter(TsReport.PcrRow pcr) {
        boolean variable = pcr.jitterMicros() > pcr.meanMillis() * MICROS_PER_MILLI / 2;
        return variable ? "variable rate" : format("%.1f", pcr.jitterMicros());
    }

    /** Prints columns, the first {@code left} of them to the left. */
    private static void printTable(List<List<String>> rows, int left) throws IOException {
        int[] widths = new int[rows.get(0).size()];
        for (List<String> row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < widths.length; i++) {
                String padding = " ".repeat(widths[i] - row.get(i).length());
                line.append(i == 0 ? "" : "  ").append(i < left ? row.get(i) + padding : padding + row.get(i));
            }
            StandardStreams.println(line.toString().stripTrailing());
        }
    }

    private static String list(List<Integer> numbers) {
        return numbers.stream().map(String::valueOf).collect(Collectors.joining(" "));
    }

    private static String rate(long bitsPerSecond) {
        return bitsPerSecond < 0 ? "bit rate unknown" : format("%.3f Mbit/s", bitsPerSecond / MEGA);
    }

    private static String format(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }

    private static void print(String format, Object... values) throws IOException {
        StandardStreams.println(format(format, values).stripTrailing());
    }
}
