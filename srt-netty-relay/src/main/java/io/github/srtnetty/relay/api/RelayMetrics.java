// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.api;

import io.github.srtnetty.channel.SrtServerChannel;
import io.github.srtnetty.libsrt.PeerText;
import io.github.srtnetty.libsrt.SrtStatistic;
import io.github.srtnetty.libsrt.SrtStatistics;
import io.github.srtnetty.relay.monitor.CloseCause;
import io.github.srtnetty.relay.stream.LiveStream;
import io.github.srtnetty.relay.stream.StreamSink;
import io.github.srtnetty.relay.stream.StreamSource;
import io.github.srtnetty.relay.streamid.Role;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * The content of /metrics. Only names that the relay has admitted become labels, and they are removed with their
 * stream, so strangers cannot make the page grow.
 */
public final class RelayMetrics implements AutoCloseable {
    private record Row<T>(String name, String help, ToDoubleFunction<T> value) {}

    private static final List<Row<StatusView>> COUNTERS = List.of(
            row(
                    "relay.received.packets",
                    "packets that publishers sent",
                    view -> sum(view.streams().total().receivedPackets)),
            row(
                    "relay.received.bytes",
                    "bytes that publishers sent",
                    view -> sum(view.streams().total().receivedBytes)),
            row(
                    "relay.sent.packets",
                    "packets handed to libsrt for players",
                    view -> sum(view.streams().total().sentPackets)),
            row(
                    "relay.sent.bytes",
                    "bytes handed to libsrt for players",
                    view -> sum(view.streams().total().sentBytes)),
            row(
                    "relay.dropped.packets",
                    "packets that slow players lost",
                    view -> sum(view.streams().total().droppedPackets)),
            row(
                    "relay.dropped.bytes",
                    "bytes that slow players lost",
                    view -> sum(view.streams().total().droppedBytes)),
            row(
                    "relay.slow.disconnects",
                    "players disconnected because they were too slow",
                    view -> sum(view.streams().total().slowDisconnects)),
            row(
                    "relay.sending.players",
                    "players that sent payloads",
                    view -> sum(view.callers().sendingPlayers())),
            row(
                    "relay.two.stream.ids",
                    "connections closed because their handshake held two stream ids",
                    view -> sum(view.callers().twoStreamIds())),
            row(
                    "relay.accepted.publishers",
                    "publishers accepted",
                    view -> sum(view.callers().accepted(Role.PUBLISH))),
            row(
                    "relay.accepted.players",
                    "players accepted",
                    view -> sum(view.callers().accepted(Role.PLAY))));
    private static final List<Row<StatusView>> GAUGES = List.of(
            row(
                    "relay.connections",
                    "publishers and players connected",
                    view -> view.connections().getAsInt()),
            row(
                    "relay.streams",
                    "streams with a publisher or a player",
                    view -> view.streams().all().size()),
            row(
                    "relay.draining",
                    "1 after a drain was requested",
                    view -> view.state().isDraining() ? 1 : 0));
    private static final List<Row<LiveStream>> STREAM_GAUGES = List.of(
            row("relay.stream.live", "1 with a publisher", stream -> stream.source() == null ? 0 : 1),
            row("relay.stream.players", "players", stream -> stream.sinks().size()),
            row(
                    "relay.stream.received.bytes",
                    "bytes received from its publishers",
                    stream -> sum(stream.counters().receivedBytes)),
            row(
                    "relay.stream.dropped.packets",
                    "packets that its slow players lost",
                    stream -> sum(stream.counters().droppedPackets)),
            row("relay.stream.queued.bytes", "memory queued for its players, in bytes", RelayMetrics::queuedBytes),
            row("relay.stream.lost.packets", "packets lost from its publisher", RelayMetrics::lostPackets),
            row(
                    "relay.stream.undelivered.packets",
                    "packets of its publisher that arrived too late or never",
                    RelayMetrics::undeliveredPackets),
            row("relay.stream.rtt.seconds", "round trip time to its publisher", RelayMetrics::rttSeconds));

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final StatusView view;
    private final EventMetrics events;
    private final List<MultiGauge> streamGauges = new ArrayList<>();
    private final Set<Integer> rejectCodes = new HashSet<>(); // that have a meter; guarded by this
    private final Counter reloads = reloadCounter("ok");
    private final Counter failedReloads = reloadCounter("failed");

