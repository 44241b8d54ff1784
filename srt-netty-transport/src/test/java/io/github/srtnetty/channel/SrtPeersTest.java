// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.srtnetty.bootstrap.SrtUri;
import io.github.srtnetty.channel.testing.CompleteDelivery;
import io.github.srtnetty.channel.testing.Loopback;
import io.github.srtnetty.libsrt.SrtStatistic;
import io.github.srtnetty.testing.Await;
import io.github.srtnetty.testing.ByteStream;
import io.github.srtnetty.testing.Pacer;
import io.github.srtnetty.testing.Peer;
import io.github.srtnetty.testing.Recorder;
import io.github.srtnetty.testing.TestSecrets;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.DefaultFileRegion;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against other programs: srt-live-transmit, srt-file-transmit (package srt-tools) and ffmpeg. */
@Tag("peers")
class SrtPeersTest {
    private static final int PACKETS = 300;
    /** Pushes the rest through the output buffer of a peer, which throws away what it has not played when we close. */
    private static final int PADDING = 20;

    private static final int FILE_BYTES = 3_000_001;
    private static final Duration WAIT = Duration.ofSeconds(60);
    private static final String SECRET = TestSecrets.PASSPHRASE;

    @TempDir
    Path folder;

    private final Loopback loopback = new Loopback(2);
    private final Recorder received = new Recorder();

    @AfterEach
    void close() {
        loopback.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {16, 24, 32})
    void liveTransmitCallsUs_encrypted(int keyBytes) throws Exception {
        AtomicReference<SrtAcceptRequest> asked = new AtomicReference<>();
        loopback.listen(channel -> channel.pipeline().addLast(received), b -> {
            CompleteDelivery.set(b);
            b.option(SrtChannelOption.SRTO_PASSPHRASE, SECRET).option(SrtServerChannelOption.ACCEPT_FILTER, request -> {
                asked.set(request);
                return SrtAcceptDecision.accept();
            });
        });
        String uri = "srt://127.0.0.1:" + loopback.address().getPort() + "?latency=234&passphrase=" + SECRET
                + "&pbkeylen=" + keyBytes + "&streamid=#!::r=cam,m=publish&" + CompleteDelivery.IN_ADDRESS;

        try (Peer peer = Peer.start("srt-live-transmit", "-chunk:1316", "file://con", uri)) {
            SrtChannel accepted = loopback.accepted();
            peer.awaitTargetConnected();
            writePackets(peer.input());
            received.awaitMessages(PACKETS);

            assertThat(asked.get().streamId()).isEqualTo("#!::r=cam,m=publish");
            assertThat(accepted.config().get(SrtChannelOption.SRTO_RCVLATENCY)).isEqualTo(234);
            assertThat(accepted.config().get(SrtChannelOption.SRTO_PBKEYLEN)).isEqualTo(keyBytes);
            assertNumbered();
        }
    }

    @Test
    void weCallLiveTransmit_encryptedWithAPacketFilter() throws Exception {
        int port = Peer.freePort();
        String filter = "fec,cols:10,rows:5";
        try (Peer peer = Peer.start(
                "srt-live-transmit",
                "-a:no",
                "srt://:" + port + "?passphrase=" + SECRET + "&packetfilter=" + filter + "&latency=300&"
                        + CompleteDelivery.IN_ADDRESS,
                "file://con")) {
            Peer.awaitBound(port);
            Channel caller = SrtUri.parse("srt://127.0.0.1:" + port + "?passphrase=" + SECRET
                            + "&pbkeylen=32&packetfilter=" + filter + "&latency=300&" + CompleteDelivery.IN_ADDRESS)
                    .open(loopback.group(), new ChannelInboundHandlerAdapter())
                    .sync()
                    .channel();

            new Pacer(caller, PACKETS + PADDING, 2).start().await();
            Await.until("packets of the filter", () -> {
                return ((SrtChannel) caller).statistics().asLong(SrtStatistic.PKT_SND_FILTER_EXTRA_TOTAL) > 0;
            });
            Await.until(
                    "all written", WAIT, () -> peer.outputFile().toFile().length() >= PACKETS * Pacer.MESSAGE_BYTES);
            caller.close().sync();
            peer.awaitExit(WAIT);
            byte[] output = peer.output();
            for (int i = 0; i < PACKETS; i++) {
                assertThat(ByteBuffer.wrap(output).getInt(i * Pacer.MESSAGE_BYTES))
                        .isEqualTo(i);
            }
        }
    }

    @Test
    void aWrongPassphraseIsRejectedByLiveTransmit() throws Exception {
        int port = Peer.freePort();
        try (Peer peer = Peer.start("srt-live-transmit", "srt://:" + port + "?passphrase=" + SECRET, "file://con")) {
            Peer.awaitBound(port);
            Throwable cause = SrtUri.parse("srt://127.0.0.1:" + port + "?passphrase=" + TestSecrets.WRONG_PASSPHRASE)
                    .open(loopback.group(), new ChannelInboundHandlerAdapter())
                    .await()
                    .cause();

            assertThat(cause).as(peer.errors()).isInstanceOf(SrtRejectedException.class);
            assertThat(((SrtRejectedException) cause).reason().name()).isEqualTo("BADSECRET");
        }
    }

