// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay;

import io.github.srtnetty.libsrt.PeerText;
import io.github.srtnetty.relay.api.ApiService;
import io.github.srtnetty.relay.directory.ClusterSettings;
import io.github.srtnetty.relay.directory.LocalStreamDirectory;
import io.github.srtnetty.relay.directory.StreamDirectory;
import io.github.srtnetty.relay.directory.StreamDirectoryProvider;
import io.github.srtnetty.relay.node.ClaimCounts;
import io.github.srtnetty.relay.node.CountedDirectory;
import io.github.srtnetty.relay.node.NodeEvents;
import io.github.srtnetty.relay.node.NodeReporter;
import io.github.srtnetty.relay.node.NodeView;
import java.io.IOException;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/**
 * The place of a relay in a cluster: the directory of streams, and what operators read of it. A relay that runs alone
 * has a directory of its own.
 */
final class ClusterLink implements AutoCloseable {
    private final NodeView node;
    private @Nullable NodeReporter reporter;

    private ClusterLink(NodeView node) {
        this.node = node;
    }

    /**
     * Joins a cluster; blocks meanwhile.
     *
     * @param settings the settings of this node, null for a relay that runs alone
     * @throws IOException in one line: what cannot be opened, and what to change
     */
    static ClusterLink open(@Nullable ClusterSettings settings, @Nullable StreamDirectoryProvider provider)
            throws IOException {
        if (settings == null) {
            return new ClusterLink(NodeView.alone(new LocalStreamDirectory()));
        }
        if (provider == null) {
            throw new IOException("cluster: needs io.github.srt-netty:srt-netty-relay-cluster on the class path");
        }
        ClaimCounts counts = new ClaimCounts();
        StreamDirectory directory =
                new CountedDirectory(provider.open(settings, PeerText.hostAndPort(settings.pull())), counts);
        return new ClusterLink(new NodeView(directory, true, settings.expectedNodes(), counts));
    }

    /** Returns the engine on the class path, null where there is none. */
    static @Nullable StreamDirectoryProvider provider() {
        return ServiceLoader.load(StreamDirectoryProvider.class, ClusterLink.class.getClassLoader())
                .findFirst()
                .orElse(null);
    }

    /** Returns the cluster. */
    NodeView node() {
        return node;
    }

    /** Begins to publish the row of this node and to emit the events of the cluster. */
    void operate(RelayParts parts) {
        if (node.clustered()) {
            NodeEvents.watch(node.directory(), parts.events());
        }
        reporter = NodeReporter.start(node.directory(), parts.streams(), parts.state(), ApiService.version());
    }

    @Override
    public void close() {
        if (reporter != null) {
            reporter.close();
        }
        node.directory().close();
    }
}
