// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.srtnetty.channel.SrtChannel;
import io.github.srtnetty.relay.config.RelayRules;
import io.github.srtnetty.relay.config.RelaySetting;
import io.github.srtnetty.relay.stream.LiveStream;
import io.github.srtnetty.relay.stream.StreamSink;
import io.github.srtnetty.testing.Await;
import io.github.srtnetty.testing.PayloadGap;
import io.github.srtnetty.testing.Sequence;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Players of any node get the streams of all nodes, each pulled once, and go on when publisher or node changes. */
class ClusterPullTest {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final int PAYLOADS = 2000;
    private static final long RATE = 2_000_000;

    /** A player whose event loop stands for seconds still gets all. */
    private static final RelayRules LOSSLESS =
            new RelayRules(Map.of(RelaySetting.QUEUE_MILLIS, 60_000), Map.of(), Map.of());

    /** So long a pull goes on without players, of which one comes back meanwhile. */
    private static final int LONG_LINGER = 4000;

    /** Less than the 10 s after which a pull that was refused for good is tried again. */
    private static final int MOST_GAP_MILLIS = 8000;

    @Test
    @Tag("slow")
    void aStreamIsPulledOnceForAllPlayersOfANode_andArrivesWhole() throws Exception {
        try (Nodes nodes = new Nodes(LOSSLESS, "a", "b", "c")) {
            SrtChannel publisher = nodes.publish("a", "x");
            List<Digest> players = new ArrayList<>();
            for (String node : List.of("b", "c")) {
                for (int i = 0; i < 10; i++) {
                    Digest player = new Digest();
                    nodes.play(node, "x", player);
                    players.add(player);
                }
                nodes.awaitOrigin(node, "x", "a");
            }
            Digest sent = new Digest();
            for (int i = 0; i < PAYLOADS; i++) {
                ByteBuf payload = Sequence.payload(i);
                sent.update(payload);
                publisher.writeAndFlush(payload);
                if (i % 20 == 19) {
                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
                }
            }
            assertThat(pullingNodes(nodes, "a", "x")).containsExactlyInAnyOrder("b", "c");
            assertThat(nodes.streams("a").find("x").players()).isZero();
            publisher.close().sync(); // what it sent is delivered after that

            String digest = sent.hex();
            for (Digest player : players) {
                Await.until("all payloads", LONG, () -> player.count == PAYLOADS);
                assertThat(player.hex()).isEqualTo(digest);
            }
            Await.until(
                    "the pulls are gone", LONG, () -> nodes.relay("b").cluster().pullConnections() == 0);
        }
    }

    /** The gap is that of the encoder that connects again: no more is lost. */
    @Test
    @Tag("slow")
    void playersGoOn_whenTheNodeOfThePublisherDies() throws Exception {
        try (Nodes nodes = new Nodes("a", "b", "c")) {
            SrtChannel first = nodes.publish("a", "x");
            PayloadGap player = new PayloadGap();
            nodes.play("c", "x", player);
            nodes.awaitOrigin("c", "x", "a");
            try (Sequence.Sender sender = new Sequence.Sender(first, RATE)) {
                Await.until("it plays", () -> sender.sent() > 50 && player.count() > 50);
                nodes.kill("a");
            }
            long before = player.count();
            try (Sequence.Sender sender = new Sequence.Sender(nodes.publishAtLast("b", "x"), RATE)) {
                nodes.awaitOrigin("c", "x", "b");
                Await.until("it plays on", () -> sender.sent() > 50 && player.count() > before + 50);
            }
            System.out.printf("players were without payloads for %d ms%n", player.longestMillis());
            assertThat(player.isInactive()).isFalse();
            assertThat(player.longestMillis()).isLessThan(MOST_GAP_MILLIS);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "b"})
    void nothingIsLost_whenAPublisherLeavesAndIsBack_onAnyNode(String next) throws Exception {
        try (Nodes nodes = new Nodes(LOSSLESS, "a", "b")) {
            Sequence.Checker player = new Sequence.Checker();
            nodes.play("b", "x", player);
            SrtChannel first = nodes.publish("a", "x");
            nodes.awaitOrigin("b", "x", "a");
            sendAndLeave(first, 0, 20);
            SrtChannel second = nodes.publishAtLast(next, "x");
            if (next.equals("a")) {
                nodes.awaitOrigin("b", "x", "a");
            }
            sendAndLeave(second, 20, 20);

            Await.until("all payloads", LONG, () -> player.count() == 40);
            assertThat(player).hasToString("0 to 39, 0 missing");
        }
    }

    @Test
    void aPullEndsAfterItsLastPlayer_andBeginsAgainWithTheNext() throws Exception {
        try (Nodes nodes = new Nodes("a", "b")) {
            nodes.publish("a", "x");
            SrtChannel player = nodes.play("b", "x", new Sequence.Checker());
            nodes.awaitOrigin("b", "x", "a");
            player.close().sync();
            Await.until(
                    "no pull is left",
                    () -> nodes.relay("b").cluster().pullConnections() == 0
                            && nodes.streams("b").find("x") == null);
            Await.until(
                    "the origin has none either",
                    () -> pullingNodes(nodes, "a", "x").isEmpty());

            nodes.play("b", "x", new Sequence.Checker());
            nodes.awaitOrigin("b", "x", "a");
        }
    }

