// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.file;

import io.github.srtnetty.bootstrap.SrtConnectionMode;
import io.github.srtnetty.bootstrap.SrtUri;
import io.github.srtnetty.examples.cli.Failures;
import io.github.srtnetty.examples.cli.ListenOptions;
import io.github.srtnetty.examples.cli.Session;
import io.github.srtnetty.examples.cli.StandardStreams;
import io.github.srtnetty.examples.cli.UriConverter;
import io.github.srtnetty.examples.cli.Version;
import io.github.srtnetty.examples.media.Loops;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code srt-netty file serve}: sends files of a folder to callers that request them. */
@Command(
        name = "serve",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        footer = {
            UriConverter.HELP,
            "%nExamples:",
            "  srt-netty file serve folder srt://:9000",
            "  srt-netty file serve folder 'srt://:9000?passphrase=file:key'"
        },
        description = "Serve the files of a folder to 'file get' and to libsrt's recvfile, to many peers at a"
                + " time, until stopped.")
final class FileServe implements Callable<Integer> {
    private static final int MOST_AT_A_TIME = 32;

    @Parameters(index = "0", paramLabel = "FOLDER", description = "folder to serve; files outside it are not served")
    private Path folder;

    @Parameters(
            index = "1",
            paramLabel = "URI",
            converter = UriConverter.class,
            description = "address to listen on, for example srt://:9000")
    private SrtUri uri;

    @Option(
            names = "--per-address",
            paramLabel = "N",
            defaultValue = "8",
            description = "maximum number of connections from one address at a time (default: ${DEFAULT-VALUE})")
    private int perAddress;

    @Mixin
    private FileOptions options = new FileOptions();

    @Mixin
    private ListenOptions listenOptions = new ListenOptions();

    private final HashCache hashes = new HashCache();

    @Override
    public Integer call() throws IOException, InterruptedException {
        options.check(uri);
        if (uri.mode() != SrtConnectionMode.LISTENER) {
            throw options.misuse("a server listens: srt://:" + uri.port());
        }
        if (perAddress < 1) {
            throw options.misuse("--per-address " + perAddress + ": must be 1 or more");
        }
        ExecutorService workers = Executors.newFixedThreadPool(MOST_AT_A_TIME, FileServe::worker);
        try (ConfinedFolder root = new ConfinedFolder(folder);
                Loops loops = new Loops();
                Endpoint endpoint = endpoint(loops)) {
            Session.onSignal(endpoint::abort);
            endpoint.open();
            while (true) {
                StreamConnection connection = endpoint.next();
                workers.execute(() -> serveAndTell(endpoint, connection, root));
            }
        }
    }

    private Endpoint endpoint(Loops loops) {
        Places places = new Places(perAddress);
        return new Endpoint(listenOptions.safe(uri), loops, options.requestLimit(), places, Endpoint.ANY_ID);
    }

    private void serveAndTell(Endpoint endpoint, StreamConnection connection, ConfinedFolder root) {
        Transferred sent;
        try (connection) {
            sent = serve(connection, root);
        } catch (IOException e) {
            if (!Session.isEndedBySignal()) {
                endpoint.notices().print(Failures.describe(connection.peer(), e));
            }
            return;
        }
        try {
            StandardStreams.println(sent.toString());
        } catch (IOException e) {
            endpoint.fail(e);
        }
    }

    private Transferred serve(StreamConnection connection, ConfinedFolder root) throws IOException {
        try {
            return answered(connection, root);
        } catch (IOException e) {
            connection.abort(); // data that the peer has not received by now would not arrive during the close either
            throw e;
        }
    }

    private Transferred answered(StreamConnection connection, ConfinedFolder root) throws IOException {
        connection.start();
        int first = connection.header("request").readInt();
        return first == CheckedProtocol.MAGIC
                ? new CheckedProtocol(connection).serve(root, hashes, options.limit())
                : RequestProtocol.serve(connection, Integer.reverseBytes(first), root, options.limit());
    }

    private static Thread worker(Runnable task) {
        Thread thread = new Thread(task, "file-server");
        thread.setDaemon(true);
        return thread;
    }
}
