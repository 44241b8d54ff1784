// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.node;

import io.github.srtnetty.relay.directory.ClaimOutcome;
import io.github.srtnetty.relay.directory.ClusterSettings;
import io.github.srtnetty.relay.directory.DirectoryListener;
import io.github.srtnetty.relay.directory.DirectoryNode;
import io.github.srtnetty.relay.directory.NodeReport;
import io.github.srtnetty.relay.directory.StreamDirectory;
import io.github.srtnetty.relay.directory.StreamDirectoryProvider;
import io.github.srtnetty.relay.directory.StreamEntry;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A cluster whose other nodes are names, as node {@code a} sees it. Listeners are called on the caller's thread. */
public final class FakeCluster implements StreamDirectory, StreamDirectoryProvider {
    public static final String SELF = "a";

    private final Map<String, StreamEntry> entries = new ConcurrentHashMap<>();
    private final Map<String, DirectoryNode> nodes = new ConcurrentHashMap<>();
    private final List<DirectoryListener> listeners = new CopyOnWriteArrayList<>();
    private volatile boolean accepts = true;

    public FakeCluster() {
        nodes.put(SELF, new DirectoryNode(SELF, true, true, Instant.now(), null));
    }

    /** Returns settings of node {@code a} on the loopback interface. */
    public static ClusterSettings settings(int expectedNodes) {
        InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        return new ClusterSettings(
                SELF,
                any,
                List.of("127.0.0.1:7800"),
                "",
                "",
                null,
                "",
                any,
                ClusterSettings.OnSplit.ACCEPT,
                expectedNodes,
                false);
    }

    /** Lets a node join. */
    public void join(String name) {
        NodeReport report = new NodeReport("9.9", Instant.now(), false, 3, 20, 1, 5_000_000, 40_000_000, 0.25);
        nodes.put(name, new DirectoryNode(name, false, false, Instant.now(), report));
        listeners.forEach(listener -> listener.nodesChanged(nodes()));
    }

    /** Lets a node leave, with its streams. */
    public void leave(String name) {
        nodes.remove(name);
        entries.values().removeIf(entry -> entry.node().equals(name));
        listeners.forEach(listener -> listener.nodesChanged(nodes()));
    }

    /** Lets another node publish a stream that nobody can pull. */
    public StreamEntry publish(String name, String node) {
        StreamEntry entry = new StreamEntry(name, node, node + "-claim", 1, "", Instant.now(), StreamEntry.State.LIVE);
        entries.put(name, entry);
        listeners.forEach(listener -> listener.changed(name));
        return entry;
    }

    /** Lets the claim of another node win over one of this node. */
    public void lose(String name, String winner) {
        StreamEntry claim = entries.get(name);
        StreamEntry won = publish(name, winner);
        listeners.forEach(listener -> listener.lost(claim, won, "the claim of " + winner + " is newer"));
    }

    /** Decides whether this node may accept publishers. */
    public void acceptPublishers(boolean may) {
        accepts = may;
    }

    @Override
    public StreamDirectory open(ClusterSettings settings, String pullAddress) {
        return this;
    }

    @Override
    public StreamEntry find(String name) {
        return entries.get(name);
    }

    @Override
    public Collection<StreamEntry> streams() {
        return List.copyOf(entries.values());
    }

    @Override
    public CompletionStage<ClaimOutcome> claim(String name) {
        if (!accepts) {
            return CompletableFuture.completedFuture(new ClaimOutcome.Refused("a minority"));
        }
        StreamEntry entry = entries.compute(
                name,
                (key, known) -> known != null && !known.node().equals(SELF)
                        ? known
                        : new StreamEntry(
                                name, SELF, "claim", 1, "127.0.0.1:1", Instant.now(), StreamEntry.State.LIVE));
        listeners.forEach(listener -> listener.changed(name));
        return CompletableFuture.completedFuture(
                entry.node().equals(SELF) ? new ClaimOutcome.Granted(entry) : new ClaimOutcome.Taken(entry));
    }

    @Override
    public void release(StreamEntry claim) {
        entries.computeIfPresent(claim.name(), (name, entry) -> entry.node().equals(SELF) ? null : entry);
        listeners.forEach(listener -> listener.changed(claim.name()));
    }

    @Override
    public void silent(StreamEntry claim, boolean silent) {
        StreamEntry.State state = silent ? StreamEntry.State.SILENT : StreamEntry.State.LIVE;
        entries.computeIfPresent(claim.name(), (name, entry) -> entry.with(state));
    }

    @Override
    public boolean acceptsPublishers() {
        return accepts;
    }

    @Override
    public List<DirectoryNode> nodes() {
        return nodes.values().stream()
                .sorted(Comparator.comparing(DirectoryNode::name))
                .toList();
    }

    @Override
    public String self() {
        return SELF;
    }

    @Override
    public void report(NodeReport report) {
        nodes.computeIfPresent(SELF, (name, node) -> new DirectoryNode(name, true, true, node.since(), report));
    }

    @Override
    public void watch(DirectoryListener listener) {
        listeners.add(listener);
    }

    @Override
    public void close() {
        listeners.clear();
    }
}
