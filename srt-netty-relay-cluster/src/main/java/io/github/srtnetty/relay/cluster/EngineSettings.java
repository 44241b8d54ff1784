// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.cluster;

import io.github.srtnetty.relay.directory.ClusterSettings;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.infinispan.commons.dataconversion.MediaType;
import org.infinispan.configuration.cache.CacheMode;
import org.infinispan.configuration.cache.Configuration;
import org.infinispan.configuration.cache.ConfigurationBuilder;
import org.infinispan.configuration.global.GlobalConfiguration;
import org.infinispan.configuration.global.GlobalConfigurationBuilder;
import org.infinispan.configuration.global.ShutdownHookBehavior;
import org.infinispan.conflict.MergePolicy;
import org.infinispan.partitionhandling.PartitionHandling;
import org.infinispan.remoting.transport.jgroups.JGroupsTransport;
import org.jgroups.util.SocketFactory;
import org.jspecify.annotations.Nullable;

/** The configuration of the engine. */
final class EngineSettings {
    private static final String CLUSTER = "srt-netty";
    /**
     * When a coordinator asks all members after a change of the view, the engine waits for a tenth of its time-out.
     * That must cover the time for which a hung member stays in the view: otherwise the engine forgets the change, and
     * joining nodes wait until the next one.
     */
    private static final int ATTEMPTS = 10;

    private EngineSettings() {}

    /**
     * Returns the settings of a node.
     *
     * @param sockets makes the sockets between nodes, null for plain ones
     * @param knownHosts where more nodes may be found, as {@code address[port]}
     */
    static GlobalConfiguration global(
            ClusterSettings settings, ClusterPolicy policy, @Nullable SocketFactory sockets, List<String> knownHosts) {
        GlobalConfigurationBuilder builder = GlobalConfigurationBuilder.defaultClusteredBuilder();
        builder.cacheContainer().statistics(false);
        builder.jmx().disable();
        builder.metrics().gauges(false).histograms(false);
        builder.shutdown().hookBehavior(ShutdownHookBehavior.DONT_REGISTER);
        // The stack is a property: a custom channel would be ignored silently, and multicast would start.
        builder.transport()
                .clusterName(CLUSTER)
                .nodeName(settings.node())
                .machineId(settings.node()) // part of the address, so it is known with the view
                .distributedSyncTimeout(
                        ATTEMPTS * policy.silence().plus(policy.verify()).toMillis(), TimeUnit.MILLISECONDS)
                .addProperty(JGroupsTransport.CONFIGURATION_XML, StackXml.of(settings, policy, knownHosts));
        if (sockets != null) {
            builder.transport().addProperty(JGroupsTransport.SOCKET_FACTORY, sockets);
        }
        return builder.build();
    }

    /**
     * Returns the settings of the cache of streams. Both parts of a split continue: other modes deny even reads in the
     * smaller part.
     */
    static Configuration streams(ClusterPolicy policy) {
        ConfigurationBuilder builder = new ConfigurationBuilder();
        builder.encoding().mediaType(MediaType.APPLICATION_OBJECT);
        builder.clustering()
                .cacheMode(CacheMode.REPL_SYNC)
                .remoteTimeout(policy.answer().toMillis(), TimeUnit.MILLISECONDS)
                .stateTransfer()
                .timeout(policy.transfer().toMillis(), TimeUnit.MILLISECONDS)
                .partitionHandling()
                .whenSplit(PartitionHandling.ALLOW_READ_WRITES)
                .mergePolicy(MergePolicy.NONE);
        return builder.build();
    }

    /** Returns the settings of the cache of node rows, which are repeated, so a lost row does no harm. */
    static Configuration nodes(ClusterPolicy policy) {
        ConfigurationBuilder builder = new ConfigurationBuilder();
        builder.encoding().mediaType(MediaType.APPLICATION_OBJECT);
        builder.clustering()
                .cacheMode(CacheMode.REPL_ASYNC)
                .remoteTimeout(policy.answer().toMillis(), TimeUnit.MILLISECONDS)
                .stateTransfer()
                .timeout(policy.transfer().toMillis(), TimeUnit.MILLISECONDS);
        builder.expiration().lifespan(policy.reportLife().toMillis(), TimeUnit.MILLISECONDS);
        return builder.build();
    }
}
