// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.directory;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a node in a cluster.
 *
 * @param node name of this node, unique in the cluster
 * @param bind where the engine listens for other nodes
 * @param join seeds, {@code host:port}; they may contain this node and nodes that do not run
 * @param dns a DNS name with the addresses of all nodes, instead of seeds; empty for none
 * @param secret what authenticates pulls between nodes; empty only where all addresses are loopback
 * @param keyStore a PKCS#12 file with the key of this node and the certificates that it trusts, for mTLS between nodes;
 *     null only where {@code bind} is loopback or {@code insecure} is set
 * @param keyStorePassword its password, empty for none
 * @param pull where other nodes pull this node's streams; port 0 for an ephemeral one
 * @param onSplit what a minority does with new publishers
 * @param expectedNodes the number of nodes that should run, 0 if unknown
 * @param insecure whether links between nodes may be without mTLS outside loopback
 */
public record ClusterSettings(
        String node,
        InetSocketAddress bind,
        List<String> join,
        String dns,
        String secret,
        @Nullable Path keyStore,
        String keyStorePassword,
        InetSocketAddress pull,
        OnSplit onSplit,
        int expectedNodes,
        boolean insecure) {
    /** The behaviour of the parts after a split of the cluster. */
    public enum OnSplit {
        /** Each part accepts publishers; afterwards the newest claim of a name wins. */
        ACCEPT,
        /** Only the part with more than half of the expected nodes accepts publishers. Needs at least three nodes. */
        MAJORITY;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Takes a copy of the list. */
    public ClusterSettings {
        join = List.copyOf(join);
    }

    /** Leaves out what is secret. */
    @Override
    public String toString() {
        return "ClusterSettings[node=" + node + ", bind=" + bind + "]";
    }
}
