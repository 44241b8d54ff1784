// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.srtnetty.channel.SrtChannel;
import io.github.srtnetty.channel.SrtIoHandler;
import io.github.srtnetty.channel.testing.Callers;
import io.github.srtnetty.testing.Await;
import io.github.srtnetty.testing.PayloadGap;
import io.github.srtnetty.testing.Sequence;
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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Three relays in processes of their own: what players see when one is killed or stands still. */
@Tag("slow")
class RelayNodesTest {
    private static final long RATE = 2_000_000;
    private static final Duration LONG = Duration.ofSeconds(30);

    private final EventLoopGroup group = new MultiThreadIoEventLoopGroup(
            2, new DefaultThreadFactory("test-callers", true), SrtIoHandler.newFactory());
    private final List<RelayNode> nodes = new ArrayList<>();

    @BeforeEach
    void start() throws IOException {
        List<Integer> ports = TestNodes.freePorts(3);
        String seeds = ports.stream().map(port -> "127.0.0.1:" + port).collect(Collectors.joining(","));
        for (int i = 0; i < 3; i++) {
            nodes.add(RelayNode.start("n" + i, ports.get(i), seeds));
        }
        Await.until(
                "all see each other",
                Duration.ofSeconds(60),
                () -> nodes.stream().allMatch(node -> get(node, "/metrics").contains("relay_cluster_nodes 3.0")));
    }

    @AfterEach
    void end() {
        group.shutdownGracefully(0, 2, TimeUnit.SECONDS).syncUninterruptibly();
        nodes.forEach(RelayNode::close);
    }

    @Test
    void playersOfOtherNodesGoOn_whenTheNodeOfThePublisherIsKilled() throws Exception {
        PayloadGap first = new PayloadGap();
        PayloadGap second = new PayloadGap();
        play(1, first);
        play(2, second);
        try (Sequence.Sender sender = new Sequence.Sender(publish(0), RATE)) {
            Await.until("both play", LONG, () -> sender.sent() > 50 && first.count() > 50 && second.count() > 50);
            nodes.get(0).signal("KILL");
        }
        long killed = System.nanoTime();
        SrtChannel encoder = publishAtLast(1);
        long free = System.nanoTime() - killed;
        long before = second.count();
        try (Sequence.Sender sender = new Sequence.Sender(encoder, RATE)) {
            Await.until("both play on", LONG, () -> sender.sent() > 50 && second.count() > before + 50);
        }
        System.out.printf(
                "after kill -9 the name was free within %d ms; players were without payloads for %d and %d ms%n",
                TimeUnit.NANOSECONDS.toMillis(free), first.longestMillis(), second.longestMillis());
        assertThat(first.isInactive() || second.isInactive()).isFalse();
        assertThat(free).isLessThan(TimeUnit.SECONDS.toNanos(3));
        assertThat(second.longestMillis()).isLessThan(5000);
    }

    @Test
    void playersOfOtherNodesGoOn_whenTheNodeOfThePublisherStandsStill_andItsPublisherIsClosedAfterwards()
            throws Exception {
        PayloadGap player = new PayloadGap();
        play(2, player);
        SrtChannel stale = publish(0);
        try (Sequence.Sender sender = new Sequence.Sender(stale, RATE)) {
            Await.until("it plays", LONG, () -> sender.sent() > 50 && player.count() > 50);
            nodes.get(0).signal("STOP");
        }
        long stopped = System.nanoTime();
        SrtChannel encoder = publishAtLast(1);
        long free = System.nanoTime() - stopped;
        long before = player.count();
        try (Sequence.Sender sender = new Sequence.Sender(encoder, RATE)) {
            Await.until("it plays on", LONG, () -> sender.sent() > 50 && player.count() > before + 50);
            nodes.get(0).signal("CONT");
            Await.until("the stale publisher is gone", LONG, () -> !stale.isActive());
            Await.until(
                    "all see each other",
                    LONG,
                    () -> nodes.stream().allMatch(node -> get(node, "/metrics").contains("relay_cluster_nodes 3.0")));
            PayloadGap there = new PayloadGap();
            play(0, there);
            Await.until("the node that stood still pulls it", LONG, () -> there.count() > 50);
            for (int node : new int[] {0, 2}) {
                assertThat(code(node, "publish:x")).as("node " + node).isEqualTo(1409);
            }
        }
        System.out.printf(
                "after SIGSTOP the name was free within %d ms; players were without payloads for %d ms%n",
                TimeUnit.NANOSECONDS.toMillis(free), player.longestMillis());
        assertThat(encoder.isActive()).isTrue();
        assertThat(player.isInactive()).isFalse();
        assertThat(free).isLessThan(TimeUnit.SECONDS.toNanos(9));
    }

    private SrtChannel publish(int node) throws InterruptedException {
        return (SrtChannel) connect(node, "publish:x", new ChannelInboundHandlerAdapter())
                .sync()
                .channel();
    }

    private void play(int node, ChannelHandler player) throws InterruptedException {
        connect(node, "read:x", player).sync();
    }

    /** Publishes as an encoder that tries again until the node lets it in. */
    private SrtChannel publishAtLast(int node) throws InterruptedException {
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

    private int code(int node, String id) throws InterruptedException {
        return Callers.rejectCode(connect(node, id, new ChannelInboundHandlerAdapter()));
    }

    private ChannelFuture connect(int node, String id, ChannelHandler handler) {
        return Callers.connect(group, nodes.get(node).port(), id, "", handler);
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
}
