// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.cluster;

import io.github.srtnetty.relay.directory.ClusterSettings;
import java.util.function.Consumer;
import org.infinispan.AdvancedCache;
import org.infinispan.Cache;
import org.infinispan.container.DataContainer;
import org.infinispan.container.entries.InternalCacheEntry;
import org.infinispan.manager.DefaultCacheManager;
import org.jgroups.util.SocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * Infinispan with two caches that every node has whole: the streams, whose changes are on all nodes when they complete,
 * and the rows of the nodes. Reads are of this node's memory.
 */
final class Engine implements AutoCloseable {
    private static final String STREAMS = "streams";
    private static final String NODES = "nodes";

    private final DefaultCacheManager manager;
    private final Members members = new Members();
    private final AdvancedCache<String, String> streams;
    private final DataContainer<String, String> local;
    private final AdvancedCache<String, String> nodes;

    private Engine(DefaultCacheManager manager) {
        this.manager = manager;
        manager.addListener(new ViewListener(members));
        members.begin(manager.getMembers(), manager.getAddress());
        this.streams = manager.<String, String>getCache(STREAMS).getAdvancedCache();
        this.local = streams.getDataContainer();
        this.nodes = manager.<String, String>getCache(NODES).getAdvancedCache();
    }

    /**
     * Joins the cluster or begins one; blocks until this node has all entries.
     *
     * @param sockets makes the sockets between nodes, null for plain ones
     */
    static Engine open(ClusterSettings settings, ClusterPolicy policy, @Nullable SocketFactory sockets) {
        DefaultCacheManager manager = new DefaultCacheManager(EngineSettings.global(settings, policy, sockets), false);
        manager.defineConfiguration(STREAMS, EngineSettings.streams(policy));
        manager.defineConfiguration(NODES, EngineSettings.nodes(policy));
        manager.start(); // where it fails, it stops itself
        try {
            return new Engine(manager);
        } catch (RuntimeException e) {
            manager.stop();
            throw e;
        }
    }

    Members members() {
        return members;
    }

    /** Calls back with the name of each entry that was changed, on a thread of the engine; not for all in a merge. */
    void onChange(Consumer<String> changed) {
        streams.addListener(new EntryListener(changed));
    }

    /** Returns the cache of the streams, for changes. */
    Cache<String, String> streams() {
        return streams;
    }

    /** Returns the cache of the nodes' rows. */
    Cache<String, String> nodes() {
        return nodes;
    }

    /** Returns this node's copy of the entry of a stream; never waits. */
    @Nullable
    String peek(String name) {
        InternalCacheEntry<String, String> entry = local.peek(name);
        return entry == null ? null : entry.getValue();
    }

    /** Returns this node's copies of all entries; the iteration never waits. */
    Iterable<InternalCacheEntry<String, String>> entries() {
        return local;
    }

    /** Returns the engine itself, for tests. */
    DefaultCacheManager manager() {
        return manager;
    }

    /** Leaves the cluster. */
    @Override
    public void close() {
        manager.stop();
    }
}
