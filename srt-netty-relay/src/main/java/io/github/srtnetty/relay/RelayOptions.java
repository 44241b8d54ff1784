// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay;

import io.github.srtnetty.bootstrap.SrtUri;
import io.github.srtnetty.relay.directory.ClusterSettings;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The options of a relay at its start, see {@link RelayServer#start(RelayOptions)}.
 *
 * @param addresses listeners; libsrt's options in them apply to all accepted connections
 * @param http where the status pages are, null for none
 * @param config which callers may publish and play which streams, and the limits
 * @param source where the configuration is reloaded from, null for nowhere
 * @param cluster the cluster that the relay joins, null for that of the configuration
 */
public record RelayOptions(
        List<SrtUri> addresses,
        @Nullable InetSocketAddress http,
        RelayConfig config,
        @Nullable ConfigSource source,
        @Nullable ClusterSettings cluster) {
    /** Takes a copy of the list. */
    public RelayOptions {
        addresses = List.copyOf(addresses);
    }

    /** Returns the options of a relay without status pages. */
    public static RelayOptions of(List<SrtUri> addresses, RelayConfig config) {
        return new RelayOptions(addresses, null, config, null, null);
    }

    /** Returns the cluster to join, null for a relay that runs alone. */
    @Nullable
    ClusterSettings settings() throws IOException {
        return cluster == null ? config.cluster() : cluster;
    }

    /** Returns these options with status pages. */
    public RelayOptions withHttp(@Nullable InetSocketAddress address) {
        return new RelayOptions(addresses, address, config, source, cluster);
    }

    /** Returns these options with a source of the configuration. */
    public RelayOptions withSource(@Nullable ConfigSource other) {
        return new RelayOptions(addresses, http, config, other, cluster);
    }

    /** Returns these options with a cluster, whatever the configuration has. */
    public RelayOptions withCluster(@Nullable ClusterSettings settings) {
        return new RelayOptions(addresses, http, config, source, settings);
    }
}
