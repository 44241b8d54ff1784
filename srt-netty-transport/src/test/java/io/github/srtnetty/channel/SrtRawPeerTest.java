// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.srtnetty.channel.testing.Loopback;
import io.github.srtnetty.libsrt.SrtKeyState;
import io.github.srtnetty.testing.Await;
import io.github.srtnetty.testing.RawBlock;
import io.github.srtnetty.testing.RawHandshake;
import io.github.srtnetty.testing.RawKey;
import io.github.srtnetty.testing.RawPacket;
import io.github.srtnetty.testing.RawPeer;
import io.github.srtnetty.testing.RawServer;
import io.github.srtnetty.testing.Recorder;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The raw peer and the raw server of the tests send SRT as libsrt understands it. */
class SrtRawPeerTest {
    private static final String SECRET = "a secret of some length";
    private static final long SEED = 20261126;

    private final Loopback loopback = new Loopback(2);
    private final Recorder received = new Recorder();

    @AfterEach
    void close() {
        loopback.close();
    }

    @Test
    void payloadsArriveByteForByte_inBothDirections() throws Exception {
        loopback.listen(channel -> channel.pipeline().addLast(received));
        try (RawPeer peer = RawPeer.from(InetAddress.getByName("127.0.0.2"), loopback.address())) {
            assertThat(peer.connect(RawHandshake.conclusion().streamId("#!::r=a")))
                    .hasToString("CONNECTED 5");
            SrtChannel accepted = loopback.accepted();
            assertThat(accepted.config().get(SrtChannelOption.SRTO_STREAMID)).isEqualTo("#!::r=a");
            assertThat(accepted.remoteAddress()).isEqualTo(peer.localAddress());
            List<byte[]> payloads = payloads(50);
            for (byte[] payload : payloads) {
                peer.send(payload);
            }
            received.awaitMessages(payloads.size());
            assertThat(hex(received.messages())).isEqualTo(hex(payloads));

            payloads.forEach(payload -> accepted.writeAndFlush(Unpooled.wrappedBuffer(payload)));
            assertThat(hex(peer.receive(Duration.ofSeconds(10), 50))).isEqualTo(hex(payloads));
            peer.shutdown();
            received.awaitEvent("inactive");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {16, 24, 32})
    void anEncryptedSession(int keyBytes) throws Exception {
        loopback.listen(
                channel -> channel.pipeline().addLast(received),
                b -> b.option(SrtChannelOption.SRTO_PASSPHRASE, SECRET));
        RawKey key = RawKey.even(SECRET, keyBytes, SEED);
        try (RawPeer peer = RawPeer.to(loopback.address())) {
            assertThat(peer.connect(RawHandshake.conclusion().key(key))).hasToString("CONNECTED 5");
            peer.encryptWith(key, RawKey.EVEN);
            List<byte[]> payloads = payloads(20);
            for (byte[] payload : payloads) {
                peer.send(payload);
            }
            received.awaitMessages(payloads.size());
            assertThat(hex(received.messages())).isEqualTo(hex(payloads));
            SrtChannel accepted = loopback.accepted();
            assertThat(accepted.config().get(SrtChannelOption.SRTO_RCVKMSTATE)).isEqualTo(SrtKeyState.SECURED);

            accepted.writeAndFlush(Unpooled.wrappedBuffer(payloads.get(0)));
            assertThat(hex(peer.receive(Duration.ofSeconds(10), 1))).isEqualTo(hex(payloads.subList(0, 1)));
        }
    }

    @Test
    void wrongAndMissingAndGarbledKeysAreRejectedWithTheirCodes() throws Exception {
        loopback.listen(channel -> {}, b -> b.option(SrtChannelOption.SRTO_PASSPHRASE, SECRET));
        RawKey wrong = RawKey.even("another passphrase", 16, SEED);

        assertThat(result(RawHandshake.conclusion().key(wrong))).isEqualTo("REJECTED 10");
        assertThat(result(RawHandshake.conclusion())).isEqualTo("REJECTED 11");
        assertThat(result(RawHandshake.conclusion().block(RawBlock.keyRequest(new byte[64]))))
                .startsWith("REJECTED");
    }

    @Test
    void aRejectionByTheFilterHasItsCode() throws Exception {
        loopback.listen(
                channel -> {},
                b -> b.option(SrtServerChannelOption.ACCEPT_FILTER, request -> SrtAcceptDecision.reject(1403)));

        assertThat(result(RawHandshake.conclusion())).isEqualTo("REJECTED 1403");
    }

    @Test
    void nobodyListening_isATimeOut() throws Exception {
        loopback.listen(channel -> {});
        loopback.listener().close().sync();
        try (RawPeer peer = RawPeer.to(loopback.address())) {
            peer.send(RawPacket.control(RawPacket.KEEPALIVE, 0, 0, 0, 0, new byte[4]));
            assertThat(peer.awaitResult(Duration.ofMillis(50))).hasToString("TIMEOUT");
        }
    }

    @Test
    void theRawServerHoldsAConnection_plainAndEncrypted() throws Exception {
        for (String passphrase : new String[] {"", SECRET}) {
            try (RawServer server = RawServer.open().start()) {
                Recorder calling = new Recorder();
                SrtChannel caller = (SrtChannel)
                        loopback.caller(calling, b -> b.option(SrtChannelOption.SRTO_PASSPHRASE, passphrase))
                                .connect(server.address())
                                .sync()
                                .channel();
                caller.writeAndFlush(Unpooled.wrappedBuffer(new byte[] {1, 2, 3}));
                Await.until("data", () -> server.packets().stream().anyMatch(packet -> !packet.isControl()));
                RawPacket data = server.packets().stream()
                        .filter(packet -> !packet.isControl())
                        .findFirst()
                        .orElseThrow();
                assertThat(data.keyFlags()).isEqualTo(passphrase.isEmpty() ? 0 : RawKey.EVEN);
                if (passphrase.isEmpty()) {
                    assertThat(data.payload()).containsExactly(1, 2, 3);
                    server.send(new byte[] {4, 5}, 0);
                    calling.awaitMessages(1);
                    assertThat(calling.messages().get(0)).containsExactly(4, 5);
                }
                server.control(RawPacket.SHUTDOWN, 0, 0, new byte[4]);
                calling.awaitEvent("inactive");
            }
        }
    }

    @Test
    void theRawServerRejectsWithACode() throws Exception {
        try (RawServer server = RawServer.open()
                .onConclusion(request -> RawServer.rejection(request, 1404))
                .start()) {
            ChannelFuture caller = loopback.caller(new ChannelInboundHandlerAdapter(), b -> {})
                    .connect(server.address())
                    .awaitUninterruptibly();
            assertThat(caller.cause()).isInstanceOf(SrtRejectedException.class);
            assertThat(((SrtRejectedException) caller.cause()).reason().code()).isEqualTo(1404);
        }
    }

    private String result(RawHandshake conclusion) throws IOException {
        try (RawPeer peer = RawPeer.to(loopback.address())) {
            return peer.connect(conclusion).toString();
        }
    }

    private static List<String> hex(List<byte[]> payloads) {
        return payloads.stream().map(HexFormat.of()::formatHex).toList();
    }

    private static List<byte[]> payloads(int count) {
        Random random = new Random(SEED);
        List<byte[]> payloads = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            byte[] payload = new byte[1 + random.nextInt(1316)];
            random.nextBytes(payload);
            payloads.add(payload);
        }
        return payloads;
    }
}
