// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.live;

import io.github.srtnetty.bootstrap.SrtConnectionMode;
import io.github.srtnetty.bootstrap.SrtUri;
import io.github.srtnetty.channel.SrtChannel;
import io.github.srtnetty.examples.cli.Arguments;
import io.github.srtnetty.examples.cli.ConnectionEnd;
import io.github.srtnetty.examples.cli.Failures;
import io.github.srtnetty.examples.cli.FileNames;
import io.github.srtnetty.examples.cli.ListenOptions;
import io.github.srtnetty.examples.cli.NamedFiles;
import io.github.srtnetty.examples.cli.SecondsConverter;
import io.github.srtnetty.examples.cli.Session;
import io.github.srtnetty.examples.cli.StandardStreams;
import io.github.srtnetty.examples.cli.StatisticsReport;
import io.github.srtnetty.examples.cli.Terminal;
import io.github.srtnetty.examples.cli.UriConverter;
import io.github.srtnetty.examples.cli.Version;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code srt-netty receive}: writes exactly the bytes that arrive. */
@Command(
        name = "receive",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        footer = {
            UriConverter.HELP,
            "%nExamples:",
            "  srt-netty receive srt://:4201 -o out.ts --once --stats 1",
            "  srt-netty receive 'srt://127.0.0.1:4201?latency=200' > out.ts"
        },
        description = {
            "Write the bytes that arrive over SRT to a file or to standard output, unchanged.",
            "A listener receives from one peer after another and closes further connections while it"
                    + " is busy. A caller ends when its peer closes."
        })
public final class Receive implements Callable<Integer> {
    private static final String STANDARD_OUTPUT = "-";
    /** How long a signal waits for a slow disk, or a pipe that nobody reads. */
    private static final Duration WRITE_OUT = Duration.ofSeconds(1);

    @Parameters(
            paramLabel = "URI",
            converter = UriConverter.class,
            description = "address of the stream, for example 'srt://:4201' (listener) or"
                    + " 'srt://host:4201?latency=200' (caller)")
    private SrtUri uri;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            defaultValue = STANDARD_OUTPUT,
            description = "file to write; an existing file is replaced when the first byte arrives; - is standard"
                    + " output (default: -)")
    private String output;

    @Option(names = "--once", description = "end when the first connection ends; the exit code is 1 if it breaks")
    private boolean once;

    @Option(
            names = "--stats",
            converter = SecondsConverter.class,
            paramLabel = "SECONDS",
            description = "print statistics on standard error at this interval (default: never)")
    private int statsSeconds;

    @Mixin
    private ListenOptions listenOptions = new ListenOptions();

    @Spec
    private CommandSpec spec;

    /** Completes with the first connection, with a failure where it broke. */
    private final CompletableFuture<Optional<IOException>> firstEnd = new CompletableFuture<>();

    @Override
    public Integer call() throws Exception {
        Arguments.require(spec, statsSeconds >= 0, "--stats " + statsSeconds + ": must be 0 or more");
        Arguments.require(spec, !output.isEmpty(), "--output: must be a file, or - for standard output");
        Arguments.require(
                spec,
                !output.equals(STANDARD_OUTPUT) || !Terminal.isOutput(),
                "standard output is a terminal, which cannot show a stream: write it to a file by -o FILE, or pipe it"
                        + " to a program");
        SrtUri at = listenOptions.safe(uri);
        Path file = Arguments.parsed(spec, this::file);
        NamedFiles files = new NamedFiles(spec.commandLine().getParseResult().originalArgs());
        Arguments.parsed(spec, () -> {
            files.writes(file);
            return files;
        });
        FileSink sink = new FileSink(open(file));
        try (sink;
                Session session = new Session(at)) {
            Session.onSignal(() -> finish(session, sink));
            session.open(channel -> receive(channel, sink));
            CompletableFuture.anyOf(firstEnd, sink.written()).join();
            sink.close();
            sink.written().join();
        } catch (CompletionException e) {
            throw Failures.because("cannot write " + StandardStreams.name(file, "output"), Failures.cause(e));
        }
        Optional<IOException> broken = firstEnd.getNow(Optional.empty());
        if (broken.isPresent()) {
            throw broken.get();
        }
        return 0;
    }

    /** Returns the file to write, null for standard output. */
    private @Nullable Path file() {
        Path file = output.equals(STANDARD_OUTPUT) ? null : FileNames.file(output);
        return file == null || StandardStreams.isOutput(file) ? null : file;
    }

    private void receive(SrtChannel channel, FileSink sink) {
        channel.pipeline().addLast(new StatisticsReport(statsSeconds), sink, new ConnectionEnd(this::ended));
    }

    private void ended(Optional<IOException> broken) {
        if (endsWithPeer()) {
            firstEnd.complete(broken);
        } else {
            broken.ifPresent(failure -> System.err.println("srt-netty: " + failure.getMessage()));
        }
    }

    private boolean endsWithPeer() {
        return once || uri.mode() != SrtConnectionMode.LISTENER;
    }

    // On a signal: stop reading, then write what was read.
    private static void finish(Session session, FileSink sink) {
        session.closeChannels();
        sink.close(WRITE_OUT);
    }

    private static OutputStream open(@Nullable Path file) throws IOException {
        try {
            return StandardStreams.output(file);
        } catch (IOException e) {
            throw Failures.because("cannot write " + file, e);
        }
    }
}
