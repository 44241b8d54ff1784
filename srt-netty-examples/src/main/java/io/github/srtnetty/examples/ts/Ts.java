// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.ts;

import io.github.srtnetty.codec.mpegts.RtpDecoder;
import io.github.srtnetty.codec.mpegts.Tr101290Check;
import io.github.srtnetty.codec.mpegts.Tr101290Counters;
import io.github.srtnetty.codec.mpegts.Tr101290Limits;
import io.github.srtnetty.codec.mpegts.TsProgram;
import io.github.srtnetty.examples.cli.Arguments;
import io.github.srtnetty.examples.cli.BitRateConverter;
import io.github.srtnetty.examples.cli.Failures;
import io.github.srtnetty.examples.cli.ListenOptions;
import io.github.srtnetty.examples.cli.NamedFiles;
import io.github.srtnetty.examples.cli.SecondsConverter;
import io.github.srtnetty.examples.cli.Session;
import io.github.srtnetty.examples.cli.UriConverter;
import io.github.srtnetty.examples.cli.Version;
import io.github.srtnetty.examples.media.Loops;
import io.github.srtnetty.examples.media.Media;
import io.github.srtnetty.examples.media.MediaOptions;
import io.github.srtnetty.examples.media.MediaSource;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code srt-netty ts}: analyses a transport stream. */
@Command(
        name = "ts",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        footer = {
            UriConverter.HELP,
            "%nExamples:",
            "  srt-netty ts in.ts",
            "  srt-netty ts srt://:4201 --stats 10 --format jsonl"
        },
        description = {
            "Analyse a transport stream according to TR 101 290, from srt://, udp://, a file or"
                    + " standard input (-). Print each error as it is found, and a summary of the stream at"
                    + " the end. A file is read at full speed and timed by its own clock.",
            "The exit code is 1 if there were errors of priority 1, or no PAT or PMT."
        })
public final class Ts implements Callable<Integer> {
    private static final int CHUNK = 7 * 188;
    private static final long TICK_MILLIS = 100;
    /** How long the summary may take when a signal ends the program and nobody reads it. */
    private static final long SUMMARY_MILLIS = 500;

    /** How events and reports look. */
    enum Format {
        TEXT,
        JSONL
    }

    @Parameters(paramLabel = "URI|FILE|-", description = "transport stream to read")
    private String source = "";

