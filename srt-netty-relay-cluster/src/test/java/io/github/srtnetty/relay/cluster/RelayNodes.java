// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.cluster;

import io.github.srtnetty.channel.SrtChannel;
import io.github.srtnetty.channel.SrtIoHandler;
import io.github.srtnetty.channel.testing.Callers;
import io.github.srtnetty.testing.Await;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/** Three relays in processes of their own, named n0, n1 and n2, with their callers. All have one stream, x. */
final class RelayNodes implements AutoCloseable {
    private static final int SIZE = 3;
    private static final Duration LONG = Duration.ofSeconds(60);

    private final EventLoopGroup group = new MultiThreadIoEventLoopGroup(
            2, new DefaultThreadFactory("test-callers", true), SrtIoHandler.newFactory());
    private final List<Integer> ports = TestNodes.freePorts(SIZE);
    private final List<RelayNode> nodes = new ArrayList<>();

    /** Starts them one after the other, so that they form one cluster, and waits until they see each other. */
    RelayNodes() throws IOException {
        for (int i = 0; i < SIZE; i++) {
            nodes.add(start(i));
            nodes.get(i).listener();
        }
        awaitWhole();
    }

    private RelayNode start(int index) throws IOException {
        String seeds = ports.stream().map(port -> "127.0.0.1:" + port).collect(Collectors.joining(","));
        return RelayNode.start("n" + index, ports.get(index), seeds);
    }

    RelayNode get(int index) {
        return nodes.get(index);
    }

    /** Ends a node in good order, and starts it again. */
    void restart(int index) throws IOException, InterruptedException {
        nodes.get(index).end();
        nodes.set(index, start(index));
    }

    void awaitWhole() {
        Await.until(
                "all see each other",
                LONG,
                () -> nodes.stream().allMatch(node -> get(node, "/metrics").contains("relay_cluster_nodes 3.0")));
    }

    SrtChannel publish(int node) throws InterruptedException {
        return (SrtChannel) connect(node, "publish:x", new ChannelInboundHandlerAdapter())
                .sync()
                .channel();
    }

    void play(int node, ChannelHandler player) throws InterruptedException {
        connect(node, "read:x", player).sync();
    }

    /** Publishes as an encoder that tries again until the node lets it in. */
    SrtChannel publishAtLast(int node) throws InterruptedException {
        long end = System.nanoTime() + LONG.toNanos();
        while (System.nanoTime() - end < 0) {
            ChannelFuture connect = connect(node, "publish:x", new ChannelInboundHandlerAdapter())
                    .await();
            if (connect.isSuccess()) {
                return (SrtChannel) connect.channel();
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50)); // as an encoder that waits a moment
        }
        throw new AssertionError("no node lets it in");
    }

    int code(int node, String id) throws InterruptedException {
        return Callers.rejectCode(connect(node, id, new ChannelInboundHandlerAdapter()));
    }

    private ChannelFuture connect(int node, String id, ChannelHandler handler) {
        return Callers.connect(group, nodes.get(node).listener(), id, "", handler);
    }

    private static String get(RelayNode node, String path) {
        try {
            return node.get(path);
        } catch (IOException e) {
            return "";
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Closes all callers, and waits until no node pulls and none knows a stream. */
    void awaitQuiet() {
        group.shutdownGracefully(0, 2, TimeUnit.SECONDS).syncUninterruptibly();
        for (RelayNode node : nodes) {
            Await.until("no pull is left", LONG, () -> get(node, "/metrics").contains("relay_cluster_pulls 0.0"));
            Await.until("no name is left", LONG, () -> get(node, "/metrics").contains("relay_cluster_streams 0.0"));
        }
    }

    @Override
    public void close() {
        group.shutdownGracefully(0, 2, TimeUnit.SECONDS).syncUninterruptibly();
        nodes.forEach(RelayNode::close);
    }
}
