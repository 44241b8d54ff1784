// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.ts;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.github.srtnetty.codec.mpegts.Descriptor;
import io.github.srtnetty.examples.cli.StandardStreams;
import java.io.IOException;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.List;

/** Prints one JSON object a line: for each event, each report and the summary. */
final class JsonOutput implements TsOutput {
    private static final JsonFactory FACTORY = new JsonFactory();
    private static final int MICROSECONDS = 6;
    private static final int NONE = -1;

    private interface Body {
        void writeTo(JsonGenerator out) throws IOException;
    }

    @Override
    public void event(TsEvent event) throws IOException {
        print(out -> {
            out.writeStringField("type", event.type());
            out.writeStringField("name", event.name());
            if (event.priority() > 0) {
                out.writeNumberField("priority", event.priority());
            }
            out.writeStringField("phase", event.phase());
            writeSeconds(out, "time", seconds(event.time()));
            if (event.pid() != NONE) {
                out.writeNumberField("pid", event.pid());
            }
            writeInts(out, "programs", event.programs());
            if (event.packet() != NONE) {
                out.writeNumberField("packet", event.packet());
            }
            if (event.phase().equals("end")) {
                writeSeconds(out, "missed", seconds(event.missed()));
            }
            if (event.eventId() != NONE) {
                out.writeNumberField("event_id", event.eventId());
            }
            out.writeStringField("detail", event.detail());
        });
    }

    @Override
    public void interval(TsReport report) throws IOException {
        print(out -> write(out, "stats", report));
    }

    @Override
    public void summary(TsReport report) throws IOException {
        print(out -> write(out, "summary", report));
    }

    private static void write(JsonGenerator out, String type, TsReport report) throws IOException {
        out.writeStringField("type", type);
        writeSeconds(out, "time", report.seconds());
        writeSeconds(out, "seconds", report.interval());
        out.writeNumberField("packet_size", report.format().stride());
        out.writeNumberField("rtp_packets", report.rtpPackets());
        out.writeNumberField("packets", report.packets());
        writeRate(out, report.bitRate());
        out.writeNumberField("null_packets", report.nullPackets());
        out.writeNumberField("skipped_bytes", report.skippedBytes());
        out.writeNumberField("events_left_out", report.eventsLeftOut());
        out.writeArrayFieldStart("pids");
        for (TsReport.PidRow pid : report.pids()) {
            write(out, pid);
        }
        out.writeEndArray();
        out.writeArrayFieldStart("services");
        for (TsReport.ServiceRow service : report.services()) {
            write(out, service);
        }
        out.writeEndArray();
        out.writeArrayFieldStart("tr101290");
        for (TsReport.CheckRow check : report.checks()) {
            out.writeStartObject();
            out.writeStringField("name", check.name());
            out.writeNumberField("priority", check.priority());
            out.writeBooleanField("assessed", check.assessed());
            out.writeNumberField("errors", check.errors());
            out.writeNumberField("total", check.total());
            out.writeNumberField("outages", check.outages());
            out.writeEndObject();
        }
        out.writeEndArray();
    }

    private static void write(JsonGenerator out, TsReport.PidRow pid) throws IOException {
        out.writeStartObject();
        out.writeNumberField("pid", pid.pid());
        out.writeStringField("kind", pid.kind());
        writeInts(out, "programs", pid.programs());
        out.writeNumberField("packets", pid.packets());
        writeRate(out, pid.bitRate());
        out.writeNumberField("scrambled_packets", pid.scrambled());
        out.writeNumberField("continuity_errors", pid.continuityErrors());
        out.writeNumberField("errors", pid.errors());
        TsReport.PcrRow pcr = pid.pcr();
        if (pcr != null) {
            out.writeObjectFieldStart("pcr");
            out.writeNumberField("count", pcr.count());
            writeSeconds(out, "min_ms", pcr.leastMillis());
            writeSeconds(out, "mean_ms", pcr.meanMillis());
            writeSeconds(out, "max_ms", pcr.greatestMillis());
            writeSeconds(out, "jitter_us", pcr.jitterMicros());
            out.writeEndObject();
        }
        out.writeEndObject();
    }

    private static void write(JsonGenerator out, TsReport.ServiceRow service) throws IOException {
        out.writeStartObject();
        out.writeNumberField("program", service.program());
        out.writeStringField("name", service.name());
        out.writeStringField("provider", service.provider());
        out.writeNumberField("pmt_pid", service.pmtPid());
        out.writeNumberField("pcr_pid", service.pcrPid());
        writeRate(out, service.bitRate());
        for (int priority = 1; priority <= service.errors().length; priority++) {
            out.writeNumberField("errors_priority_" + priority, service.errors()[priority - 1]);
        }
        write(out, service.descriptors());
        out.writeArrayFieldStart("streams");
        for (TsReport.StreamRow stream : service.streams()) {
            out.writeStartObject();
            out.writeNumberField("pid", stream.pid());
            out.writeNumberField("stream_type", stream.type());
            out.writeStringField("kind", stream.typeName());
            write(out, stream.descriptors());
            out.writeEndObject();
        }
        out.writeEndArray();
        out.writeEndObject();
    }

    private static void write(JsonGenerator out, List<Descriptor> descriptors) throws IOException {
        out.writeArrayFieldStart("descriptors");
        for (Descriptor descriptor : descriptors) {
            out.writeStartObject();
            out.writeNumberField("tag", descriptor.tag());
            String name = Names.ofDescriptor(descriptor.tag());
            if (name != null) {
                out.writeStringField("name", name);
            }
            out.writeStringField("data", descriptor.data().hex());
            out.writeEndObject();
        }
        out.writeEndArray();
    }

    /** Writes bit/s, where they are known. */
    private static void writeRate(JsonGenerator out, long bitsPerSecond) throws IOException {
        if (bitsPerSecond != NONE) {
            out.writeNumberField("bitrate", bitsPerSecond);
        }
    }

    private static void writeInts(JsonGenerator out, String key, List<Integer> values) throws IOException {
        out.writeArrayFieldStart(key);
        for (int value : values) {
            out.writeNumber(value);
        }
        out.writeEndArray();
    }

    private static void writeSeconds(JsonGenerator out, String key, double value) throws IOException {
        BigDecimal rounded = BigDecimal.valueOf(value).setScale(MICROSECONDS, RoundingMode.HALF_UP);
        out.writeFieldName(key);
        out.writeNumber(
                rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString());
    }

    private static double seconds(Duration time) {
        return time.toNanos() / 1e9;
    }

    private static void print(Body body) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator out = FACTORY.createGenerator(text)) {
            out.writeStartObject();
            body.writeTo(out);
            out.writeEndObject();
        }
        StandardStreams.println(text.toString());
    }
}
