// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.cluster;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.infinispan.AdvancedCache;
import org.infinispan.configuration.global.GlobalConfiguration;
import org.infinispan.container.DataContainer;
import org.infinispan.manager.DefaultCacheManager;
import org.infinispan.remoting.transport.jgroups.JGroupsTransport;
import org.jgroups.Address;
import org.jgroups.Event;
import org.jgroups.JChannel;
import org.jgroups.stack.IpAddress;

/** One run of Infinispan in this node, from joining the cluster to leaving it. It is one member of the view. */
final class EngineRun implements AutoCloseable {
    private static final String STREAMS = "streams";
    private static final String NODES = "nodes";

    private final DefaultCacheManager manager;
    private final ViewListener views;
    private final AdvancedCache<String, String> streams;
    private final AdvancedCache<String, String> nodes;

    private EngineRun(DefaultCacheManager manager, ViewListener views) {
        this.manager = manager;
        this.views = views;
        manager.addListener(views);
        views.begin(manager.getMembers(), manager.getAddress());
        this.streams = manager.<String, String>getCache(STREAMS).getAdvancedCache();
        this.nodes = manager.<String, String>getCache(NODES).getAdvancedCache();
    }

    /**
     * Joins the cluster or begins one; blocks until this node has all entries.
     *
     * @param global makes the settings of each attempt
     * @param views makes the listener of each attempt
     * @throws RuntimeException the engine's, or if the other nodes do not accept this one
     */
    static EngineRun start(Supplier<GlobalConfiguration> global, ClusterPolicy policy, Supplier<ViewListener> views) {
        return LimitedStart.run(() -> new Start(global.get(), policy, views.get()), policy.start());
    }

    /** An attempt to join. */
    private static final class Start implements LimitedStart.Attempt<EngineRun> {
        private final DefaultCacheManager manager;
        private final ViewListener views;
        private volatile boolean stopped;

        Start(GlobalConfiguration global, ClusterPolicy policy, ViewListener views) {
            this.views = views;
            manager = new DefaultCacheManager(global, false);
            manager.defineConfiguration(STREAMS, EngineSettings.streams(policy));
            manager.defineConfiguration(NODES, EngineSettings.nodes(policy));
        }

        @Override
        public EngineRun start() {
            manager.start(); // if it fails, it stops itself
            try {
                if (stopped) { // before the start of the engine, which ignores it then
                    throw new IllegalStateException("stopped");
                }
                return new EngineRun(manager, views);
            } catch (RuntimeException e) {
                stop();
                throw e;
            }
        }

        @Override
        public void stop() {
            stopped = true;
            views.end();
            manager.stop();
        }
    }

    AdvancedCache<String, String> streams() {
        return streams;
    }

    /** Returns this node's copy of all entries. */
    DataContainer<String, String> copy() {
        return streams.getDataContainer();
    }

    AdvancedCache<String, String> nodes() {
        return nodes;
    }

    /** Returns the ids of the members that have the entries or are getting them; may be out of date for a moment. */
    Set<String> admitted() {
        return streams.getDistributionManager().getCacheTopology().getMembers().stream()
                .map(Members::idOf)
                .collect(Collectors.toSet());
    }

    /** Returns how many nodes are in the engine's view, 0 after its end. */
    int nodesSeen() {
        List<org.infinispan.remoting.transport.Address> members = manager.getMembers();
        return members == null
                ? 0
                : (int) members.stream()
                        .map(Members::idOf)
                        .map(Members::nodeOf)
                        .distinct()
                        .count();
    }

    /** Returns where the other members can be reached, as {@code address[port]}. */
    List<String> otherHosts() {
        JChannel channel = ((JGroupsTransport) streams.getRpcManager().getTransport()).getChannel();
        List<String> hosts = new ArrayList<>();
        for (Address member : channel.getView().getMembers()) {
            Object place = channel.down(new Event(Event.GET_PHYSICAL_ADDRESS, member));
            if (!member.equals(channel.getAddress()) && place instanceof IpAddress ip) {
                InetAddress address = ip.getIpAddress();
                hosts.add(address.getHostAddress() + "[" + ip.getPort() + "]");
            }
        }
        return hosts;
    }

    /** Leaves the cluster. Its views are ignored from now on. */
    @Override
    public void close() {
        views.end();
        manager.stop();
    }
}
