// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.srtnetty.testing.Await;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** An answer that goes on, and a client that does not read it. */
class StreamedAnswerTest {
    private static final int EVENT_BYTES = 1 << 20;

    private final AtomicInteger sent = new AtomicInteger();
    private final CountDownLatch closed = new CountDownLatch(1);

    @Test
    void aClientThatReadsNothingIsDisconnected_andLittleWaitsForIt() throws Exception {
        byte[] event = new byte[EVENT_BYTES];
        HttpLimits limits = new HttpLimits(
                8, 4096, 4096, 4096, Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofMillis(300), 8);
        try (HttpServer server = HttpServer.start(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                        limits,
                        call -> CompletableFuture.completedFuture(
                                HttpAnswer.stream("text/event-stream", stream -> sendWhileWritable(stream, event))),
                        HttpServer.Tls.NONE);
                Socket client = new Socket()) {
            client.setReceiveBufferSize(4096);
            client.connect(server.address());
            request(client);

            Await.until("the client is disconnected", () -> closed.getCount() == 0);
            assertThat(sent).hasValueLessThan(64);
        }
    }

    @Test
    void aClientThatLeavesIsNoticed() throws Exception {
        try (HttpServer server = HttpServer.start(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                HttpLimits.DEFAULT,
                call -> CompletableFuture.completedFuture(
                        HttpAnswer.stream("text/event-stream", stream -> stream.onClose(closed::countDown))),
                HttpServer.Tls.NONE)) {
            try (Socket client =
                    new Socket(server.address().getAddress(), server.address().getPort())) {
                request(client);
                assertThat(client.getInputStream().read()).isEqualTo('H');
            }
            Await.until("it is noticed", () -> closed.getCount() == 0);
        }
    }

    /** As a feed does: an event is only written where the one before is taken. */
    private void sendWhileWritable(HttpStream stream, byte[] event) {
        stream.onClose(closed::countDown);
        while (stream.isWritable() && sent.incrementAndGet() < 1000) {
            stream.write(event);
        }
    }

    private static void request(Socket client) throws IOException {
        client.getOutputStream().write("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    }
}
