// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.api;

import io.github.srtnetty.relay.node.ClaimCounts;
import io.github.srtnetty.relay.node.NodeView;
import io.github.srtnetty.relay.stream.LiveStream;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.ToDoubleFunction;

/** The metrics of the cluster; a relay that runs alone has none of them. */
final class ClusterMetrics {
    private final MeterRegistry registry;

    private ClusterMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    static void register(StatusView view, MeterRegistry registry) {
        if (view.node().clustered()) {
            new ClusterMetrics(registry).register(view);
        }
    }

    private void register(StatusView view) {
        NodeView node = view.node();
        gauge("relay.cluster.nodes", "nodes that this node sees, including itself", node, NodeView::nodes);
        gauge(
                "relay.cluster.expected.nodes",
                "nodes that the configuration expects, 0 if not set",
                node,
                NodeView::expectedNodes);
        gauge("relay.cluster.alone", "1 while the alarm node-alone is raised", view, ClusterMetrics::alone);
        gauge(
                "relay.cluster.streams",
                "streams that are published on any node",
                node,
                all -> all.directory().streams().size());
        gauge(
                "relay.cluster.accepts.publishers",
                "0 while this node is in a minority that accepts no publishers",
                node,
                all -> all.directory().acceptsPublishers() ? 1 : 0);
        gauge("relay.cluster.pulls", "streams that this node pulls from others", view, ClusterMetrics::pulls);
        registerCounts(node);
    }

    private void registerCounts(NodeView node) {
        ClaimCounts claims = node.counts();
        claims("granted", claims.granted());
        claims("taken", claims.taken());
        claims("refused", claims.refused());
        counter(
                "relay.cluster.lost.claims",
                "publishers closed because another claim won after a split",
                claims.lost());
        FunctionCounter.builder(
                        "relay.cluster.repairs", node, all -> all.directory().repairs())
                .description("entries of this node that its audit restored or removed")
                .register(registry);
        FunctionCounter.builder(
                        "relay.cluster.rejoins", node, all -> all.directory().rejoins())
                .description("times that this node rejoined after a split or a hang")
                .register(registry);
        counter(
                "relay.cluster.pull.attempts",
                "attempts to pull a stream, including retries",
                node.pulls().attempts());
        counter(
                "relay.cluster.pull.failures",
                "failed attempts to pull a stream",
                node.pulls().failures());
    }

    private void counter(String name, String help, LongAdder count) {
        FunctionCounter.builder(name, count, LongAdder::sum).description(help).register(registry);
    }

    private <T> void gauge(String name, String help, T object, ToDoubleFunction<T> value) {
        Gauge.builder(name, object, value).description(help).register(registry);
    }

    private void claims(String outcome, LongAdder count) {
        FunctionCounter.builder("relay.cluster.claims", count, LongAdder::sum)
                .description("claims of a name for a publisher, by outcome")
                .tag("outcome", outcome)
                .register(registry);
    }

    private static double pulls(StatusView view) {
        return view.streams().all().stream()
                .map(LiveStream::source)
                .filter(source -> source != null && source.isPull())
                .count();
    }

    private static double alone(StatusView view) {
        return view.alarms().all().stream().anyMatch(alarm -> !alarm.kind().isOfStream()) ? 1 : 0;
    }
}
