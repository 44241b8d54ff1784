// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.file;

import io.github.srtnetty.channel.SrtMode;
import io.github.srtnetty.channel.SrtUri;
import io.github.srtnetty.examples.Failures;
import io.github.srtnetty.examples.Session;
import io.github.srtnetty.examples.SrtNetty;
import io.github.srtnetty.examples.StandardStreams;
import io.github.srtnetty.examples.UriConverter;
import io.github.srtnetty.examples.media.Loops;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code srt-netty file serve}: gives files of a folder to who asks for them. */
@Command(
        name = "serve",
        mixinStandardHelpOptions = true,
        versionProvider = SrtNetty.Version.class,
        description =
                "Serve the files of a folder to 'file get' and to libsrt's recvfile, to many at a time, until stopped.")
final class FileServe implements Callable<Integer> {
    private static final int MOST_AT_A_TIME = 32;
    /** Who connects and asks for nothing holds one of these places. */
    private static final Duration REQUEST = Duration.ofSeconds(10);

    @Parameters(index = "0", paramLabel = "FOLDER", description = "the folder; nothing outside of it is served")
    private Path folder;

    @Parameters(
            index = "1",
            paramLabel = "URI",
            converter = UriConverter.class,
            description = "for example srt://:9000")
    private SrtUri uri;

    @Mixin
    private FileOptions options = new FileOptions();

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (uri.mode() != SrtMode.LISTENER) {
            throw options.misuse("a server listens: srt://:" + uri.port());
        }
        Duration timeout = shorter(options.timeout(), REQUEST);
        Root root = new Root(folder);
        ExecutorService workers = Executors.newFixedThreadPool(MOST_AT_A_TIME, FileServe::worker);
        try (Loops loops = new Loops();
                Endpoint endpoint = new Endpoint(uri, loops, timeout, Endpoint.Door.OPEN)) {
            Session.onSignal(endpoint::abort);
            endpoint.open();
            while (true) {
                StreamConnection connection = endpoint.next();
                workers.execute(() -> serveAndTell(endpoint, connection, root));
            }
        }
    }

    private void serveAndTell(Endpoint endpoint, StreamConnection connection, Root root) {
        Transferred sent;
        try (connection) {
            sent = serve(connection, root);
        } catch (IOException e) {
            if (!Session.isEndedBySignal()) {
                System.err.println("srt-netty: " + connection.peer() + ": " + Failures.describe(e));
            }
            return;
        }
        try {
            StandardStreams.println(sent.toString());
        } catch (IOException e) {
            endpoint.fail(e);
        }
    }

    private Transferred serve(StreamConnection connection, Root root) throws IOException {
        connection.start();
        int first = connection.header().readInt();
        connection.setTimeout(options.timeout());
        return first == CheckedProtocol.MAGIC
                ? new CheckedProtocol(connection).serve(root)
                : RequestProtocol.serve(connection, Integer.reverseBytes(first), root);
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private static Thread worker(Runnable task) {
        Thread thread = new Thread(task, "file-server");
        thread.setDaemon(true);
        return thread;
    }
}
