// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.srtnetty.channel.SrtChannel;
import io.github.srtnetty.channel.SrtChannelOption;
import io.github.srtnetty.channel.testing.Linger;
import io.github.srtnetty.channel.testing.Loopback;
import io.github.srtnetty.codec.mpegts.PayloadCutter;
import io.github.srtnetty.codec.mpegts.PcrPayloads;
import io.github.srtnetty.codec.mpegts.TimedPayloads;
import io.github.srtnetty.examples.pace.PacedSender;
import io.github.srtnetty.testing.Await;
import io.github.srtnetty.testing.Peer;
import io.github.srtnetty.testing.Recorder;
import io.github.srtnetty.testing.TestSecrets;
import io.netty.bootstrap.AbstractBootstrap;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelOption;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Our channels and ffmpeg, in both roles and directions. ffmpeg copies its own file to the same bytes again; without
 * {@code linger} it throws away what it has not sent when it ends. An option makes it treat
 * the stream as data, so that it copies what it receives.
 */
@Tag("slow")
@SuppressWarnings("try") // a peer works by being there
class FfmpegTest {
    private static final String OPEN = "";
    private static final String SECRET = TestSecrets.PASSPHRASE;
    private static final int CONNECT_MILLIS = 20_000;
    private static final Duration WAIT = Duration.ofSeconds(60);

    @TempDir
    static Path folder;

    private static Path file;
    private static boolean lingers;

    private final Loopback loopback = new Loopback(1);
    private final Recorder received = new Recorder();

    @BeforeAll
    static void makeFile() throws Exception {
        file = Material.ffmpegFile(folder);
        lingers = Linger.sendsWhatIsLeft();
    }

    @AfterEach
    void close() {
        loopback.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {OPEN, SECRET})
    void weListenAndReceive(String passphrase) throws Exception {
        loopback.listen(channel -> channel.pipeline().addLast(received), bootstrap -> configure(bootstrap, passphrase));
        try (Peer peer = sendingTo(srt(loopback.address().getPort(), "caller", passphrase))) {
            assertTheFileArrives(peer);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {OPEN, SECRET})
    void weCallAndReceive(String passphrase) throws Exception {
        int port = Peer.freePort();
        try (Peer peer = sendingTo(srt(port, "listener", passphrase))) {
            Peer.awaitBound(port);
            call(port, received, passphrase);

            assertTheFileArrives(peer);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {OPEN, SECRET})
    void weListenAndSend(String passphrase) throws Exception {
        PacedSender sender = new PacedSender();
        loopback.listen(channel -> channel.pipeline().addLast(sender), bootstrap -> configure(bootstrap, passphrase));
        try (Peer peer = receivingFrom(srt(loopback.address().getPort(), "caller", passphrase))) {
            sendFileAndClose(peer, loopback.accepted(), sender);

            assertItHasTheFile(peer);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {OPEN, SECRET})
    void weCallAndSend(String passphrase) throws Exception {
        PacedSender sender = new PacedSender();
        int port = Peer.freePort();
        try (Peer peer = receivingFrom(srt(port, "listener", passphrase))) {
            Peer.awaitBound(port);
            sendFileAndClose(peer, call(port, sender, passphrase), sender);

            assertItHasTheFile(peer);
        }
    }

    private void assertTheFileArrives(Peer peer) throws Exception {
        assertThat(peer.awaitExit(WAIT)).as(peer.errors()).isZero();
        received.awaitEvent("inactive");
        byte[] arrived = Material.joined(received.messages());
        byte[] whole = Files.readAllBytes(file);
        if (!lingers) { // ffmpeg leaves the last packets to libsrt's linger, which loses them: they are not ours to
            // deliver
            assertThat(arrived).hasSizeBetween(whole.length * 4 / 5, whole.length);
            whole = Arrays.copyOf(whole, arrived.length);
        }
        assertThat(Material.sha256(arrived)).isEqualTo(Material.sha256(whole));
    }

    private static void assertItHasTheFile(Peer peer) throws Exception {
        peer.awaitExit(WAIT); // whether the end of a connection is an error depends on its version
        assertThat(Material.sha256(peer.output()))
                .as(peer.errors())
                .isEqualTo(Material.sha256(Files.readAllBytes(file)));
    }

    private SrtChannel call(int port, ChannelHandler handler, String passphrase) throws InterruptedException {
        return (SrtChannel) loopback.caller(handler, bootstrap -> configure(bootstrap, passphrase))
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MILLIS)
                .connect(new InetSocketAddress("127.0.0.1", port))
                .sync()
                .channel();
    }

    /** The peer may throw away what it has not written when the connection ends. */
    private static void sendFileAndClose(Peer peer, SrtChannel channel, PacedSender sender) throws Exception {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            sender.send(channel, new PcrPayloads(PayloadCutter.probing(in, TimedPayloads.TS_PAYLOAD_BYTES)));
        }
        long length = Files.size(file);
        Await.until("ffmpeg has it", WAIT, () -> peer.outputFile().toFile().length() >= length);
        channel.close().sync();
    }

    private static Peer sendingTo(String url) throws IOException {
        return ffmpeg("-re -i " + file + " -c copy -f mpegts " + url + "&pkt_size=1316&linger=20");
    }

    private static Peer receivingFrom(String url) throws IOException {
        return ffmpeg("-f data -i " + url + " -map 0 -c copy -flush_packets 1 -f data -");
    }

    private static Peer ffmpeg(String arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("ffmpeg", "-nostdin", "-loglevel", "error"));
        command.addAll(List.of(arguments.split(" ")));
        return Peer.start(command);
    }

    private static String srt(int port, String mode, String passphrase) {
        return "srt://127.0.0.1:" + port + "?mode=" + mode + "&tlpktdrop=0&connect_timeout=" + CONNECT_MILLIS
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