    /** Registers the metrics of a relay. */
    public RelayMetrics(StatusView view) {
        this.view = view;
        events = new EventMetrics(view, registry);
        AuthMetrics.register(view.authority(), registry);
        ClusterMetrics.register(view, registry);
        for (Row<StatusView> row : COUNTERS) {
            FunctionCounter.builder(row.name, view, row.value)
                    .description(row.help)
                    .register(registry);
        }
        for (Row<StatusView> row : GAUGES) {
            Gauge.builder(row.name, view, row.value).description(row.help).register(registry);
        }
        for (Row<LiveStream> row : STREAM_GAUGES) {
            streamGauges.add(MultiGauge.builder(row.name).description(row.help).register(registry));
        }
        view.callers()
                .limited()
                .forEach((limit, count) -> FunctionCounter.builder("relay.limited.callers", count, RelayMetrics::sum)
                        .description("callers rejected with 1402, by the limit that was reached")
                        .tag("limit", limit.toString())
                        .register(registry));
        for (CloseCause cause : CloseCause.values()) {
            FunctionCounter.builder("relay.closed.publishers", view.callers().closed(cause), RelayMetrics::sum)
                    .description("publishers closed by the relay, by cause")
                    .tag("cause", cause.toString())
                    .register(registry);
        }
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
    }

    /** Adds the gauge of a listener that is bound. The caller keeps the listener: the gauge holds a weak reference. */
    public void addListener(SrtServerChannel listener) {
        Gauge.builder("relay.handshake.share", listener, SrtServerChannel::handshakeShare)
                .description(
                        "share of the handshakes that reach a listener: below 1 while" + " handshakesInAll is exceeded")
                .tag("listener", PeerText.hostAndPort(listener.localAddress()))
                .register(registry);
    }

    /** Counts an attempt to reload the configuration. */
    public void reloaded(boolean worked) {
        (worked ? reloads : failedReloads).increment();
    }

    /** Returns the current page. */
    public synchronized String scrape() {
        events.update();
        List<LiveStream> streams = List.copyOf(view.streams().all());
        for (int i = 0; i < streamGauges.size(); i++) {
            Row<LiveStream> row = STREAM_GAUGES.get(i);
            List<MultiGauge.Row<?>> rows = new ArrayList<>();
            for (LiveStream stream : streams) {
                rows.add(MultiGauge.Row.of(Tags.of("stream", stream.name()), stream, row.value));
            }
            streamGauges.get(i).register(rows, true);
        }
        for (Map.Entry<Integer, LongAdder> code : view.callers().rejected().entrySet()) {
            if (rejectCodes.add(code.getKey())) { // Micrometer logs a warning about a meter that it has already
                FunctionCounter.builder("relay.rejected.callers", code.getValue(), RelayMetrics::sum)
                        .description("callers rejected, by code")
                        .tag("code", code.getKey().toString())
                        .register(registry);
            }
        }
        return registry.scrape();
    }

    @Override
    public void close() {
        registry.close();
    }

    private Counter reloadCounter(String result) {
        return Counter.builder("relay.config.reloads")
                .description("reloads of the configuration")
                .tag("result", result)
                .register(registry);
    }

    private static <T> Row<T> row(String name, String help, ToDoubleFunction<T> value) {
        return new Row<>(name, help, value);
    }

    private static double sum(LongAdder adder) {
        return adder.sum();
    }

    private static double queuedBytes(LiveStream stream) {
        return stream.sinks().stream().mapToLong(StreamSink::queuedBytes).sum();
    }

    private static double lostPackets(LiveStream stream) {
        SrtStatistics statistics = statistics(stream);
        return statistics == null ? 0 : statistics.pktRcvLossTotal();
    }

    private static double undeliveredPackets(LiveStream stream) {
        SrtStatistics statistics = statistics(stream);
        return statistics == null ? 0 : statistics.asLong(SrtStatistic.PKT_RCV_DROP_TOTAL);
    }

    private static double rttSeconds(LiveStream stream) {
        SrtStatistics statistics = statistics(stream);
        return statistics == null ? 0 : statistics.rttMillis() / 1e3;
    }

    private static @Nullable SrtStatistics statistics(LiveStream stream) {
        StreamSource publisher = stream.source();
        return publisher == null ? null : publisher.connection().statistics();
    }
}
