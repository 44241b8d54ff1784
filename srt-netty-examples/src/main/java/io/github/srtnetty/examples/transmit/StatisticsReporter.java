// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.transmit;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.github.srtnetty.channel.SrtChannel;
import io.github.srtnetty.examples.cli.Failures;
import io.github.srtnetty.examples.cli.StandardStreams;
import io.github.srtnetty.examples.media.MediaSink;
import io.github.srtnetty.examples.media.SrtMedium;
import io.github.srtnetty.libsrt.SrtStatistic;
import io.github.srtnetty.libsrt.SrtStatistics;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Reports the statistics of SRT connections at an interval: a table of the most important ones, or all of libsrt's
 * under their C names as CSV or JSON. The interval fields count from one report to the next.
 */
final class StatisticsReporter implements AutoCloseable {
    private static final JsonFactory JSON = new JsonFactory();

    private record Row(String name, String address, Object medium) {}

    private final StatisticsOptions options;
    private final Consumer<IOException> failures;
    private final OutputStream out;
    private final List<Row> rows = new ArrayList<>();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "statistics");
        thread.setDaemon(true);
        return thread;
    });
    private boolean begun;

    /**
     * Prepares to report; the file is created, or emptied, by the first report.
     *
     * @param failures gets the reason when the file cannot be written, once, on any thread
     * @throws IOException when it is already known that the file cannot be written
     */
    StatisticsReporter(StatisticsOptions options, Consumer<IOException> failures) throws IOException {
        this.options = options;
        this.failures = failures;
        try {
            out = options.file.isEmpty()
                    ? new FileOutputStream(FileDescriptor.err)
                    : StandardStreams.output(Path.of(options.file));
        } catch (IOException e) {
            throw failure(e);
        }
    }

    /** Adds an input or output; it is left out of the reports where it is not SRT. */
    void add(String name, String address, Object medium) {
        if (medium instanceof SrtMedium) {
            rows.add(new Row(name, address, medium));
        }
    }

    void start() {
        if (options.seconds == 0) {
            return;
        }
        timer.scheduleAtFixedRate(this::report, options.seconds, options.seconds, TimeUnit.SECONDS);
    }

    @Override
    public synchronized void close() {
        timer.shutdownNow();
        if (!options.file.isEmpty()) {
            try {
                out.close();
            } catch (IOException e) {
                failures.accept(failure(e));
            }
        }
    }

    private synchronized void report() {
        StringBuilder lines = new StringBuilder();
        if (options.format == StatisticsOptions.Format.TABLE) {
            lines.append(String.format(
                    "%-6s %8s %8s %8s %8s %8s %8s %8s%n",
                    "", "Mbit/s", "packets", "lost", "resent", "dropped", "RTT ms", "queued"));
        }
        for (Row row : rows) {
            SrtChannel channel = ((SrtMedium) row.medium).channel();
            SrtStatistics sample = channel == null ? null : channel.sampleStatistics();
            if (sample != null) {
                lines.append(line(row, sample)).append(System.lineSeparator());
            }
        }
        write(lines);
    }

    private void write(StringBuilder lines) {
        if (lines.isEmpty() || timer.isShutdown()) {
            return;
        }
        String header = begun || options.format != StatisticsOptions.Format.CSV ? "" : csvHeader();
        begun = true;
        try {
            out.write((header + lines).getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            timer.shutdown(); // the reports end, the transmission goes on
            failures.accept(failure(e));
        }
    }

    private IOException failure(IOException cause) {
        return Failures.because("cannot write " + (options.file.isEmpty() ? "standard error" : options.file), cause);
    }

    private static String csvHeader() {
        StringBuilder header = new StringBuilder("time,connection,address,dropped");
        for (SrtStatistic field : SrtStatistic.values()) {
            header.append(',').append(field.cName());
        }
        return header + System.lineSeparator();
    }

    private String line(Row row, SrtStatistics sample) {
        return switch (options.format) {
            case TABLE -> tableLine(row, sample);
            case CSV -> csvLine(row, sample);
            case JSON -> jsonLine(row, sample);
        };
    }

    // One direction is all zeros: the sums are those of the other.
    private static String tableLine(Row row, SrtStatistics of) {
        return String.format(
                Locale.ROOT,
                "%-6s %8.2f %8d %8d %8d %8d %8.1f %8d",
                row.name,
                of.asDouble(SrtStatistic.MBPS_RECV_RATE) + of.asDouble(SrtStatistic.MBPS_SEND_RATE),
                of.asLong(SrtStatistic.PKT_RECV) + of.asLong(SrtStatistic.PKT_SENT),
                of.asLong(SrtStatistic.PKT_RCV_LOSS) + of.asLong(SrtStatistic.PKT_SND_LOSS),
                of.asLong(SrtStatistic.PKT_RCV_RETRANS) + of.asLong(SrtStatistic.PKT_RETRANS),
                of.asLong(SrtStatistic.PKT_RCV_DROP) + of.asLong(SrtStatistic.PKT_SND_DROP),
                of.rttMillis(),
                of.asLong(SrtStatistic.PKT_RCV_BUF) + of.asLong(SrtStatistic.PKT_SND_BUF));
    }

    private static String csvLine(Row row, SrtStatistics sample) {
        StringBuilder line =
                new StringBuilder(now()).append(',').append(row.name).append(",\"");
        line.append(row.address.replace("\"", "\"\"")).append("\",").append(dropped(row));
        for (SrtStatistic field : SrtStatistic.values()) {
            line.append(',').append(value(field, sample));
        }
        return line.toString();
    }

    private static String jsonLine(Row row, SrtStatistics sample) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            json.writeStringField("time", now());
            json.writeStringField("connection", row.name);
            json.writeStringField("address", row.address);
            json.writeNumberField("dropped", dropped(row));
            for (SrtStatistic field : SrtStatistic.values()) {
                json.writeFieldName(field.cName());
                json.writeRawValue(value(field, sample));
            }
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory", e);
        }
        return text.toString();
    }

    private static String value(SrtStatistic field, SrtStatistics sample) {
        return field.isFractional()
                ? String.format(Locale.ROOT, "%.3f", sample.asDouble(field))
                : Long.toString(sample.asLong(field));
    }

    private static long dropped(Row row) {
        return row.medium instanceof MediaSink output ? output.dropped() : 0;
    }

    private static String now() {
        return Instant.now().truncatedTo(ChronoUnit.MILLIS).toString();
    }
}
