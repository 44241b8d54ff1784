// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.srtnetty.channel.SrtIoHandler;
import io.github.srtnetty.channel.testing.Callers;
import io.github.srtnetty.examples.Cli;
import io.github.srtnetty.examples.EndsInTime;
import io.github.srtnetty.testing.Await;
import io.github.srtnetty.testing.Peer;
import io.github.srtnetty.testing.Sequence;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The relay and signals. */
@Tag("slow")
@SuppressWarnings("try") // a sender is closed before its time
class RelayProcessTest {
    private static final Duration WAIT = Duration.ofSeconds(30);
    /** How long libsrt would wait for a player that stands. */
    private static final Duration PEER_IDLE = Duration.ofSeconds(60);
    /** Far from that, and far from what a drain takes, also on a machine that stands for seconds. */
    private static final Duration DRAINED = Duration.ofSeconds(30);

    private final EventLoopGroup group = new MultiThreadIoEventLoopGroup(
            1, new DefaultThreadFactory("test-callers", true), SrtIoHandler.newFactory());

    @TempDir
    Path folder;

    @AfterEach
    void close() {
        group.shutdownGracefully(0, 2, TimeUnit.SECONDS).syncUninterruptibly();
    }

    @Test
    void hupReadsTheConfigurationAgain_andAWrongOneChangesNothing() throws Exception {
        Path file = Files.writeString(folder.resolve("relay.json"), tokenConfig("s3cr3t-one"));
        try (ChildRelay relay = new ChildRelay("latency=200", "--config", file.toString())) {
            Channel publisher = connect(relay, "publish:x:me:s3cr3t-one", new ChannelInboundHandlerAdapter());

            reload(
                    relay,
                    Files.writeString(file, "{\"publishToken\": 7}"),
                    "relay.json:1: publishToken: must be a string");
            assertThat(code(relay, "publish:a:me:s3cr3t-one")).isZero();

            Files.delete(file);
            reload(relay, file, "no such file");
            assertThat(code(relay, "publish:b:me:s3cr3t-one")).isZero();

            reload(relay, Files.writeString(file, tokenConfig("s3cr3t-two")), "new configuration");
            assertThat(code(relay, "publish:y:me:s3cr3t-one")).isEqualTo(1401);
            assertThat(code(relay, "publish:c:me:s3cr3t-two")).isZero();

            assertThat(publisher.isActive()).as("nobody was disconnected").isTrue();
            assertThat(relay.page("/metrics"))
                    .contains("relay_config_reloads_total{result=\"failed\"} 2.0")
                    .contains("relay_config_reloads_total{result=\"ok\"} 1.0");
            relay.process().awaitErrors("rejected: UNAUTHORIZED (1401)"); // a thread of its own writes the log
            relay.process().awaitErrors("role=publish user=\"me\" publishes");
            assertThat(relay.process().errors())
                    .contains("stream=x peer=127.0.0.1:", "role=publish user=\"me\" publishes")
                    .contains("stream=y role=publish peer=127.0.0.1:", "rejected: UNAUTHORIZED (1401)")
                    .doesNotContain("me:one");
        }
    }

    @Test
    void termDrains_andRejectsNewCallers_andEndsWithZero() throws Exception {
        try (ChildRelay relay = new ChildRelay("latency=300&tlpktdrop=0&peeridletimeo=" + PEER_IDLE.toMillis())) {
            Sequence.Checker player = new Sequence.Checker();
            connect(relay, "read:x", player);
            Channel publisher = connect(relay, "publish:x", new ChannelInboundHandlerAdapter());
            try (Peer stopped = stoppedPlayer(relay)) {
                long sent;
                try (Sequence.Sender sender = new Sequence.Sender(publisher, 20_000_000)) {
                    Await.until("enough is sent", WAIT, () -> sender.sent() >= 1000);
                    sender.close();
                    sent = sender.sent();
                }
                Await.until("the relay has it", WAIT, () -> relay.number("receivedPackets") == sent);

                long start = System.nanoTime();
                relay.process().terminate();

                Await.until("new callers get 1503", DRAINED, () -> isDraining(relay));
                assertThat(relay.process().awaitExit(DRAINED)).isZero();
                Duration took = Duration.ofNanos(System.nanoTime() - start);
                System.out.println("drained in " + took + " with one player that stands, " + stopped.pid());
                assertThat(took).isLessThan(DRAINED);
                Await.until("the player is closed", WAIT, player::isInactive);
                assertThat(player.count()).isEqualTo(sent);
                assertThat(player.missing()).isZero();
                assertThat(publisher.closeFuture().await(WAIT.toMillis())).isTrue();
            }
        }
    }

    @Test
    void termEndsAnIdleRelayAtOnce() throws Exception {
        try (ChildRelay relay = new ChildRelay("latency=300")) {
            assertThat(EndsInTime.onSignal("TERM", relay.process())).isZero();
        }
    }

    @Test
    void aWrongConfigurationAtTheStartIsOneLine() throws Exception {
        Path file = Files.writeString(folder.resolve("relay.json"), "{\"queue\": 1}");
        try (Peer relay =
                Cli.start("relay", "--listen", "srt://127.0.0.1:0?mode=listener", "--config", file.toString())) {
            assertThat(relay.awaitExit(Duration.ofSeconds(20))).isEqualTo(1);
            assertThat(relay.errors())
                    .isEqualTo("srt-netty: relay.json:1: unknown key \"queue\"; did you mean queueBytes?\n");
        }
    }

    @Test
    void theStatusPagesAreOnTheLoopbackInterfaceByDefault() throws Exception {
        try (Peer help = Cli.start("relay", "--help")) {
            assertThat(help.awaitExit(Duration.ofSeconds(20))).isZero();
            assertThat(new String(help.output()).replaceAll("\\R +", " ")).contains("(default: 127.0.0.1:8080)");
        }
    }

    private void reload(ChildRelay relay, Path file, String line) throws Exception {
        int before = relay.process().errors().length();
        relay.process().signal("HUP");
        Await.until(
                "the line about " + file.getFileName() + ": " + line,
                WAIT,
                () -> errors(relay).substring(before).contains(line));
    }

    private Peer stoppedPlayer(ChildRelay relay) throws Exception {
        int before = relay.players();
        Peer player = Peer.start(
                "srt-live-transmit",
                "-q",
                "-a:no",
                "srt://127.0.0.1:" + relay.port() + "?streamid=read:x",
                "file://con");
        Await.until("it plays", WAIT, () -> relay.players() > before);
        player.signal("STOP");
        return player;
    }

    private boolean isDraining(ChildRelay relay) {
        try {
            return code(relay, "read:x") == 1503;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private int code(ChildRelay relay, String streamId) throws InterruptedException {
        return Callers.rejectCode(
                Callers.connect(group, relay.port(), streamId, "", new ChannelInboundHandlerAdapter()));
    }

    private Channel connect(ChildRelay relay, String streamId, ChannelHandler handler) throws InterruptedException {
        return Callers.connect(group, relay.port(), streamId, "", handler)
                .sync()
                .channel();
    }

    private static String errors(ChildRelay relay) {
        try {
            return relay.process().errors();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String tokenConfig(String token) {
        return "{\"publishToken\": \"" + token + "\"}";
    }
}