    @Option(
            names = "--stats",
            converter = SecondsConverter.class,
            paramLabel = "SECONDS",
            description = "also print a summary at this interval of stream time (default: only at the end)")
    private int seconds;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "TEXT",
            description = "text or jsonl (one object per line) (default: text)")
    private Format format = Format.TEXT;

    @Option(
            names = "--pcr-40ms",
            description = "require a PCR every 40 ms (TR 101 290 before V1.4.1) instead of every 100 ms")
    private boolean pcr40;

    @Option(
            names = "--pid-timeout",
            converter = SecondsConverter.class,
            paramLabel = "SECONDS",
            description = "longest time without packets of a video or audio PID (default: 5)")
    private @Nullable Integer pidSeconds;

    @Option(
            names = "--bitrate",
            converter = BitRateConverter.class,
            paramLabel = "BITS",
            description = "constant bit rate of the stream in bit/s, null packets included; needed to check the"
                    + " accuracy of PCRs (default: no such check)")
    private @Nullable Long bitRate;

    @Option(
            names = "--dvb",
            description = "require NIT, SDT, EIT and TDT; without this option they are checked only after they"
                    + " have appeared")
    private boolean dvb;

    @Option(names = "--once", description = "end when the connection ends, instead of reconnecting")
    private boolean once;

    @Mixin
    private ListenOptions listenOptions = new ListenOptions();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        NamedFiles files = new NamedFiles(spec.commandLine().getParseResult().originalArgs());
        Arguments.parsed(spec, () -> {
            Media.addInput(source, files);
            files.writes(null);
            return files;
        });
        Arguments.require(spec, bitRate == null || bitRate > 0, "--bitrate " + bitRate + ": must be more than 0");
        Arguments.require(
                spec, pidSeconds == null || pidSeconds > 0, "--pid-timeout " + pidSeconds + ": must be 1 or more");
        Tr101290Limits limits = Arguments.parsed(spec, this::limits);
        try (Loops loops = new Loops();
                MediaSource in = input(loops)) {
            boolean live = in.isLive() || Media.isStandardInput(source);
            TsHandlers handlers = new TsHandlers(rtp(), limits, live ? System::nanoTime : () -> 0);
            TsReader reader =
                    new TsReader(handlers, format == Format.TEXT ? new TextOutput() : new JsonOutput(), seconds);
            return analyse(in, loops, reader, handlers, live);
        } catch (CompletionException e) {
            throw new IOException(Failures.describe(Failures.cause(e)), e.getCause());
        }
    }

    private int analyse(MediaSource in, Loops loops, TsReader reader, TsHandlers handlers, boolean live)
            throws IOException, InterruptedException {
        Session.onSignal(() -> {
            in.close();
            finishInTime(reader);
            loops.end();
        });
        ScheduledExecutorService ticks = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "ts-clock");
            thread.setDaemon(true);
            return thread;
        });
        try {
            if (live) {
                ticks.scheduleAtFixedRate(reader::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
            }
            in.open(reader);
            CompletableFuture.anyOf(in.ended(), reader.failed()).join();
        } finally {
            ticks.shutdownNow();
            reader.finish();
        }
        if (reader.failed().isDone()) {
            reader.failed().join();
        }
        if (!reader.hasPackets()) {
            throw new IOException(Media.shown(source) + ": not an MPEG transport stream, it has no packets of"
                    + " 188, 192 or 204 bytes");
        }
        requireTables(handlers);
        return verdict(handlers.counters());
    }

    // A stream may be too short for an error of PAT or PMT by their limits, and yet lack them.
    private void requireTables(TsHandlers handlers) throws IOException {
        String found = ": " + handlers.statistics().packets() + " packets, but no ";
        if (!handlers.hasPat()) {
            throw new IOException(Media.shown(source) + found + "PAT");
        }
        for (TsProgram program : handlers.programs()) {
            if (program.pmt() == null) {
                throw new IOException(Media.shown(source) + found + "PMT of program " + program.programNumber());
            }
        }
    }

    private int verdict(Tr101290Counters counters) {
        long errors = counters.errorsOfPriority(1);
        if (errors == 0) {
            return ExitCode.OK;
        }
        String found = Arrays.stream(Tr101290Check.values())
                .filter(check -> check.priority() == 1 && counters.errors(check) > 0)
                .map(check -> check.indicator() + ' ' + counters.errors(check))
                .collect(Collectors.joining(", "));
        String count = errors + (errors == 1 ? " error" : " errors");
        System.err.println("srt-netty: " + Media.shown(source) + ": " + count + " of priority 1: " + found);
        return ExitCode.SOFTWARE;
    }

    /** Prints the summary unless that blocks. */
    private static void finishInTime(TsReader reader) {
        Thread thread = new Thread(reader::finish, "ts-summary");
        thread.setDaemon(true);
        thread.start();
        try {
            thread.join(SUMMARY_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Tr101290Limits limits() {
        Tr101290Limits limits = pcr40 ? Tr101290Limits.V1_3_1 : Tr101290Limits.DEFAULT;
        if (pidSeconds != null) {
            limits = limits.withPid(Duration.ofSeconds(pidSeconds));
        }
        if (bitRate != null) {
            limits = limits.withConstantBitRate(bitRate);
        }
        return dvb ? limits.withDvbTables(Tr101290Limits.DvbTables.ALL) : limits;
    }

    private RtpDecoder rtp() {
        boolean datagrams = source.startsWith("srt://") || source.startsWith("udp://");
        return datagrams ? RtpDecoder.ofDatagrams() : RtpDecoder.ofStream();
    }

    private MediaSource input(Loops loops) {
        MediaOptions options = new MediaOptions(once, false, CHUNK, MediaOptions.Pace.FULL_SPEED);
        return Arguments.parsed(spec, () -> Media.source(listenOptions.safe(source), loops, options));
    }
}
