// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.srtnetty.testing.Await;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Mutated requests, cut anywhere and sent in pieces: each answer is one of HTTP, and the server serves on. */
@Tag("slow")
class HttpFuzzTest {
    private static final long SEED = 20_261_127;
    private static final int REQUESTS = Integer.getInteger("srt.fuzz.http", 2_000);
    private static final HttpLimits LIMITS = new HttpLimits(
            8, 500, 500, 1000, Duration.ofMillis(200), Duration.ofMillis(200), Duration.ofMillis(500), 4);
    /** Keeps the own direction open. */
    private static final int NO_END = -1;

    private static final Pattern ANSWERS = Pattern.compile("(?s)(HTTP/1\\.1 [1-5]\\d\\d .*)?");
    private static final List<String> SEEDS = List.of(
            "GET /a?b=c HTTP/1.1\r\nHost: localhost\r\n\r\n",
            "POST /a HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\n\r\nhello",
            "PUT /a HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\nX: y\r\n\r\n",
            "HEAD http://localhost/a HTTP/1.0\r\nConnection: keep-alive\r\nAccept-Encoding: gzip, br\r\n\r\n",
            "POST /a HTTP/1.1\r\nHost: [::1]\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\nhi",
            "OPTIONS * HTTP/1.1\r\nHost: localhost\r\nOrigin: null\r\nAuthorization: Bearer x\r\n\r\n");

    @Test
    void answersOrClosesWhateverIsSent() throws Exception {
        System.out.println("seed " + SEED);
        Random random = new Random(SEED);
        HttpService echo = call -> CompletableFuture.completedFuture(HttpAnswer.text(200, call.uri()));
        try (HttpServer server = HttpServer.start(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), LIMITS, echo, HttpServer.Tls.NONE)) {
            for (int i = 0; i < REQUESTS; i++) {
                byte[] request = mutated(random);
                assertThat(ANSWERS.matcher(exchange(server, request, random.nextInt(request.length)))
                                .matches())
                        .as("request %s: %s", i, new String(request, StandardCharsets.ISO_8859_1))
                        .isTrue();
            }
            byte[] last = "GET /end HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.UTF_8);
            Await.until("it serves on", () -> answers(server, last).endsWith("/end")); // within its short limits
        }
    }

    private static String answers(HttpServer server, byte[] request) {
        try {
            return exchange(server, request, NO_END);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] mutated(Random random) {
        StringBuilder text = new StringBuilder(SEEDS.get(random.nextInt(SEEDS.size())));
        for (int i = random.nextInt(4); i >= 0; i--) {
            int at = random.nextInt(text.length() + 1);
            switch (random.nextInt(6)) {
                case 0 -> text.insert(at, (char) random.nextInt(256));
                case 1 -> text.setLength(at);
                case 2 -> text.insert(at, "x".repeat(random.nextInt(1500)));
                case 3 -> text.insert(at, SEEDS.get(random.nextInt(SEEDS.size())));
                case 4 -> text.insert(at, "\r\n");
                default -> text.delete(at, Math.min(text.length(), at + random.nextInt(5)));
            }
            if (text.isEmpty()) {
                text.append('\n');
            }
        }
        return text.toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Sends a request in two pieces, ends the own direction after it, and returns what comes back. */
    private static String exchange(HttpServer server, byte[] request, int cut) throws IOException {
        InetSocketAddress address = server.address();
        try (Socket socket = new Socket(address.getAddress(), address.getPort())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(request, 0, Math.max(0, cut));
            socket.getOutputStream().write(request, Math.max(0, cut), request.length - Math.max(0, cut));
            if (cut != NO_END) {
                socket.shutdownOutput();
            }
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        } catch (SocketException e) {
            return ""; // reset after an answer that came early
        }
    }
}
