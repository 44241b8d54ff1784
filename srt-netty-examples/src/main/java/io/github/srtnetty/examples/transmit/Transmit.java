// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.transmit;

import io.github.srtnetty.examples.Failures;
import io.github.srtnetty.examples.Session;
import io.github.srtnetty.examples.SrtNetty;
import io.github.srtnetty.examples.media.FanOut;
import io.github.srtnetty.examples.media.Input;
import io.github.srtnetty.examples.media.Loops;
import io.github.srtnetty.examples.media.Media;
import io.github.srtnetty.examples.media.MediaOptions;
import io.github.srtnetty.examples.media.Output;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code srt-netty transmit}: carries a live stream from one place to others. */
@Command(
        name = "transmit",
        mixinStandardHelpOptions = true,
        versionProvider = SrtNetty.Version.class,
        description = {
            "Carry a stream from IN to every OUT: srt://, udp:// (multicast too), file:// or a path, - for standard input"
                    + " and output.",
            "Connects again until it is stopped, or until a file ends. From SRT to SRT each payload stays one. An output"
                    + " that is 8 MiB behind loses what comes, the others do not notice."
        })
public final class Transmit implements Callable<Integer> {
    private static final int LONGEST_PAYLOAD = 1456;
    private static final int SIGNAL_MILLIS = 1200;

    @Parameters(index = "0", paramLabel = "IN", description = "where to read")
    private String input;

    @Parameters(index = "1..*", arity = "1..*", paramLabel = "OUT", description = "where to write")
    private List<String> outputs;

    @Option(names = "--once", description = "end when a connection ends, instead of connecting again")
    private boolean once;

    @Option(names = "--timeout", paramLabel = "SECONDS", description = "fail when nothing comes from IN for so long")
    private int timeoutSeconds;

    @Option(names = "--source-time", description = "hand the times of the payloads on, from SRT to SRT")
    private boolean sourceTime;

    @Option(
            names = "--chunk",
            paramLabel = "BYTES",
            defaultValue = "1316",
            description = "payload to make of a file or of standard input, 1316 if not given")
    private int chunkBytes;

    @Option(names = "--full-speed", description = "read a transport stream from a file not by its clock, but at once")
    private boolean fullSpeed;

    @ArgGroup(exclusive = false)
    private StatisticsOptions statistics = new StatisticsOptions();

    @Spec
    private CommandSpec spec;

    private final List<Output> opened = new ArrayList<>();

    @Override
    public Integer call() throws IOException, InterruptedException {
        check();
        MediaOptions options = new MediaOptions(
                once, sourceTime, chunkBytes, fullSpeed ? MediaOptions.Pace.FULL_SPEED : MediaOptions.Pace.BY_CLOCK);
        try (Loops loops = new Loops();
                Input in = media(() -> Media.input(input, loops, options))) {
            for (String output : outputs) {
                opened.add(media(() -> Media.output(output, loops, options)));
            }
            Runnable closing = in::close;
            Session.onSignal(() -> {
                closing.run();
                finish().completeOnTimeout(null, SIGNAL_MILLIS, TimeUnit.MILLISECONDS)
                        .join();
                loops.end();
            });
            transmit(in, new FanOut(opened));
        }
        return 0;
    }

    private void transmit(Input in, FanOut fanOut) throws IOException, InterruptedException {
        for (Output output : opened) {
            output.open();
        }
        in.open(fanOut);
        try (StatisticsReporter reporter = new StatisticsReporter(statistics)) {
            reporter.add("in", Media.shown(input), in);
            for (int i = 0; i < opened.size(); i++) {
                reporter.add("out" + (i + 1), Media.shown(outputs.get(i)), opened.get(i));
            }
            reporter.start();
            awaitEnd(in, new Watchdog(fanOut, timeoutSeconds));
        } catch (CompletionException e) {
            throw new IOException(Failures.describe(e.getCause()), e.getCause());
        } finally {
            in.close();
            finish().join();
            tellDropped();
        }
    }

    private void awaitEnd(Input in, Watchdog watchdog) {
        CompletableFuture<?>[] ends = new CompletableFuture<?>[opened.size() + 2];
        ends[0] = in.ended();
        ends[1] = watchdog.barked();
        for (int i = 0; i < opened.size(); i++) {
            ends[i + 2] = opened.get(i).ended();
        }
        CompletableFuture.anyOf(ends).join();
    }

    private CompletableFuture<Void> finish() {
        return CompletableFuture.allOf(opened.stream().map(Output::finish).toArray(CompletableFuture<?>[]::new));
    }

    private void tellDropped() {
        for (int i = 0; i < opened.size(); i++) {
            if (opened.get(i).dropped() > 0) {
                System.err.println("srt-netty: " + Media.shown(outputs.get(i)) + ": dropped "
                        + opened.get(i).dropped() + " payloads, for which it had no connection or no room");
            }
        }
    }

    private interface Maker<T> {
        T make();
    }

    /** A wrong address is wrong usage. */
    private <T> T media(Maker<T> maker) {
        try {
            return maker.make();
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private void check() {
        require(chunkBytes >= 1 && chunkBytes <= LONGEST_PAYLOAD, "--chunk " + chunkBytes + ": must be 1 to 1456");
        require(timeoutSeconds >= 0, "--timeout " + timeoutSeconds + ": must be 0 or more");
        require(statistics.seconds >= 0, "--stats " + statistics.seconds + ": must be 0 or more");
        long standard = outputs.stream().filter(Media::isStandardStream).count();
        require(standard <= 1, "standard output cannot be two outputs");
    }

    private void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new ParameterException(spec.commandLine(), otherwise);
        }
    }
}
