// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples;

import io.github.srtnetty.channel.SrtChannel;
import io.github.srtnetty.channel.SrtMode;
import io.github.srtnetty.channel.SrtUri;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code srt-netty receive}: writes exactly the bytes that arrive. */
@Command(
        name = "receive",
        mixinStandardHelpOptions = true,
        versionProvider = SrtNetty.Version.class,
        description = {
            "Write what arrives over SRT to a file or to standard output, byte for byte.",
            "A listener takes one peer after the other, and closes those that come while one is there;"
                    + " a caller ends when its peer does."
        })
final class Receive implements Callable<Integer> {
    private static final String STANDARD_OUTPUT = "-";

    @Parameters(
            paramLabel = "URI",
            converter = UriConverter.class,
            description = "for example 'srt://:4201' (listener) or 'srt://host:4201?latency=200' (caller)")
    private SrtUri uri;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            defaultValue = STANDARD_OUTPUT,
            description = "file to write, replaced if it exists; - is standard output, the default")
    private String output;

    @Option(names = "--once", description = "end when the first peer closes")
    private boolean once;

    @Option(names = "--stats", paramLabel = "SECONDS", description = "report on standard error every so many seconds")
    private int statsSeconds;

    @Spec
    private CommandSpec spec;

    private final CompletableFuture<Void> firstPeerClosed = new CompletableFuture<>();

    @Override
    public Integer call() throws Exception {
        if (statsSeconds < 0) {
            throw new ParameterException(spec.commandLine(), "--stats " + statsSeconds + ": must be 0 or more");
        }
        FileSink sink = new FileSink(open(output));
        try (sink;
                Session session = new Session(uri)) {
            Session.onSignal(() -> finish(session, sink));
            session.open(channel -> receive(channel, sink));
            boolean endsWithPeer = once || uri.mode() != SrtMode.LISTENER;
            CompletableFuture<Void> end = endsWithPeer ? firstPeerClosed : new CompletableFuture<>();
            CompletableFuture.anyOf(end, sink.written()).join();
            sink.close();
            sink.written().join();
        } catch (CompletionException e) {
            throw new IOException("cannot write " + output + ": " + Failures.describe(e.getCause()), e.getCause());
        }
        return 0;
    }

    private void receive(SrtChannel channel, FileSink sink) {
        channel.pipeline().addLast(new StatisticsReport(statsSeconds), sink);
        channel.closeFuture().addListener(closed -> firstPeerClosed.complete(null));
    }

    /** On a signal: no more reading, then what was read is written. */
    private static void finish(Session session, FileSink sink) {
        session.close();
        sink.close();
    }

    private static OutputStream open(String output) throws IOException {
        return output.equals(STANDARD_OUTPUT)
                ? new FileOutputStream(FileDescriptor.out)
                : Files.newOutputStream(Path.of(output));
    }
}