    @Test
    void weMeetLiveTransmitInTheMiddle() throws Exception {
        int here = Peer.freePort();
        int there = Peer.freePort();
        String uri = "srt://127.0.0.1:" + here + "?mode=rendezvous&adapter=127.0.0.1&port=" + there + "&"
                + CompleteDelivery.IN_ADDRESS;
        try (Peer peer = Peer.start("srt-live-transmit", "-chunk:1316", "file://con", uri)) {
            SrtUri.parse("srt://127.0.0.1:" + there + "?mode=rendezvous&bind=127.0.0.1:" + here + "&"
                            + CompleteDelivery.IN_ADDRESS)
                    .open(loopback.group(), received)
                    .sync();

            peer.awaitTargetConnected();
            writePackets(peer.input());
            received.awaitMessages(PACKETS);
            assertNumbered();
        }
    }

    @Test
    void ffmpegCallsUs() throws Exception {
        AtomicReference<String> streamId = new AtomicReference<>();
        loopback.listen(
                channel -> channel.pipeline().addLast(received),
                b -> b.option(SrtChannelOption.SRTO_PASSPHRASE, SECRET)
                        .option(SrtServerChannelOption.ACCEPT_FILTER, request -> {
                            streamId.set(request.streamId());
                            return SrtAcceptDecision.accept();
                        }));
        String uri = "srt://127.0.0.1:" + loopback.address().getPort() + "?latency=250000&pbkeylen=24&passphrase="
                + SECRET + "&streamid=live/cam&pkt_size=1316";

        try (Peer peer = Peer.start(ffmpeg(uri))) {
            received.awaitMessages(20);

            SrtChannel accepted = loopback.accepted();
            assertThat(streamId.get()).isEqualTo("live/cam");
            assertThat(accepted.config().get(SrtChannelOption.SRTO_RCVLATENCY)).isEqualTo(250);
            assertThat(accepted.config().get(SrtChannelOption.SRTO_PBKEYLEN)).isEqualTo(24);
            assertThat(received.messages()).allMatch(m -> m.length % 188 == 0 && m[0] == 0x47);
            assertThat(peer.errors()).isEmpty();
        }
    }

    @Test
    void fileTransmitSendsUsAFile() throws Exception {
        ByteStream sink = new ByteStream(1, 0, FILE_BYTES);
        loopback.listen(channel -> channel.pipeline().addLast(sink), SrtModesTest::stream);
        Path file = randomFile();

        try (Peer peer = Peer.start(
                "srt-file-transmit",
                "file://" + file,
                "srt://127.0.0.1:" + loopback.address().getPort() + "/name")) {
            assertThat(sink.receivedAll().get(WAIT.toSeconds(), TimeUnit.SECONDS))
                    .isEqualTo(digest(file));
            assertThat(peer.awaitExit(WAIT)).isZero();
        }
    }

    @Test
    void weSendAFileToFileTransmit() throws Exception {
        int port = Peer.freePort();
        Path file = randomFile();
        Path copy = folder.resolve("copy");

        try (Peer peer = Peer.start("srt-file-transmit", "srt://:" + port, "file://" + copy)) {
            Peer.awaitBound(port);
            Channel caller = SrtUri.parse("srt://127.0.0.1:" + port + "?transtype=file")
                    .open(loopback.group(), new ChannelInboundHandlerAdapter())
                    .sync()
                    .channel();
            caller.writeAndFlush(new DefaultFileRegion(file.toFile(), 0, FILE_BYTES))
                    .sync();
            caller.close().sync();

            peer.awaitExit(WAIT);
            Await.until("the whole file", WAIT, () -> copy.toFile().length() == FILE_BYTES);
            assertThat(digest(copy)).isEqualTo(digest(file));
        }
    }

    private static String[] ffmpeg(String uri) {
        return new String[] {
            "ffmpeg",
            "-hide_banner",
            "-loglevel",
            "error",
            "-re",
            "-f",
            "lavfi",
            "-i",
            "testsrc=size=320x240:rate=25",
            "-t",
            "4",
            "-c:v",
            "mpeg2video",
            "-f",
            "mpegts",
            uri
        };
    }

    /** Paced, as srt-live-transmit drops what it cannot send at once. */
    private static void writePackets(OutputStream out) throws IOException {
        for (int i = 0; i < PACKETS; i++) {
            out.write(ByteBuffer.allocate(Pacer.MESSAGE_BYTES).putInt(i).array());
            out.flush();
            long written = System.nanoTime();
            Await.until("the next turn", () -> System.nanoTime() - written > 1_000_000);
        }
    }

    private void assertNumbered() {
        for (int i = 0; i < PACKETS; i++) {
            assertThat(ByteBuffer.wrap(received.messages().get(i)).getInt()).isEqualTo(i);
        }
    }

    private Path randomFile() throws IOException {
        byte[] content = new byte[FILE_BYTES];
        new Random(5).nextBytes(content);
        return Files.write(folder.resolve("original"), content);
    }

    private static String digest(Path file) throws IOException {
        MessageDigest digest = ByteStream.sha256();
        digest.update(Files.readAllBytes(file));
        return ByteStream.hex(digest);
    }
}
