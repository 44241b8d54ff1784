// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.directory;

import java.io.IOException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * A cluster in one process: the directories of all its nodes share this board. Each node notifies its listeners on a
 * thread of its own. A test kills nodes, splits the cluster and heals it by calls.
 */
public final class Board implements StreamDirectoryProvider {
    private final Map<String, Node> members = new TreeMap<>();
    private final Map<String, Map<String, StreamEntry>> halves = new HashMap<>();
    private final Set<String> hung = new HashSet<>();
    private boolean accepts = true;
    private long epochs;

    @Override
    public synchronized StreamDirectory open(ClusterSettings settings, String pullAddress) throws IOException {
        Node node = new Node(settings.node(), pullAddress);
        members.put(node.name, node);
        halves.computeIfAbsent("", half -> new HashMap<>());
        notifyNodes();
        return node;
    }

    /**
     * Removes a node without a message of its own, as after kill -9: its entries are gone, everywhere but on itself.
     */
    public synchronized void kill(String name) {
        Node dead = members.remove(name);
        if (dead != null) {
            halves.values()
                    .forEach(
                            half -> half.values().removeIf(entry -> entry.node().equals(name)));
            notifyNodes();
        }
    }

    /** Splits off some nodes: both sides begin with the entries of all. */
    public synchronized void split(Set<String> others) {
        Map<String, StreamEntry> copy = new HashMap<>(half(""));
        halves.put("other", copy);
        members.values().forEach(node -> node.half = others.contains(node.name) ? "other" : "");
        notifyNodes();
    }

    /** Makes one cluster of both sides; of two claims of a name the one with the higher epoch holds. */
    public synchronized void heal() {
        Map<String, StreamEntry> one = half("");
        Map<String, StreamEntry> other = half("other");
        halves.remove("other");
        members.values().forEach(node -> node.half = "");
        other.forEach((name, entry) -> {
            StreamEntry mine = one.get(name);
            if (mine != null && !mine.isSameClaim(entry)) {
                StreamEntry winner = mine.epoch() > entry.epoch() ? mine : entry;
                StreamEntry loser = winner == mine ? entry : mine;
                one.put(name, winner);
                lost(loser, winner);
            } else {
                one.put(name, entry);
            }
        });
        notifyNodes();
    }

    /** Makes the claims of a node wait until they are answered for ever. */
    public synchronized void hang(String node) {
        hung.add(node);
    }

    /** Makes all nodes accept publishers or not. */
    public synchronized void accept(boolean publishers) {
        accepts = publishers;
    }

    private void lost(StreamEntry loser, StreamEntry winner) {
        Node node = members.get(loser.node());
        if (node != null) {
            node.call(listener -> listener.lost(loser, winner, "the claim of " + winner.node() + " is newer"));
        }
    }

    private Map<String, StreamEntry> half(String name) {
        return halves.computeIfAbsent(name, half -> new HashMap<>());
    }

    private void notifyNodes() {
        for (Node node : members.values()) {
            List<String> names = List.copyOf(half(node.half).keySet());
            List<DirectoryNode> nodes = node.view();
            node.call(listener -> {
                names.forEach(listener::changed);
                listener.nodesChanged(nodes);
            });
        }
    }

    private void notifyOf(String half, String name) {
        members.values().stream()
                .filter(node -> node.half.equals(half))
                .forEach(node -> node.call(listener -> listener.changed(name)));
    }

    private final class Node implements StreamDirectory {
        private interface Call {
            void on(DirectoryListener listener);
        }

        private final String name;
        private final String pullAddress;
        private final List<DirectoryListener> listeners = new CopyOnWriteArrayList<>();
        private final ExecutorService thread;
        private String half = "";
        private volatile @Nullable NodeReport report;

        Node(String name, String pullAddress) {
            this.name = name;
            this.pullAddress = pullAddress;
            thread = Executors.newSingleThreadExecutor(task -> {
                Thread created = new Thread(task, "board-" + name);
                created.setDaemon(true);
                return created;
            });
        }

        @Override
        public @Nullable StreamEntry find(String stream) {
            synchronized (Board.this) {
                StreamEntry entry = half(half).get(stream);
                return entry == null || !isMember(entry.node()) ? null : entry;
            }
        }

        @Override
        public Collection<StreamEntry> streams() {
            synchronized (Board.this) {
                return half(half).values().stream()
                        .filter(entry -> isMember(entry.node()))
                        .toList();
            }
        }

        @Override
        public CompletionStage<ClaimOutcome> claim(String stream) {
            return CompletableFuture.supplyAsync(() -> claimNow(stream), thread).thenCompose(outcome -> outcome);
        }

        private CompletionStage<ClaimOutcome> claimNow(String stream) {
            synchronized (Board.this) {
                if (hung.contains(name)) {
                    return new CompletableFuture<>();
                }
                StreamEntry holder = find(stream);
                if (holder != null && !holder.node().equals(name) && holder.state() == StreamEntry.State.LIVE) {
                    return CompletableFuture.completedFuture(new ClaimOutcome.Taken(holder));
                }
                Instant now = Instant.now();
                epochs = Math.max(epochs + 1, now.toEpochMilli());
                StreamEntry claim = new StreamEntry(
                        stream, name, UUID.randomUUID().toString(), epochs, pullAddress, now, StreamEntry.State.LIVE);
                half(half).put(stream, claim);
                if (holder != null && !holder.node().equals(name)) {
                    lost(holder, claim);
                }
                notifyOf(half, stream);
                return CompletableFuture.completedFuture(new ClaimOutcome.Granted(claim));
            }
        }

        @Override
        public void release(StreamEntry claim) {
            synchronized (Board.this) {
                half(half).computeIfPresent(claim.name(), (key, now) -> now.isSameClaim(claim) ? null : now);
                notifyOf(half, claim.name());
            }
        }

        @Override
        public void silent(StreamEntry claim, boolean silent) {
            synchronized (Board.this) {
                StreamEntry.State state = silent ? StreamEntry.State.SILENT : StreamEntry.State.LIVE;
                half(half).computeIfPresent(claim.name(), (key, now) -> now.isSameClaim(claim) ? now.with(state) : now);
                notifyOf(half, claim.name());
            }
        }

        @Override
        public boolean acceptsPublishers() {
            synchronized (Board.this) {
                return accepts;
            }
        }

        @Override
        public List<DirectoryNode> nodes() {
            synchronized (Board.this) {
                return view();
            }
        }

        @Override
        public String self() {
            return name;
        }

        @Override
        public void report(NodeReport newest) {
            report = newest;
        }

        @Override
        public void watch(DirectoryListener listener) {
            listeners.add(listener);
        }

        @Override
        public void close() {
            kill(name);
            thread.shutdown();
        }

        private List<DirectoryNode> view() {
            return members.values().stream()
                    .filter(node -> node.half.equals(half))
                    .map(node -> new DirectoryNode(node.name, node == this, false, Instant.EPOCH, node.report))
                    .toList();
        }

        private boolean isMember(String node) {
            Node other = members.get(node);
            return other != null && other.half.equals(half);
        }

        private void call(Call call) {
            if (!thread.isShutdown()) {
                thread.execute(() -> listeners.forEach(call::on));
            }
        }
    }
}
