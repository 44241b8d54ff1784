// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.cluster;

import io.github.srtnetty.relay.directory.ClusterSettings;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import org.infinispan.Cache;
import org.infinispan.container.DataContainer;
import org.infinispan.container.entries.InternalCacheEntry;
import org.jgroups.util.SocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * Infinispan with two fully replicated caches: the streams, whose changes are on all nodes when they complete, and the
 * rows of the nodes. Reads use this node's memory. The node can leave and join as another member; until
 * then, reads use the old copy.
 */
final class Engine implements AutoCloseable {
    /** Marks a merge that happened before a listener was set. */
    private static final Runnable EARLY = () -> {};

    private final Function<List<String>, EngineRun> starter;
    private final Members members;
    private volatile CompletableFuture<EngineRun> run = new CompletableFuture<>();
    private volatile Copy copy = new Copy(name -> null, List.of());
    private volatile Consumer<String> changed = name -> {};
    private final AtomicReference<@Nullable Runnable> outvoted = new AtomicReference<>();
    private List<String> lastHosts = List.of();
    private boolean closed;

    /** The entries that reads find. */
    private record Copy(Function<String, @Nullable String> peek, Iterable<? extends Map.Entry<String, String>> all) {
        static Copy of(DataContainer<String, String> local) {
            return new Copy(
                    name -> {
                        InternalCacheEntry<String, String> entry = local.peek(name);
                        return entry == null ? null : entry.getValue();
                    },
                    local);
        }

        Copy frozen() {
            Map<String, String> entries = new HashMap<>();
            all.forEach(entry -> entries.put(entry.getKey(), entry.getValue()));
            return new Copy(entries::get, entries.entrySet());
        }
    }

    private Engine(ClusterSettings settings, ClusterPolicy policy, @Nullable SocketFactory sockets) {
        members = new Members();
        starter = hosts -> EngineRun.start(
                () -> EngineSettings.global(settings, policy, sockets, hosts),
                policy,
                () -> new ViewListener(members, this::outvoted));
    }

    /**
     * Joins the cluster or begins one; blocks until this node has all entries.
     *
     * @param sockets makes the sockets between nodes, null for plain ones
     */
    static Engine open(ClusterSettings settings, ClusterPolicy policy, @Nullable SocketFactory sockets) {
        Engine engine = new Engine(settings, policy, sockets);
        engine.join();
        return engine;
    }

    Members members() {
        return members;
    }

    /**
     * Returns the number of nodes that this one sees now, including itself. The engine may complete changes that wait
     * for a lost node before it passes the new view to {@link #members}.
     */
    int nodesSeen() {
        int nodes = members.view().byNode().size();
        CompletableFuture<EngineRun> current = run;
        return current.isDone() && !current.isCompletedExceptionally()
                ? Math.min(nodes, current.join().nodesSeen())
                : nodes;
    }

    /** Returns the ids of members of the view that get no entries; none while this node has not joined. */
    Set<String> notAdmitted() {
        CompletableFuture<EngineRun> current = run;
        if (!current.isDone() || current.isCompletedExceptionally()) {
            return Set.of();
        }
        Set<String> ids = new HashSet<>(members.view().ids());
        ids.removeAll(current.join().admitted());
        return ids;
    }

    /** Calls back with the name of each entry that was changed, on a thread of the engine; not for all in a merge. */
    void onChange(Consumer<String> listener) {
        changed = listener;
    }

    /** Calls back after a merge, also an earlier one, whose other part keeps its copies; on a thread of the engine. */
    void onOutvoted(Runnable listener) {
        if (outvoted.getAndSet(listener) == EARLY) {
            listener.run();
        }
    }

    private void outvoted() {
        Runnable listener = outvoted.updateAndGet(current -> current == null ? EARLY : current);
        listener.run();
    }

    /** Completes with the cache of the streams, for changes, as soon as this node is in the cluster. */
    CompletionStage<Cache<String, String>> joined() {
        return run.thenApply(EngineRun::streams);
    }

    /** Returns the cache of the nodes' rows, null where this node is not in the cluster now. */
    @Nullable
    Cache<String, String> nodes() {
        CompletableFuture<EngineRun> current = run;
        return current.isDone() && !current.isCompletedExceptionally()
                ? current.join().nodes()
                : null;
    }

    /** Returns this node's copy of the entry of a stream; never waits. */
    @Nullable
    String peek(String name) {
        return copy.peek().apply(name);
    }

    /** Returns this node's copies of all entries; the iteration never waits. */
    Iterable<? extends Map.Entry<String, String>> entries() {
        return copy.all();
    }

    /** Leaves the cluster to rejoin it. Reads and the view stay unchanged. */
    synchronized void leave() {
        if (closed || !run.isDone()) {
            return;
        }
        EngineRun old = run.join();
        copy = copy.frozen();
        run = new CompletableFuture<>();
        try {
            lastHosts = old.otherHosts();
        } finally {
            old.close();
        }
    }

    /**
     * Joins the cluster, as a new member, or begins one; blocks until this node has all entries.
     *
     * @return false where it is in the cluster already, or has left it for good
     */
    synchronized boolean join() {
        if (closed || run.isDone()) {
            return false;
        }
        EngineRun next = starter.apply(lastHosts);
        next.streams().addListener(new EntryListener(name -> changed.accept(name)));
        copy = Copy.of(next.copy());
        return run.complete(next);
    }

    /** Leaves the cluster for good. */
    @Override
    public synchronized void close() {
        closed = true;
        if (!run.completeExceptionally(new CancellationException("this node has left the cluster"))) {
            run.join().close();
        }
    }
}
