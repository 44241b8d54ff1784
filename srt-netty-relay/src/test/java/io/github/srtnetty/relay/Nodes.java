// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay;

import io.github.srtnetty.bootstrap.SrtUri;
import io.github.srtnetty.channel.SrtChannel;
import io.github.srtnetty.channel.SrtIoHandler;
import io.github.srtnetty.channel.testing.Callers;
import io.github.srtnetty.relay.config.RelayRules;
import io.github.srtnetty.relay.directory.Board;
import io.github.srtnetty.relay.directory.ClusterSettings;
import io.github.srtnetty.relay.pull.PullPolicy;
import io.github.srtnetty.relay.stream.LiveStream;
import io.github.srtnetty.relay.stream.StreamSink;
import io.github.srtnetty.relay.stream.StreamSource;
import io.github.srtnetty.relay.stream.Streams;
import io.github.srtnetty.testing.Await;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The relays of one cluster in this process, on ephemeral ports of the loopback interface, and callers of them. */
final class Nodes implements AutoCloseable {
    static final String SECRET = "the secret of the cluster";

    private static final int LINGER_MILLIS = 300;

    private static final String LOSSLESS = "latency=200&tlpktdrop=0";

    private final PullPolicy policy;
    private final Board board = new Board();
    private final EventLoopGroup group = new MultiThreadIoEventLoopGroup(
            2, new DefaultThreadFactory("test-callers", true), SrtIoHandler.newFactory());
    private final Map<String, RelayServer> relays = new ConcurrentHashMap<>();

    /** Starts relays with the default rules. */
    Nodes(String... names) throws Exception {
        this(RelayRules.DEFAULT, names);
    }

    Nodes(RelayRules rules, String... names) throws Exception {
        this(rules, LINGER_MILLIS, names);
    }

    /** Starts relays that go on pulling for so long without players. */
    Nodes(int lingerMillis, String... names) throws Exception {
        this(RelayRules.DEFAULT, lingerMillis, names);
    }

    private Nodes(RelayRules rules, int lingerMillis, String... names) throws Exception {
        policy = new PullPolicy(120, lingerMillis, 10_000, 20, 200, 10_000);
        for (String name : names) {
            add(name, rules, SECRET);
        }
    }

    /** Starts one more relay. */
    void add(String name, RelayRules rules, String secret) throws Exception {
        relays.put(name, start(name, rules, secret));
    }

    static ClusterSettings settings(String name, String secret, InetSocketAddress pull) {
        InetSocketAddress loopback = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        return new ClusterSettings(
                name, loopback, List.of(), "", secret, null, "", pull, ClusterSettings.OnSplit.ACCEPT, 0, false);
    }

    private RelayServer start(String name, RelayRules rules, String secret) throws Exception {
        SrtUri listener = SrtUri.parse("srt://127.0.0.1:0?mode=listener&" + LOSSLESS);
        RelayOptions options = RelayOptions.of(List.of(listener), new RelayConfig(rules))
                .withHttp(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .withCluster(settings(name, secret, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)));
        return RelayServer.start(options, board, policy);
    }

    Board board() {
        return board;
    }

    EventLoopGroup group() {
        return group;
    }

    RelayServer relay(String node) {
        return Objects.requireNonNull(relays.get(node));
    }

    Streams streams(String node) {
        return relay(node).parts().streams();
    }

    int port(String node) {
        return relay(node).addresses().get(0).getPort();
    }

    SrtChannel publish(String node, String stream) throws InterruptedException {
        return connect(node, "#!::r=" + stream + ",m=publish", new ChannelInboundHandlerAdapter());
    }

    /** Connects a player and waits until its stream has it, which may be a moment after the caller is connected. */
    SrtChannel play(String node, String stream, ChannelHandler handler) throws InterruptedException {
        int before = players(node);
        SrtChannel player = connect(node, "#!::r=" + stream + ",m=request", handler);
        Await.until("it plays", () -> players(node) > before);
        return player;
    }

    private int players(String node) {
        return streams(node).all().stream().mapToInt(LiveStream::players).sum();
    }

    private SrtChannel connect(String node, String id, ChannelHandler handler) throws InterruptedException {
        ChannelFuture connect = Callers.connectInProcess(group, port(node), id, "", handler);
        return (SrtChannel) connect.sync().channel();
    }

    /** Publishes as an encoder that tries again until a node lets it in. */
    SrtChannel publishAtLast(String node, String stream) throws InterruptedException {
        while (true) {
            ChannelFuture connect = Callers.connectInProcess(
                            group, port(node), "#!::r=" + stream + ",m=publish", "", new ChannelInboundHandlerAdapter())
                    .await();
            if (connect.isSuccess()) {
                return (SrtChannel) connect.channel();
            }
        }
    }

    /** Returns the code with which a caller is rejected, 0 where it is let in. */
    int code(String node, String id) {
        try {
            return Callers.rejectCode(
                    Callers.connectInProcess(group, port(node), id, "", new ChannelInboundHandlerAdapter()));
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Returns the node from which another one pulls a stream, null where it does not. */
    @Nullable
    String origin(String node, String stream) {
        LiveStream live = streams(node).find(stream);
        StreamSource source = live == null ? null : live.source();
        return source == null ? null : source.connection().node();
    }

    /** Waits until a publisher of a node has its name: other nodes may find the name a moment earlier. */
    void awaitClaim(String node, String stream) {
        Await.until(
                node + " publishes " + stream,
                () -> relay(node).parts().claims().find(stream) != null);
    }

    /**
     * Waits until a node pulls a stream from another one, and that one feeds it: a pull may be connected a moment
     * before. Where the stream had a publisher before, that one has ended, with the pulls that end with it.
     */
    void awaitOrigin(String node, String stream, String origin) {
        Await.until(
                node + " pulls " + stream + " from " + origin,
                () -> origin.equals(origin(node, stream)) && feeds(origin, stream, pullPort(node, stream)));
    }

    private int pullPort(String node, String stream) {
        LiveStream live = streams(node).find(stream);
        StreamSource source = live == null ? null : live.source();
        return source == null ? -1 : port(source.connection().channel().localAddress());
    }

    private boolean feeds(String origin, String stream, int port) {
        LiveStream live = streams(origin).find(stream);
        return live != null
                && live.source() != null
                && live.earlierEnded().isDone()
                && live.sinks().stream()
                        .filter(StreamSink::isPull)
                        .anyMatch(sink -> port(sink.connection().channel().remoteAddress()) == port);
    }

    private static int port(@Nullable SocketAddress address) {
        return address instanceof InetSocketAddress inet ? inet.getPort() : -1;
    }

    /** Ends a node as kill -9 does: the others learn it from the directory; connections break without a close. */
    void kill(String node) {
        board.kill(node);
        for (LiveStream stream : streams(node).all()) {
            StreamSource source = stream.source();
            if (source != null) {
                abort(source.connection().channel());
            }
            stream.sinks().forEach(sink -> abort(sink.connection().channel()));
        }
    }

    private static void abort(Channel channel) {
        channel.config().setOption(ChannelOption.SO_LINGER, 0);
        channel.close();
    }

    @Override
    public void close() {
        group.shutdownGracefully(0, 2, TimeUnit.SECONDS).syncUninterruptibly();
        relays.values().forEach(RelayServer::close);
    }
}
