// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.node;

import io.github.srtnetty.relay.config.RelayState;
import io.github.srtnetty.relay.directory.NodeReport;
import io.github.srtnetty.relay.directory.StreamDirectory;
import io.github.srtnetty.relay.stream.LiveStream;
import io.github.srtnetty.relay.stream.StreamSource;
import io.github.srtnetty.relay.stream.Streams;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.lang.management.ManagementFactory;
import java.lang.management.OperatingSystemMXBean;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes the row of this node each {@link #PERIOD}, on its own thread, which may block in the engine while other
 * nodes hang.
 */
public final class NodeReporter implements AutoCloseable {
    /** A row is valid for ten seconds in the cluster, so four may get lost. */
    public static final Duration PERIOD = Duration.ofSeconds(2);

    private static final Logger LOGGER = LoggerFactory.getLogger(NodeReporter.class);

    private final StreamDirectory directory;
    private final Streams streams;
    private final RelayState state;
    private final String version;
    private final OperatingSystemMXBean machine = ManagementFactory.getOperatingSystemMXBean();
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(new DefaultThreadFactory("relay-node", true));
    private long receivedBytes;
    private long sentBytes;
    private long lastNanos;

    private NodeReporter(StreamDirectory directory, Streams streams, RelayState state, String version) {
        this.directory = directory;
        this.streams = streams;
        this.state = state;
        this.version = version;
        receivedBytes = streams.total().receivedBytes.sum();
        sentBytes = streams.total().sentBytes.sum();
        lastNanos = System.nanoTime();
    }

    /**
     * Starts a reporter.
     *
     * @param version the version of this relay
     */
    public static NodeReporter start(StreamDirectory directory, Streams streams, RelayState state, String version) {
        NodeReporter reporter = new NodeReporter(directory, streams, state, version);
        reporter.thread.scheduleAtFixedRate(reporter::report, 0, PERIOD.toMillis(), TimeUnit.MILLISECONDS);
        return reporter;
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }

    private void report() {
        try {
            directory.report(next(System.nanoTime(), Instant.now()));
        } catch (RuntimeException e) {
            LOGGER.error("the report of this node failed", e);
        }
    }

    private NodeReport next(long nowNanos, Instant now) {
        int publishers = 0;
        int players = 0;
        int pulls = 0;
        for (LiveStream stream : streams.all()) {
            StreamSource source = stream.source();
            publishers += source == null || source.isPull() ? 0 : 1;
            pulls += source != null && source.isPull() ? 1 : 0;
            players += stream.players();
        }
        long received = streams.total().receivedBytes.sum();
        long sent = streams.total().sentBytes.sum();
        double seconds = Math.max(0.001, (nowNanos - lastNanos) / (double) TimeUnit.SECONDS.toNanos(1));
        NodeReport report = new NodeReport(
                version,
                now,
                state.isDraining(),
                publishers,
                players,
                pulls,
                Math.round((received - receivedBytes) * Byte.SIZE / seconds),
                Math.round((sent - sentBytes) * Byte.SIZE / seconds),
                load());
        receivedBytes = received;
        sentBytes = sent;
        lastNanos = nowNanos;
        return report;
    }

    private double load() {
        double average = machine.getSystemLoadAverage();
        return average < 0 ? -1 : average / machine.getAvailableProcessors();
    }
}
