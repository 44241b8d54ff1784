// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.srtnetty.channel.SrtCloseReason;
import io.github.srtnetty.channel.testing.CompleteDelivery;
import io.github.srtnetty.testing.Peer;
import io.netty.buffer.ByteBuf;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Blocking receivers and senders against srt-live-transmit. */
@Tag("peers")
class SrtBlockingPeersTest {
    private static final int PAYLOAD = 1316;
    private static final String LIVE = "latency=200&fc=" + CompleteDelivery.WINDOW + "&" + CompleteDelivery.IN_ADDRESS;

    @Test
    void liveTransmitReceivesWhatTheSenderSends() throws Exception {
        int port = Peer.freePort();
        byte[] stream = new byte[300 * PAYLOAD];
        new Random(1).nextBytes(stream);
        try (Peer peer = Peer.start("srt-live-transmit", "-a:no", "srt://:" + port + "?" + LIVE, "file://con")) {
            Peer.awaitBound(port);
            try (SrtSender sender = SrtSender.open("srt://127.0.0.1:" + port + "?" + LIVE)) {
                for (int at = 0; at < stream.length; at += PAYLOAD) {
                    sender.send(ByteBuffer.wrap(stream, at, PAYLOAD));
                }
            }
            peer.awaitExit(Duration.ofSeconds(60));
            assertThat(peer.output()).isEqualTo(stream);
        }
    }

    @Test
    void theLoopThrowsTheReason_whenThePeerIsKilled() throws Exception {
        try (SrtReceiver receiver = SrtReceiver.open("srt://127.0.0.1:0?mode=listener&latency=20");
                Peer peer = Peer.start(
                        "srt-live-transmit",
                        "-chunk:1316",
                        "file://con",
                        "srt://127.0.0.1:" + receiver.localAddress().getPort() + "?latency=20")) {
            peer.awaitTargetConnected();
            peer.input().write(new byte[10 * PAYLOAD]);
            peer.input().flush();
            ByteBuf first = receiver.receive(Duration.ofSeconds(20));
            first.release();
            peer.kill();

            Throwable failure = catchThrowable(() -> receiver.forEach(payload -> {}));

            assertThat(failure).isInstanceOf(UncheckedIOException.class);
            assertThat(((SrtClosedException) failure.getCause()).reason()).isEqualTo(SrtCloseReason.IDLE_TIMEOUT);
        }
    }
}
