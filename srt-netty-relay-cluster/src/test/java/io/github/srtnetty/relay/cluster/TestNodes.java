// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.srtnetty.relay.directory.ClaimOutcome;
import io.github.srtnetty.relay.directory.ClaimOutcome.Granted;
import io.github.srtnetty.relay.directory.ClusterSettings;
import io.github.srtnetty.relay.directory.ClusterSettings.OnSplit;
import io.github.srtnetty.relay.directory.StreamDirectory;
import io.github.srtnetty.relay.directory.StreamEntry;
import io.github.srtnetty.testing.Await;
import io.github.srtnetty.testing.FreePorts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** Nodes of a cluster in this JVM, on ports of the loopback interface that were free. Closes them in the end. */
final class TestNodes implements AutoCloseable {
    /**
     * How long a node that is not the first waits for the others. With the usual time it begins a cluster of its own
     * where the machine stands still meanwhile; two clusters merge, and claims of the same name are then settled late.
     */
    static final Duration JOIN = Duration.ofSeconds(10);

    /** The usual times for a node that is not the first. */
    static final ClusterPolicy JOINING = joining(ClusterPolicy.DEFAULT);

    /** Those for the first one, where it joins anew: it waits longer at its start, too. */
    static final ClusterPolicy REJOINING =
            policy(Duration.ofSeconds(5), ClusterPolicy.DEFAULT.sameName(), ClusterPolicy.DEFAULT.removeDead());

    private static final Duration LONG = Duration.ofSeconds(30);

    private final List<Integer> ports;
    private final ClusterPolicy policy;
    private final List<ClusterDirectory> nodes = new ArrayList<>();

    /** Reserves the ports of so many nodes, which are the seeds of each. */
    TestNodes(int size) {
        this(size, ClusterPolicy.DEFAULT);
    }

    TestNodes(int size, ClusterPolicy policy) {
        this.ports = freePorts(size);
        this.policy = policy;
    }

    /** Opens nodes, named n0, n1 ..., one after the other, and waits until they see each other. */
    static TestNodes started(int size) {
        TestNodes nodes = new TestNodes(size);
        for (int i = 0; i < size; i++) {
            nodes.start(i);
        }
        nodes.awaitSize(size);
        return nodes;
    }

    /** Opens all nodes at once; waits until they see each other, also where some came up apart and join anew. */
    static TestNodes startedAtOnce(int size) {
        TestNodes nodes = new TestNodes(size);
        List<CompletableFuture<ClusterDirectory>> starts = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            int index = i;
            starts.add(CompletableFuture.supplyAsync(() -> nodes.open(index, nodes.policy)));
        }
        starts.forEach(start -> nodes.nodes.add(start.join()));
        Await.until("all are in one view, to stay", LONG, () -> nodes.isSettled(size));
        return nodes;
    }

    /** Opens one more node. */
    ClusterDirectory start(int index) {
        ClusterDirectory node = open(index, nodes.isEmpty() ? policy : joining(policy));
        nodes.add(node);
        return node;
    }

    ClusterSettings settings(int index) {
        return settings("n" + index, ports.get(index), OnSplit.ACCEPT, 0);
    }

    ClusterSettings settings(String node, int port, OnSplit onSplit, int expected) {
        List<String> seeds = ports.stream().map(each -> "127.0.0.1:" + each).toList();
        InetSocketAddress bind = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        return new ClusterSettings(
                node, bind, seeds, "", "", null, "", new InetSocketAddress(0), onSplit, expected, false);
    }

    int port(int index) {
        return ports.get(index);
    }

    ClusterDirectory get(int index) {
        return nodes.get(index);
    }

    List<ClusterDirectory> all() {
        return nodes;
    }

    /** Waits until every node sees so many. */
    void awaitSize(int size) {
        Await.until(
                "all nodes see " + size,
                LONG,
                () -> nodes.stream().allMatch(node -> node.nodes().size() == size));
    }

    /** Waits until every node finds the same entry of a stream. */
    void awaitAgreement(String name, StreamEntry expected) {
        Await.until(
                "all nodes find " + expected,
                LONG,
                () -> nodes.stream().allMatch(node -> expected.equals(node.find(name))));
    }

    /** Waits until no node finds a stream. */
    void awaitFree(String name) {
        Await.until(name + " is free", LONG, () -> nodes.stream().allMatch(node -> node.find(name) == null));
    }

    static StreamEntry granted(StreamDirectory node, String name) {
        ClaimOutcome outcome = outcome(node, name);
        assertThat(outcome).isInstanceOf(Granted.class);
        return ((Granted) outcome).claim();
    }

    static ClaimOutcome outcome(StreamDirectory node, String name) {
        return node.claim(name)
                .toCompletableFuture()
                .orTimeout(30, TimeUnit.SECONDS)
                .join();
    }

    /** Returns the usual times but for those of a start, and of the end of dead entries. */
    static ClusterPolicy policy(Duration join, Duration sameName, Duration removeDead) {
        return policy(join, ClusterPolicy.DEFAULT.start(), sameName, removeDead);
    }

    /** Returns the usual times but for the longest time of a start, and of the wait for others, who are not there. */
    static ClusterPolicy policyWithStart(Duration start) {
        ClusterPolicy p = ClusterPolicy.DEFAULT;
        return policy(Duration.ofMillis(100), start, p.sameName(), p.removeDead());
    }

    private static ClusterPolicy policy(Duration join, Duration start, Duration sameName, Duration removeDead) {
        ClusterPolicy p = ClusterPolicy.DEFAULT;
        return new ClusterPolicy(
                join,
                start,
                p.heartbeat(),
                p.silence(),
                p.verify(),
                p.answer(),
                p.transfer(),
                p.mergeMin(),
                p.mergeMax(),
                p.mergeCheck(),
                p.merge(),
                p.audit(),
                p.afterView(),
                p.restate(),
                p.restateAgain(),
                p.restateAtOnce(),
                p.recent(),
                p.report(),
                p.reportLife(),
                removeDead,
                p.leave(),
                sameName);
    }

    static List<Integer> freePorts(int count) {
        return IntStream.range(0, count).mapToObj(index -> FreePorts.tcp()).toList();
    }

    /** Returns the times of a node that is not the first. */
    private static ClusterPolicy joining(ClusterPolicy policy) {
        return policy(JOIN, policy.start(), policy.sameName(), policy.removeDead());
    }

    private boolean isSettled(int size) {
        return nodes.stream().noneMatch(ClusterDirectory::isRejoining)
                && nodes.stream()
                                .map(node -> node.engine().members().view().ids())
                                .distinct()
                                .count()
                        == 1
                && nodes.get(0).nodes().size() == size;
    }

    private ClusterDirectory open(int index, ClusterPolicy times) {
        try {
            return InfinispanDirectoryProvider.open(settings(index), "127.0.0.1:" + (1000 + index), times);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        nodes.forEach(ClusterDirectory::close);
    }
}
