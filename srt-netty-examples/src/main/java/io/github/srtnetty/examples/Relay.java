// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples;

import ch.qos.logback.classic.LoggerContext;
import io.github.srtnetty.bootstrap.SrtConnectionMode;
import io.github.srtnetty.bootstrap.SrtUri;
import io.github.srtnetty.channel.SrtChannelOption;
import io.github.srtnetty.examples.cli.Arguments;
import io.github.srtnetty.examples.cli.Failures;
import io.github.srtnetty.examples.cli.FileNames;
import io.github.srtnetty.examples.cli.Signals;
import io.github.srtnetty.examples.cli.UriConverter;
import io.github.srtnetty.examples.cli.Version;
import io.github.srtnetty.libsrt.Srt;
import io.github.srtnetty.libsrt.SrtTransmissionType;
import io.github.srtnetty.relay.RelayConfig;
import io.github.srtnetty.relay.RelayServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code srt-netty relay}: the relay until a signal ends it. */
@Command(
        name = "relay",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        footer = {
            UriConverter.HELP,
            "%nExamples:",
            "  srt-netty relay --listen 'srt://127.0.0.1:8890?mode=listener'",
            "  srt-netty relay --listen srt://:8890 --config relay.json"
        },
        description = {
            "Relay streams from publishers to players. Both name the stream in their stream id.",
            "SIGHUP reloads the configuration. SIGTERM drains the relay and then ends it. See docs/relay.md."
        })
final class Relay implements Callable<Integer> {
    private static final String NO_HTTP = "off";
    private static final int MAX_PORT = 65_535;
    private static final Pattern HOST_AND_PORT = Pattern.compile("\\[?([^\\[\\]/]+)]?:(\\d{1,5})");

    @Option(
            names = "--listen",
            required = true,
            paramLabel = "URI",
            converter = UriConverter.class,
            description = "address to listen on, for example 'srt://:8890' or 'srt://:8890?latency=500'"
                    + " (milliseconds); may be given several times")
    private List<SrtUri> listen;

    @Option(
            names = "--http",
            paramLabel = "HOST:PORT",
            defaultValue = "127.0.0.1:8080",
            description = "address of the status pages and the control API, or off (default: 127.0.0.1:8080)")
    private String http;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            converter = FileNames.FileConverter.class,
            description = "JSON file that says who may publish and play what, and the limits (default: no file,"
                    + " and only programs on this host may publish and play)")
    private @Nullable Path file;

    @Option(
            names = "--open",
            description = "let anyone publish and play from other hosts where the configuration requires neither a"
                    + " token nor a passphrase")
    private boolean open;

    @Option(
            names = "--read-only-config",
            description = "keep changes of the control API in memory instead of writing them to the configuration")
    private boolean readOnlyConfig;

    @Mixin
    private ClusterOptions cluster = new ClusterOptions();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        InetSocketAddress status = statusAddress();
        for (SrtUri uri : listen) {
            Arguments.require(
                    spec,
                    uri.mode() == SrtConnectionMode.LISTENER,
                    uri + ": a relay only listens; write srt://:port, or add mode=listener");
            Arguments.require(
                    spec,
                    uri.option(SrtChannelOption.SRTO_TRANSTYPE) != SrtTransmissionType.FILE,
                    uri + ": a relay carries live streams; leave out transtype=file");
        }
        cluster.check(spec);
        Srt.ensureAvailability();
        RelayConfig config = load();
        CountDownLatch end = new CountDownLatch(1);
        CompletableFuture<RelayServer> running = new CompletableFuture<>();
        Signals.on("TERM", end::countDown); // before the relay is visible and can receive one
        Signals.on("INT", end::countDown);
        Signals.on("HUP", () -> running.join().reload());
        try (RelayServer relay = RelayServer.start(listen, status, config, file == null ? null : this::load)) {
            running.complete(relay);
            Srt.beforeShutdown(relay::close); // whatever else ends the process
            end.await();
        } finally {
            stopLogging();
        }
        return 0;
    }

    private RelayConfig load() throws IOException {
        try {
            RelayConfig config = file == null ? RelayConfig.DEFAULT : RelayConfig.load(file);
            RelayConfig clustered = cluster.applyTo(config);
            RelayConfig writable = open ? clustered.opened() : clustered;
            return readOnlyConfig ? writable.readOnly() : writable;
        } catch (IOException e) {
            throw new IOException(Failures.describe(e), e);
        }
    }

    private @Nullable InetSocketAddress statusAddress() throws UnknownHostException {
        if (http.equals(NO_HTTP)) {
            return null;
        }
        Matcher parts = HOST_AND_PORT.matcher(http);
        Arguments.require(spec, parts.matches(), "--http " + http + ": must be host:port, or off");
        int port = Integer.parseInt(parts.group(2));
        Arguments.require(
                spec, port <= MAX_PORT, "--http " + http + ": port " + port + " is not between 0 and " + MAX_PORT);
        InetSocketAddress address = new InetSocketAddress(parts.group(1), port);
        if (address.isUnresolved()) {
            throw new UnknownHostException(address.getHostString());
        }
        return address;
    }

    /**
     * Lines are written by a separate thread, so a full pipe blocks no stream; here the last ones are written.
     */
    private static void stopLogging() {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            context.stop();
        }
    }
}
