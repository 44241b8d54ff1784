// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.transmit;

import io.github.srtnetty.examples.cli.Arguments;
import io.github.srtnetty.examples.cli.Failures;
import io.github.srtnetty.examples.cli.FileNames;
import io.github.srtnetty.examples.cli.ListenOptions;
import io.github.srtnetty.examples.cli.NamedFiles;
import io.github.srtnetty.examples.cli.SecondsConverter;
import io.github.srtnetty.examples.cli.Session;
import io.github.srtnetty.examples.cli.Terminal;
import io.github.srtnetty.examples.cli.UriConverter;
import io.github.srtnetty.examples.cli.Version;
import io.github.srtnetty.examples.media.Loops;
import io.github.srtnetty.examples.media.Media;
import io.github.srtnetty.examples.media.MediaOptions;
import io.github.srtnetty.examples.media.MediaSink;
import io.github.srtnetty.examples.media.MediaSource;
import io.github.srtnetty.examples.media.Transmission;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code srt-netty transmit}: copies a live stream from one input to several outputs. */
@Command(
        name = "transmit",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        footer = {
            UriConverter.HELP,
            "%nExamples:",
            "  srt-netty transmit srt://:4201 udp://239.0.0.1:5000 copy.ts --stats 5",
            "  srt-netty transmit in.ts 'srt://127.0.0.1:4202?latency=200'"
        },
        description = {
            "Copy a live stream from IN to every OUT. Each is srt://, udp:// (also multicast),"
                    + " file://, a path, or - for standard input or output.",
            "The command reconnects until it is stopped; it ends when a file ends. From SRT to SRT,"
                    + " payload boundaries are kept. An output that is 8 MiB behind loses new payloads; other"
                    + " outputs are not affected."
        })
public final class Transmit implements Callable<Integer> {
    private static final int LONGEST_PAYLOAD = 1456;
    private static final int SIGNAL_MILLIS = 1000;

    @Parameters(index = "0", paramLabel = "IN", description = "address or file to read")
    private String input;

    @Parameters(index = "1..*", arity = "1..*", paramLabel = "OUT", description = "addresses or files to write")
    private List<String> outputs;

    @Option(names = "--once", description = "end when a connection ends, instead of reconnecting")
    private boolean once;

    @Option(
            names = "--timeout",
            converter = SecondsConverter.class,
            paramLabel = "SECONDS",
            description = "fail when nothing arrives from IN for this time (default: never)")
    private int timeoutSeconds;

    @Option(names = "--source-time", description = "pass the source time of each payload on, from SRT to SRT")
    private boolean sourceTime;

    @Option(
            names = "--chunk",
            paramLabel = "BYTES",
            defaultValue = "1316",
            description = "size of the payloads made from a file or standard input (default: 1316)")
    private int chunkBytes;

    @Option(
            names = "--full-speed",
            description = "read a transport stream from a file at full speed instead of at the pace of its clock")
    private boolean fullSpeed;

    @ArgGroup(exclusive = false)
    private StatisticsOptions statistics = new StatisticsOptions();

    @Mixin
    private ListenOptions listenOptions = new ListenOptions();

    @Spec
    private CommandSpec spec;

    /** Set by lost payloads, failed outputs and failed statistics, which are reported when they happen. */
    private volatile boolean failed;

    @Override
    public Integer call() throws IOException, InterruptedException {
        check();
        MediaOptions options = new MediaOptions(
                once, sourceTime, chunkBytes, fullSpeed ? MediaOptions.Pace.FULL_SPEED : MediaOptions.Pace.BY_CLOCK);
        try (Loops loops = new Loops();
                MediaSource in =
                        Arguments.parsed(spec, () -> Media.source(listenOptions.safe(input), loops, options))) {
            List<MediaSink> out = Arguments.parsed(
                    spec,
                    () -> outputs.stream()
                            .map(output -> Media.sink(listenOptions.safe(output), loops, options))
                            .toList());
            Transmission transmission = new Transmission(in, out, this::report);
            Session.onSignal(() -> {
                finished(transmission)
                        .completeOnTimeout(null, SIGNAL_MILLIS, TimeUnit.MILLISECONDS)
                        .join();
                loops.end();
            });
            transmit(in, out, transmission);
        }
        return failed ? CommandLine.ExitCode.SOFTWARE : CommandLine.ExitCode.OK;
    }

