// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.srtnetty.testing.Await;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Requests over plain sockets against a server with low limits, which echoes method, target and content. */
class HttpServerTest {
    private static final String LAST = "Host: x\r\nConnection: close\r\n\r\n";

    /** For tests of other things than time: none of them fails where a thread stands for seconds. */
    private static final HttpLimits LIMITS = new HttpLimits(
            4, 300, 400, 2000, Duration.ofSeconds(30), Duration.ofSeconds(30), Duration.ofSeconds(30), 4);

    private static final HttpLimits SHORT =
            new HttpLimits(4, 300, 400, 2000, Duration.ofSeconds(3), Duration.ofSeconds(1), Duration.ofSeconds(1), 4);

    private final AtomicInteger served = new AtomicInteger();
    private final CompletableFuture<HttpAnswer> later = new CompletableFuture<>();
    private HttpServer server;

    @BeforeEach
    void start() throws Exception {
        start(LIMITS);
    }

    private void start(HttpLimits limits) throws Exception {
        server = HttpServer.start(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), limits, this::serve, HttpServer.Tls.NONE);
    }

    private void startAgain(HttpLimits limits) throws Exception {
        stop();
        start(limits);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private CompletionStage<HttpAnswer> serve(HttpCall call) {
        served.incrementAndGet();
        return switch (call.uri()) {
            case "/later" -> later;
            case "/broken" -> throw new IllegalStateException("only-for-the-log");
            case "/refused" -> CompletableFuture.failedFuture(new HttpProblem(409, "taken").with("X-Why", "x"));
            case "/long" -> CompletableFuture.completedFuture(HttpAnswer.text(200, "0123456789".repeat(1000)));
            case "/endless" -> CompletableFuture.completedFuture(HttpAnswer.text(200, "x".repeat(64 << 20)));
            default ->
                CompletableFuture.completedFuture(HttpAnswer.text(
                        200, call.method() + call.uri() + new String(call.body(), StandardCharsets.UTF_8)));
        };
    }

    @Test
    void answersManyRequestsOfOneConnection_inTheirOrder() throws Exception {
        String answers = exchange("GET /a HTTP/1.1\r\nHost: x\r\n\r\n"
                + "POST /b HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\nhi"
                + "PUT /c HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n"
                + "GET /d HTTP/1.1\r\n" + LAST);

        assertThat(Pattern.compile("(GET|POST|PUT)/.*?(?=HTTP|$)")
                        .matcher(answers)
                        .results()
                        .map(found -> found.group()))
                .containsExactly("GET/a", "POST/bhi", "PUT/cabc", "GET/d");
        assertThat(answers).containsOnlyOnce("connection: close");
    }

    @Test
    void laterRequestsWaitForAnAnswerThatTakesTime_andNoMoreThanTheLimitAreRead() throws Exception {
        try (Socket socket = connect()) {
            send(socket, "GET /later HTTP/1.1\r\nHost: x\r\n\r\n" + "GET /n HTTP/1.1\r\nHost: x\r\n\r\n".repeat(50));
            Await.until("the first is served", () -> served.get() == 1);
            later.completeAsync(() -> HttpAnswer.text(200, "late"));
            send(socket, "GET /z HTTP/1.1\r\n" + LAST);

            String answers = read(socket);
            assertThat(answers.indexOf("late")).isPositive().isLessThan(answers.indexOf("GET/n"));
            assertThat(answers.split("GET/n", -1)).hasSize(51);
            assertThat(answers).endsWith("GET/z");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            GET /ok HTTP/1.1                                    | 200
            HEAD /ok HTTP/1.0                                   | 200
            GET /ok HTTP/2.0                                    | 505
            GET /ok HTTP/0.9                                    | 505
            PRI * HTTP/2.0                                      | 505
            GET /ok                                             | 400
            GET /ok HTTP/1.1~Content-Length: x                  | 400
            POST /ok HTTP/1.1~Content-Length: -1                | 400
            POST /ok HTTP/1.1~Content-Length: 1~Content-Length: 2 | 400
            POST /ok HTTP/1.1~Content-Length: 2001              | 413
            POST /ok HTTP/1.1~Content-Length: 9999999999        | 413
            POST /ok HTTP/1.1~Transfer-Encoding: chunked~~zz    | 400
            GET /ok HTTP/1.1~Host: y                            | 400
            GET /ok HTTP/1.1~Expect: tea                        | 417
            GET /ok HTTP/1.1~no colon                           | 400
            GET /ok HTTP/1.1~bad name: x                        | 400
            GET /refused HTTP/1.1                               | 409
            GET /broken HTTP/1.1                                | 500
            """)
    void answersWhatIsWrongWithAProblem(String request, int status) throws Exception {
        String[] parts = request.split("~~", 2);
        String answer =
                exchange(parts[0].replace("~", "\r\n") + "\r\n" + LAST + (parts.length > 1 ? parts[1] + "\r\n" : ""));

        assertThat(answer).startsWith("HTTP/1.1 " + status + " ").doesNotContain("only-for-the-log");
        assertThat(answer.contains("application/problem+json") && answer.contains("\"status\":" + status))
                .isEqualTo(status != 200);
    }

    @Test
    void boundsTheLineTheHeadersAndTheContent() throws Exception {
        assertThat(exchange("GET /" + "x".repeat(400) + " HTTP/1.1\r\n" + LAST)).startsWith("HTTP/1.1 414 ");
        assertThat(exchange("GET / HTTP/1.1\r\nX: " + "x".repeat(400) + "\r\n" + LAST))
                .startsWith("HTTP/1.1 431 ");
        assertThat(exchange("GET / HTTP/1.1\r\n" + "X: xxxx\r\n".repeat(60) + LAST))
                .startsWith("HTTP/1.1 431 ");
        String chunks = "3e8\r\n" + "x".repeat(1000) + "\r\n";
        assertThat(exchange("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n" + LAST + chunks.repeat(300)))
                .as("the answer arrives although the client sends more than the server reads")
                .startsWith("HTTP/1.1 413 ");
        assertThat(served).hasValue(0);
    }

    @Test
    void asksForTheContent_whereAClientExpectsThat() throws Exception {
        try (Socket socket = connect()) {
            send(socket, "POST /b HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 2\r\n" + LAST);
            assertThat(new String(socket.getInputStream().readNBytes(25), StandardCharsets.UTF_8))
                    .isEqualTo("HTTP/1.1 100 Continue\r\n\r\n");
            send(socket, "hi");
            assertThat(read(socket)).startsWith("HTTP/1.1 200 OK").endsWith("POST/bhi");
        }
        assertThat(exchange("POST /b HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 2001\r\n" + LAST))
                .startsWith("HTTP/1.1 413 ");
    }

    @Tag("slow")
    @Test
    void answersAnUnfinishedRequestWith408_howeverBusyTheClientIs() throws Exception {
        startAgain(SHORT);
        assertThat(exchange("GET / HTTP/1.1\r\n")).startsWith("HTTP/1.1 408 ");
        assertThat(exchange("POST / HTTP/1.1\r\nContent-Length: 10\r\n\r\nhalf"))
                .startsWith("HTTP/1.1 408 ");
        try (Socket socket = connect()) {
            send(socket, "GET / HTTP/1.1\r\nX: ");
            CompletableFuture<String> answer = CompletableFuture.supplyAsync(() -> read(socket));
            Await.until("the server answers a client that types on", () -> {
                try {
                    send(socket, "x");
                } catch (IOException e) {
                    return true; // reset
                }
                return answer.isDone();
            });
            assertThat(answer.handle((text, failure) -> text == null || text.startsWith("HTTP/1.1 4"))
                            .get())
                    .isTrue();
        }
        assertThat(served).hasValue(0);
    }

    @Tag("slow")
    @Test
    void closesConnectionsWithoutRequests() throws Exception {
        startAgain(SHORT);
        assertThat(exchange("")).isEmpty();
        assertThat(exchange("GET /a HTTP/1.1\r\nHost: x\r\n\r\n"))
                .as("and after the last request")
                .endsWith("GET/a");
    }

    @Tag("slow")
    @Test
    void closesAClientThatDoesNotTakeItsAnswer() throws Exception {
        startAgain(SHORT);
        try (Socket socket = new Socket()) {
            socket.setReceiveBufferSize(4096);
            socket.connect(server.address());
            send(socket, "GET /endless HTTP/1.1\r\nHost: x\r\n\r\n");
            Await.until("it is served", () -> served.get() == 1);
            awaitPlaces(SHORT.connections());
        }
    }

    @Test
    void takesSoManyConnectionsAndNoMore_untilOneEnds() throws Exception {
        List<Socket> open = new ArrayList<>();
        try {
            for (int i = 0; i < LIMITS.connections(); i++) {
                Socket socket = connect();
                open.add(socket);
                send(socket, "GET /later HTTP/1.1\r\nHost: x\r\n\r\n");
            }
            Await.until("all are in", () -> served.get() == LIMITS.connections());
            assertThat(exchange("")).isEmpty();
            open.remove(0).close();
            awaitPlaces(1);
        } finally {
            for (Socket socket : open) {
                socket.close();
            }
        }
    }

    @Test
    void anIdleConnectionMakesRoomForANewOne() throws Exception {
        List<Socket> open = new ArrayList<>();
        try {
            for (int i = 0; i < LIMITS.connections(); i++) {
                Socket socket = connect();
                open.add(socket);
                send(socket, "GET /" + i + " HTTP/1.1\r\nHost: x\r\n\r\n");
                readUntil(socket, "GET/" + i);
            }
            assertThat(exchange("GET /a HTTP/1.1\r\n" + LAST)).endsWith("GET/a");
            assertThat(open.get(0).getInputStream().read())
                    .as("the oldest is closed")
                    .isEqualTo(-1);
        } finally {
            for (Socket socket : open) {
                socket.close();
            }
        }
    }

    @Test
    void compressesLongAnswersForClientsThatAskForIt() throws Exception {
        byte[] answer = raw("GET /long HTTP/1.1\r\nAccept-Encoding: gzip\r\n" + LAST);
        String text = new String(answer, StandardCharsets.ISO_8859_1);
        int start = text.indexOf("\r\n\r\n") + 4;
        String head = text.substring(0, start);

        assertThat(head).contains("content-encoding: gzip\r\n", "vary: accept-encoding\r\n");
        int length = Integer.parseInt(head.replaceAll("(?s).*content-length: (\\d+).*", "$1"));
        assertThat(length).isEqualTo(answer.length - start).isLessThan(1000);
        try (InputStream content = new GZIPInputStream(new ByteArrayInputStream(answer, start, length))) {
            assertThat(content.readAllBytes()).hasSize(10_000);
        }
        assertThat(exchange("GET /a HTTP/1.1\r\nAccept-Encoding: gzip\r\n" + LAST))
                .endsWith("GET/a");
        assertThat(exchange("GET /long HTTP/1.1\r\n" + LAST)).contains("content-length: 10000");
    }

    @Test
    void headIsGetWithoutContent() throws Exception {
        assertThat(exchange("HEAD /long HTTP/1.1\r\n" + LAST))
                .contains("content-length: 10000")
                .endsWith("\r\n\r\n");
    }

    private void awaitPlaces(int count) {
        Await.until(count + " connections are free", () -> {
            for (int i = 0; i < count; i++) {
                if (!exchange("GET /a HTTP/1.1\r\n" + LAST).endsWith("GET/a")) {
                    return false;
                }
            }
            return true;
        });
    }

    private Socket connect() throws IOException {
        Socket socket =
                new Socket(server.address().getAddress(), server.address().getPort());
        socket.setSoTimeout(20_000);
        return socket;
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    }

    private String exchange(String request) {
        return new String(raw(request), StandardCharsets.UTF_8);
    }

    private byte[] raw(String request) {
        try (Socket socket = connect()) {
            send(socket, request);
            return socket.getInputStream().readAllBytes();
        } catch (IOException e) {
            return new byte[0];
        }
    }

    private static void readUntil(Socket socket, String end) throws IOException {
        StringBuilder text = new StringBuilder();
        while (text.indexOf(end) < 0) {
            int c = socket.getInputStream().read();
            assertThat(c).as("closed after " + text).isNotNegative();
            text.append((char) c);
        }
    }

    private static String read(Socket socket) {
        try {
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
