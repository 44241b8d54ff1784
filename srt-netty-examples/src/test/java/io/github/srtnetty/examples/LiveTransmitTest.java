// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.srtnetty.channel.SrtChannel;
import io.github.srtnetty.channel.SrtChannelOption;
import io.github.srtnetty.channel.SrtCloseEvent;
import io.github.srtnetty.channel.SrtCloseReason;
import io.github.srtnetty.channel.SrtRejectedException;
import io.github.srtnetty.channel.testing.Loopback;
import io.github.srtnetty.examples.pace.PacedSender;
import io.github.srtnetty.libsrt.SrtRejectReason;
import io.github.srtnetty.testing.Await;
import io.github.srtnetty.testing.Peer;
import io.github.srtnetty.testing.Recorder;
import io.github.srtnetty.testing.TestSecrets;
import io.netty.bootstrap.AbstractBootstrap;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelOption;
import io.netty.channel.ConnectTimeoutException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Our channels and srt-live-transmit, in both roles and directions. */
@Tag("slow")
@SuppressWarnings("try") // a peer works by being there
class LiveTransmitTest {
    private static final String OPEN = "";
    private static final String SECRET = TestSecrets.PASSPHRASE;
    private static final int CONNECT_MILLIS = 20_000;
    private static final Duration WAIT = Duration.ofSeconds(30);

    private final Loopback loopback = new Loopback(1);
    private final Recorder received = new Recorder();
    private final List<byte[]> payloads;

    LiveTransmitTest() throws IOException {
        payloads = Material.oneSecond();
    }