    private void transmit(MediaSource in, List<MediaSink> out, Transmission transmission)
            throws IOException, InterruptedException {
        try (StatisticsReporter reporter = new StatisticsReporter(statistics, this::report)) {
            transmission.open();
            reporter.add("in", Media.shown(input), in);
            for (int i = 0; i < out.size(); i++) {
                reporter.add("out" + (i + 1), Media.shown(outputs.get(i)), out.get(i));
            }
            reporter.start();
            Watchdog watchdog = new Watchdog(transmission, timeoutSeconds);
            CompletableFuture.anyOf(transmission.ended(), watchdog.expired()).join();
            transmission.finish().join();
            if (!failed && !in.isLive() && in.ended().isDone() && !transmission.hasPassedPayload()) {
                throw new IOException(Media.shown(input) + ": is empty, there is nothing to send");
            }
        } catch (CompletionException e) {
            throw new IOException(Failures.describe(Failures.cause(e)), e.getCause());
        } finally {
            finished(transmission).join();
            reportLosses(out, transmission);
        }
    }

    /** Reports a failure of an output or of the statistics; the others continue. Any thread. */
    private void report(Throwable failure) {
        failed = true;
        if (!Session.isEndedBySignal()) {
            System.err.println("srt-netty: " + Failures.describe(failure));
        }
    }

    private static CompletableFuture<Void> finished(Transmission transmission) {
        return transmission.finish().handle((done, failure) -> null);
    }

    private void reportLosses(List<MediaSink> out, Transmission transmission) {
        for (int i = 0; i < out.size(); i++) {
            MediaSink output = out.get(i);
            String name = "srt-netty: " + Media.shown(outputs.get(i));
            if (output.refused() > 0) {
                failed = true;
                System.err.println(name + ": " + output.refused() + " payloads could not be sent");
            }
            if (transmission.hasFailed(output)) {
                if (output.dropped() > 0 && out.size() > 1) {
                    System.err.println(name + ": lost " + output.dropped() + " payloads after it failed");
                }
            } else if (output.dropped() > 0) {
                System.err.println(name + ": dropped " + output.dropped()
                        + " payloads because it had no connection or its queue was full");
            }
        }
    }

    private void check() {
        require(chunkBytes >= 1 && chunkBytes <= LONGEST_PAYLOAD, "--chunk " + chunkBytes + ": must be 1 to 1456");
        require(timeoutSeconds >= 0, "--timeout " + timeoutSeconds + ": must be 0 or more");
        require(statistics.seconds >= 0, "--stats " + statistics.seconds + ": must be 0 or more");
        long standard = Arguments.parsed(
                spec, () -> outputs.stream().filter(Media::isStandardOutput).count());
        require(standard <= 1, "standard output cannot be two outputs");
        require(
                standard == 0 || !Terminal.isOutput(),
                "standard output is a terminal, which cannot show a stream: name a file, or pipe it to a program");
        NamedFiles files = new NamedFiles(spec.commandLine().getParseResult().originalArgs());
        Arguments.parsed(spec, () -> {
            Media.addInput(input, files);
            outputs.forEach(output -> Media.addOutput(output, files));
            if (!statistics.file.isEmpty()) {
                files.writes(FileNames.file(statistics.file));
            }
            return files;
        });
    }

    private void require(boolean condition, String otherwise) {
        Arguments.require(spec, condition, otherwise);
    }
}
