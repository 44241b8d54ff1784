// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.srtnetty.bootstrap.SrtUri;
import io.github.srtnetty.channel.testing.Loopback;
import io.github.srtnetty.testing.Await;
import io.github.srtnetty.testing.ByteStream;
import io.github.srtnetty.testing.Pacer;
import io.github.srtnetty.testing.Peer;
import io.github.srtnetty.testing.Recorder;
import io.github.srtnetty.testing.UdpProxy;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.DefaultFileRegion;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Bit for bit over a bad network, with srt-live-transmit and srt-file-transmit on the other side. Nobody drops what
 * comes too late: on a machine that stands still for longer than the latency it is delivered late instead.
 */
@Tag("peers")
class SrtLossTest {
    private static final int PACKETS = 1500;
    private static final int BYTES = PACKETS * Pacer.MESSAGE_BYTES;
    /** Pushes the rest through the output buffer of a peer, which throws away what it has not played when we close. */
    private static final int PADDING = 20;

    private static final String LIVE = "latency=200&tlpktdrop=no";
    private static final int FILE_BYTES = 400_003;
    private static final long SEED = 20_261_122;
    private static final Duration WAIT = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    private final Loopback loopback = new Loopback(2);

    @AfterEach
    void close() {
        loopback.close();
    }

    @Test
    void liveArrivesWholeFromLiveTransmit_atTwoPercentLossAndTwentyMillisDelay() throws Exception {
        Recorder received = new Recorder();
        loopback.listen(
                channel -> channel.pipeline().addLast(received), b -> b.option(SrtChannelOption.SRTO_TLPKTDROP, false));
        try (UdpProxy proxy = badNetwork(loopback.address(), 0.02);
                Peer peer = Peer.start(
                        "srt-live-transmit",
                        "-chunk:1316",
                        "file://con",
                        "srt://127.0.0.1:" + proxy.address().getPort() + "?" + LIVE)) {
            peer.awaitTargetConnected();
            write(peer.input(), 0, PACKETS - 1);
            Await.until("the losses", () -> proxy.toTarget().seen() >= PACKETS - 1);
            proxy.heal();
            write(peer.input(), PACKETS - 1, PACKETS);

            received.awaitMessages(PACKETS);
            for (int i = 0; i < PACKETS; i++) {
                assertThat(received.messages().get(i)).isEqualTo(payload(i));
            }
            assertThat(proxy.toTarget().lost()).isPositive();
        }
    }

    @Test
    void liveArrivesWholeAtLiveTransmit_atTwoPercentLossAndTwentyMillisDelay() throws Exception {
        int port = Peer.freePort();
        try (Peer peer = Peer.start("srt-live-transmit", "-a:no", "srt://:" + port + "?" + LIVE, "file://con")) {
            Peer.awaitBound(port);
            try (UdpProxy proxy = badNetwork(new InetSocketAddress("127.0.0.1", port), 0.02)) {
                Channel caller = open("srt://127.0.0.1:" + proxy.address().getPort() + "?" + LIVE);
                new Pacer(caller, PACKETS, 2).start().await();
                Await.until("the losses", () -> proxy.toTarget().seen() >= PACKETS);
                proxy.heal();
                new Pacer(caller, PADDING, 1).start().await();
                Await.until(
                        "all written", WAIT, () -> peer.outputFile().toFile().length() >= BYTES);
                caller.close().sync();
                peer.awaitExit(WAIT);

                ByteBuffer output = ByteBuffer.wrap(peer.output());
                assertThat(output.capacity()).isBetween(BYTES, BYTES + PADDING * Pacer.MESSAGE_BYTES);
                for (int i = 0; i < output.capacity() / Pacer.MESSAGE_BYTES; i++) { // the padding is numbered anew
                    assertThat(output.getInt(i * Pacer.MESSAGE_BYTES)).isEqualTo(i % PACKETS);
                }
                assertThat(proxy.toTarget().lost()).isPositive();
            }
        }
    }

    @Test
    void aFileArrivesWholeFromFileTransmit_atTenPercentLoss() throws Exception {
        ByteStream sink = new ByteStream(1, 0, FILE_BYTES);
        loopback.listen(channel -> channel.pipeline().addLast(sink), SrtModesTest::stream);
        Path file = randomFile();
        try (UdpProxy proxy = badNetwork(loopback.address(), 0.10);
                Peer peer = Peer.start(
                        "srt-file-transmit",
                        "file://" + file,
                        "srt://127.0.0.1:" + proxy.address().getPort() + "/name")) {
            assertThat(sink.receivedAll().get(WAIT.toSeconds(), TimeUnit.SECONDS))
                    .isEqualTo(digest(file));
            assertThat(peer.awaitExit(WAIT)).isZero();
        }
    }

    @Test
    void aFileArrivesWholeAtFileTransmit_atTenPercentLoss() throws Exception {
        int port = Peer.freePort();
        Path file = randomFile();
        Path copy = folder.resolve("copy");
        try (Peer peer = Peer.start("srt-file-transmit", "srt://:" + port, "file://" + copy)) {
            Peer.awaitBound(port);
            try (UdpProxy proxy = badNetwork(new InetSocketAddress("127.0.0.1", port), 0.10)) {
                Channel caller = open("srt://127.0.0.1:" + proxy.address().getPort() + "?transtype=file");
                caller.writeAndFlush(new DefaultFileRegion(file.toFile(), 0, FILE_BYTES))
                        .sync();
                caller.close().sync();
                peer.awaitExit(WAIT);

                Await.until("the whole file", WAIT, () -> copy.toFile().length() == FILE_BYTES);
                assertThat(digest(copy)).isEqualTo(digest(file));
            }
        }
    }

    private Channel open(String uri) throws InterruptedException {
        return SrtUri.parse(uri)
                .open(loopback.group(), new ChannelInboundHandlerAdapter())
                .sync()
                .channel();
    }

    private static UdpProxy badNetwork(InetSocketAddress target, double loss) throws IOException {
        return new UdpProxy(target, SEED)
                .losing(loss)
                .delaying(20)
                .reordering(0.01)
                .duplicating(0.01)
                .start();
    }

    /** Paced, as srt-live-transmit drops what it cannot send at once. */
    private static void write(OutputStream out, int from, int to) throws IOException {
        for (int i = from; i < to; i++) {
            out.write(payload(i));
            out.flush();
            long written = System.nanoTime();
            Await.until("the next turn", () -> System.nanoTime() - written > 1_000_000);
        }
    }

    private static byte[] payload(int number) {
        byte[] bytes = new byte[Pacer.MESSAGE_BYTES];
        new Random(number).nextBytes(bytes);
        return bytes;
    }

    private Path randomFile() throws IOException {
        byte[] content = new byte[FILE_BYTES];
        new Random(SEED).nextBytes(content);
        return Files.write(folder.resolve("original"), content);
    }

    private static String digest(Path file) throws IOException {
        MessageDigest digest = ByteStream.sha256();
        digest.update(Files.readAllBytes(file));
        return ByteStream.hex(digest);
    }
}