    @AfterEach
    void close() {
        loopback.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {OPEN, SECRET})
    void weListenAndReceive(String passphrase) throws Exception {
        loopback.listen(channel -> channel.pipeline().addLast(received), bootstrap -> configure(bootstrap, passphrase));
        int udpPort = Peer.freePort();
        try (Peer peer = LiveTransmit.start(
                "udp://127.0.0.1:" + udpPort, srt(loopback.address().getPort(), "caller", passphrase))) {
            received.awaitEvent("active");
            send(peer, udpPort);

            assertEverythingArrives();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {OPEN, SECRET})
    void weCallAndReceive(String passphrase) throws Exception {
        int port = Peer.freePort();
        int udpPort = Peer.freePort();
        try (Peer peer = LiveTransmit.start("udp://127.0.0.1:" + udpPort, srt(port, "listener", passphrase))) {
            Peer.awaitBound(port);
            call(port, received, passphrase);
            send(peer, udpPort);

            assertEverythingArrives();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {OPEN, SECRET})
    void weListenAndSend(String passphrase) throws Exception {
        PacedSender sender = new PacedSender();
        loopback.listen(channel -> channel.pipeline().addLast(sender), bootstrap -> configure(bootstrap, passphrase));
        try (Peer peer = LiveTransmit.start(srt(loopback.address().getPort(), "caller", passphrase), "file://con")) {
            sendAndClose(peer, loopback.accepted(), sender);

            assertThat(peer.awaitExit(WAIT)).isZero();
            assertThat(Material.sha256(peer.output())).isEqualTo(Material.sha256(Material.joined(payloads)));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {OPEN, SECRET})
    void weCallAndSend(String passphrase) throws Exception {
        PacedSender sender = new PacedSender();
        int port = Peer.freePort();
        try (Peer peer = LiveTransmit.start(srt(port, "listener", passphrase), "file://con")) {
            Peer.awaitBound(port);
            sendAndClose(peer, call(port, sender, passphrase), sender);

            assertThat(peer.awaitExit(WAIT)).isZero();
            assertThat(Material.sha256(peer.output())).isEqualTo(Material.sha256(Material.joined(payloads)));
        }
    }

    @Test
    void aWrongPassphraseFailsTheConnect_withTheReason() throws Exception {
        int port = Peer.freePort();
        try (Peer peer = LiveTransmit.start(srt(port, "listener", SECRET), "file://con")) {
            Peer.awaitBound(port);
            Throwable failure = catchThrowable(() -> call(port, received, TestSecrets.WRONG_PASSPHRASE));

            assertThat(failure).isInstanceOf(SrtRejectedException.class).hasMessageContaining("127.0.0.1:" + port);
            assertThat(((SrtRejectedException) failure).reason()).isEqualTo(SrtRejectReason.BADSECRET);
        }
    }

    @Test
    void anUnusedPortFailsTheConnect_afterItsTimeout() throws Exception {
        InetSocketAddress unused = new InetSocketAddress("127.0.0.1", Peer.freePort());
        Throwable failure = catchThrowable(() -> loopback.caller(
                        received, bootstrap -> bootstrap.option(ChannelOption.CONNECT_TIMEOUT_MILLIS, 500))
                .connect(unused)
                .sync());

        assertThat(failure).isInstanceOf(ConnectTimeoutException.class).hasMessageContaining("500 ms");
    }

    @Test
    void aKilledPeerMakesTheChannelInactive_withinThePeerIdleTimeout() throws Exception {
        Duration idle = Duration.ofSeconds(5); // libsrt's default; under 5.1 s it counts 17 times 300 ms all the same
        loopback.listen(channel -> channel.pipeline().addLast(received));
        try (Peer peer = LiveTransmit.start(
                "udp://127.0.0.1:" + Peer.freePort(), srt(loopback.address().getPort(), "caller", OPEN))) {
            received.awaitEvent("active");

            peer.kill();

            try (Stopwatch watch = new Stopwatch()) {
                Await.until(
                        "inactive",
                        idle.multipliedBy(6),
                        () -> received.events().contains("inactive"));
                assertThat(watch.millis()).isLessThan(idle.multipliedBy(2).toMillis());
            }
            assertThat(received.userEvents())
                    .filteredOn(SrtCloseEvent.class::isInstance)
                    .singleElement()
                    .extracting(event -> ((SrtCloseEvent) event).reason())
                    .isIn(SrtCloseReason.IDLE_TIMEOUT, SrtCloseReason.LOST);
        }
    }

    private void assertEverythingArrives() throws Exception {
        received.awaitMessages(payloads.size());
        assertThat(Material.sha256(Material.joined(received.messages())))
                .isEqualTo(Material.sha256(Material.joined(payloads)));
        assertThat(received.failures()).isEmpty();
    }

    private SrtChannel call(int port, ChannelHandler handler, String passphrase) throws InterruptedException {
        return (SrtChannel) loopback.caller(handler, bootstrap -> configure(bootstrap, passphrase))
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MILLIS)
                .connect(new InetSocketAddress("127.0.0.1", port))
                .sync()
                .channel();
    }

    /** The peer throws away what it has not written when the connection ends. */
    private void sendAndClose(Peer peer, SrtChannel channel, PacedSender sender)
            throws IOException, InterruptedException {
        sender.send(channel, Material.streamOf(1));
        LiveTransmit.awaitOutput(peer, Material.joined(payloads).length);
        channel.close().sync();
    }

    private void send(Peer peer, int udpPort) throws IOException {
        LiveTransmit.awaitTarget(peer);
        LiveTransmit.sendByUdp(udpPort, payloads, received.messages()::size);
    }

    private static String srt(int port, String mode, String passphrase) {
        return "srt://127.0.0.1:" + port + "?mode=" + mode + "&tlpktdrop=0&conntimeo=" + CONNECT_MILLIS
                + (passphrase.isEmpty() ? "" : "&passphrase=" + passphrase);
    }

    private static void configure(AbstractBootstrap<?, ?> bootstrap, String passphrase) {
        bootstrap.option(
                SrtChannelOption.SRTO_TLPKTDROP, false); // what comes late on a busy machine comes all the same
        if (!passphrase.isEmpty()) {
            bootstrap.option(SrtChannelOption.SRTO_PASSPHRASE, passphrase);
        }
    }
}