    /** The pull of another stream, whose player leaves later and stays away, shows that the time is over. */
    @Tag("slow")
    @Test
    void aPlayerThatComesBackSoon_findsThePullRunning() throws Exception {
        try (Nodes nodes = new Nodes(LONG_LINGER, "a", "b")) {
            nodes.publish("a", "x");
            nodes.publish("a", "y");
            SrtChannel player = nodes.play("b", "x", new Sequence.Checker());
            SrtChannel other = nodes.play("b", "y", new Sequence.Checker());
            nodes.awaitOrigin("b", "x", "a");
            nodes.awaitOrigin("b", "y", "a");
            String id = nodes.streams("b").find("x").source().connection().id();

            player.close().sync();
            Await.until("the player is gone", () -> nodes.streams("b").find("x").players() == 0);
            nodes.play("b", "x", new Sequence.Checker());
            other.close().sync();
            Await.until("the other pull ends", () -> nodes.streams("b").find("y") == null);

            assertThat(nodes.streams("b").find("x").source().connection().id()).isEqualTo(id);
        }
    }

    /** When the stream moves to a node that pulled it, the first node pulls from there: no node feeds itself. */
    @Tag("slow")
    @Test
    void aNodeThatPullsFeedsNoOther() throws Exception {
        try (Nodes nodes = new Nodes(LOSSLESS, "a", "b")) {
            Sequence.Checker here = new Sequence.Checker();
            Sequence.Checker there = new Sequence.Checker();
            nodes.play("a", "x", here);
            nodes.play("b", "x", there);
            SrtChannel first = nodes.publish("a", "x");
            nodes.awaitOrigin("b", "x", "a");
            sendAndLeave(first, 0, 10);
            Await.until("all of the first", () -> here.count() == 10 && there.count() == 10);
            SrtChannel second = nodes.publishAtLast("b", "x");
            nodes.awaitOrigin("a", "x", "b");
            Await.until(
                    "no node pulls from a", () -> pullingNodes(nodes, "a", "x").isEmpty());
            sendAndLeave(second, 10, 10);

            Await.until("all of the second", () -> here.count() == 20 && there.count() == 20);
            assertThat(here).hasToString("0 to 19, 0 missing");
            assertThat(there).hasToString("0 to 19, 0 missing");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"studio 1", "a=b", "50%", "ä/ö?x&y", "漢字"})
    void namesOfAllKindsArePulled(String stream) throws Exception {
        try (Nodes nodes = new Nodes("a", "b")) {
            assertPulled(nodes, stream.replace(" ", "_"));
        }
    }

    /** It fills the stream id of its publisher, so that the one of a pull has no room for it. */
    @Test
    void theLongestNameIsPulled() throws Exception {
        try (Nodes nodes = new Nodes("a", "b")) {
            assertPulled(nodes, "ü".repeat(245));
        }
    }

    private static void assertPulled(Nodes nodes, String stream) throws Exception {
        SrtChannel publisher = nodes.publish("a", stream);
        Sequence.Checker player = new Sequence.Checker();
        nodes.play("b", stream, player);
        Await.until("it waits", () -> !nodes.streams("b").all().isEmpty());
        String name = nodes.streams("b").all().iterator().next().name();
        nodes.awaitOrigin("b", name, "a");
        sendAndLeave(publisher, 0, 5);
        Await.until("all payloads", () -> player.count() == 5);
    }

    private static List<String> pullingNodes(Nodes nodes, String node, String stream) {
        LiveStream live = nodes.streams(node).find(stream);
        return live == null
                ? List.of()
                : live.sinks().stream()
                        .filter(StreamSink::isPull)
                        .map(sink -> sink.connection().node())
                        .toList();
    }

    private static void sendAndLeave(SrtChannel publisher, int firstNumber, int count) throws InterruptedException {
        ChannelFuture last = publisher.newSucceededFuture();
        for (int i = 0; i < count; i++) {
            last = publisher.writeAndFlush(Sequence.payload(firstNumber + i));
        }
        last.sync();
        publisher.close().sync();
    }

    /** The digest of all payloads. */
    private static final class Digest extends SimpleChannelInboundHandler<ByteBuf> {
        private final MessageDigest digest;
        private volatile int count;

        Digest() throws NoSuchAlgorithmException {
            digest = MessageDigest.getInstance("SHA-256");
        }

        void update(ByteBuf payload) {
            digest.update(payload.nioBuffer());
        }

        String hex() {
            return HexFormat.of().formatHex(digest.digest());
        }

        @Override
        protected void channelRead0(ChannelHandlerContext ctx, ByteBuf payload) {
            update(payload);
            count++;
        }
    }
}
