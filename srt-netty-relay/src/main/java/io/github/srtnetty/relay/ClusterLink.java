// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay;

import io.github.srtnetty.libsrt.PeerText;
import io.github.srtnetty.relay.api.ApiService;
import io.github.srtnetty.relay.directory.ClusterSettings;
import io.github.srtnetty.relay.directory.LocalStreamDirectory;
import io.github.srtnetty.relay.directory.StreamDirectory;
import io.github.srtnetty.relay.directory.StreamDirectoryProvider;
import io.github.srtnetty.relay.endpoint.Endpoints;
import io.github.srtnetty.relay.node.ClaimCounts;
import io.github.srtnetty.relay.node.CountedDirectory;
import io.github.srtnetty.relay.node.NodeEvents;
import io.github.srtnetty.relay.node.NodeReporter;
import io.github.srtnetty.relay.node.NodeView;
import io.github.srtnetty.relay.pull.PullCounts;
import io.github.srtnetty.relay.pull.PullKeys;
import io.github.srtnetty.relay.pull.PullListener;
import io.github.srtnetty.relay.pull.PullParts;
import io.github.srtnetty.relay.pull.PullPolicy;
import io.github.srtnetty.relay.pull.Pulls;
import io.netty.channel.EventLoopGroup;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/**
 * The link of a relay to its cluster: the directory of streams, the listener for other nodes, the pulls from them,
 * and the data for operators. A relay that runs alone has a directory of its own and nothing else.
 */
final class ClusterLink implements AutoCloseable {
    /** The parts of a member of a cluster. */
    private record Member(EventLoopGroup loops, PullKeys keys, PullPolicy policy, PullListener listener) {}

    private static final int END_MILLIS = 500;

    private final NodeView node;
    private final @Nullable Member member;
    private volatile @Nullable Pulls pulls;
    private @Nullable NodeReporter reporter;

    private ClusterLink(NodeView node, @Nullable Member member) {
        this.node = node;
        this.member = member;
    }

    /** Returns the link of a relay that runs alone. */
    static ClusterLink alone() {
        return new ClusterLink(NodeView.alone(new LocalStreamDirectory()), null);
    }

    /**
     * Opens the listener for other nodes and joins a cluster; blocks meanwhile.
     *
     * @param settings the settings of this node
     * @param provider the engine, null where there is none
     * @throws IOException in one line: what cannot be opened, and what to change
     */
    static ClusterLink join(
            ClusterSettings settings,
            @Nullable StreamDirectoryProvider provider,
            EventLoopGroup loops,
            PullPolicy policy)
            throws IOException, InterruptedException {
        if (provider == null) {
            throw new IOException("cluster: needs io.github.srt-netty:srt-netty-relay-cluster on the class path");
        }
        InetAddress advertised = advertised(settings);
        PullKeys keys = PullKeys.of(settings.secret());
        PullListener listener = PullListener.bind(loops, settings.pull(), keys, policy);
        try {
            InetSocketAddress address =
                    new InetSocketAddress(advertised, listener.address().getPort());
            ClaimCounts counts = new ClaimCounts();
            StreamDirectory directory =
                    new CountedDirectory(provider.open(settings, PeerText.hostAndPort(address)), counts);
            NodeView node = new NodeView(directory, true, settings.expectedNodes(), counts, new PullCounts());
            return new ClusterLink(node, new Member(loops, keys, policy, listener));
        } catch (IOException | RuntimeException e) {
            listener.close().awaitUninterruptibly(END_MILLIS);
            throw e;
        }
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

    /**
     * Serves other nodes and pulls from them, from now on. Called once.
     *
     * @return creates the publishers and players of this relay
     */
    Endpoints begin(RelayParts parts) {
        Endpoints endpoints = new Endpoints(
                parts.streams(),
                parts.state(),
                parts.places(),
                parts.bans(),
                parts.reports(),
                parts.events(),
                parts.claims(),
                this::changed);
        StreamDirectory directory = node.directory();
        Member cluster = member;
        if (cluster != null) {
            NodeEvents.watch(directory, parts.events());
            Pulls started = new Pulls(new PullParts(
                    cluster.loops,
                    parts.streams(),
                    parts.state(),
                    directory,
                    cluster.keys,
                    parts.reports().log(),
                    cluster.policy,
                    node.pulls()));
            pulls = started;
            directory.watch(parts.claims());
            directory.watch(started);
            cluster.listener.serve(parts.claims(), endpoints, parts.reports().log());
        }
        reporter = NodeReporter.start(directory, parts.streams(), parts.state(), ApiService.version());
        return endpoints;
    }

    /** Returns the number of connections to nodes from which streams are pulled. */
    int pullConnections() {
        Pulls current = pulls;
        return current == null ? 0 : current.connections();
    }

    /** Ends pulls and leaves the cluster. */
    @Override
    public void close() {
        if (reporter != null) {
            reporter.close();
        }
        Pulls current = pulls;
        if (current != null) {
            current.close();
        }
        if (member != null) {
            member.listener.close().awaitUninterruptibly(END_MILLIS);
        }
        node.directory().close();
    }

    private void changed(String name) {
        Pulls current = pulls;
        if (current != null) {
            current.look(name);
        }
    }

    /** Returns the address for other nodes. For a wildcard it is the engine's address. */
    private static InetAddress advertised(ClusterSettings settings) throws IOException {
        InetAddress pull = settings.pull().getAddress();
        InetAddress bind = settings.bind().getAddress();
        if (pull == null || bind == null) {
            throw new IOException("cluster: "
                    + (pull == null ? settings.pull() : settings.bind()).getHostString()
                    + " is not an address of this machine");
        }
        InetAddress advertised = pull.isAnyLocalAddress() ? bind : pull;
        if (advertised.isAnyLocalAddress()) {
            throw new IOException("cluster: other nodes cannot pull from " + advertised.getHostAddress()
                    + "; set an address of this machine");
        }
        if (settings.secret().isEmpty() && !(pull.isLoopbackAddress() && advertised.isLoopbackAddress())) {
            throw new IOException("cluster: needs a secret, because other nodes pull from " + pull.getHostAddress()
                    + ", which is not loopback");
        }
        return advertised;
    }
}
