// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.srtnetty.relay.config.RelayRules;
import io.github.srtnetty.relay.config.RelaySetting;
import io.github.srtnetty.relay.http.HttpLimits;
import io.github.srtnetty.relay.stream.LiveStream;
import io.github.srtnetty.testing.Await;
import io.github.srtnetty.testing.LogRecorder;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatusPagesTest {
    private static final int PAST_DEADLINE_MILLIS =
            (int) HttpLimits.DEFAULT.request().plusSeconds(25).toMillis();

    @Test
    void tellsStreamsMetricsAndHealth() throws Exception {
        try (Harness harness = new Harness(RelayRules.DEFAULT)) {
            harness.connect("publish:live/\"x\"", new ChannelInboundHandlerAdapter());
            harness.connect("read:live/\"x\"", new ChannelInboundHandlerAdapter());
            Await.until("both are in", () -> {
                LiveStream stream = harness.streams().find("live/\"x\"");
                return stream != null
                        && stream.source() != null
                        && stream.sinks().size() == 1;
            });
            harness.code("publish:");

            assertThat(harness.get("/healthz").body()).isEqualTo("ok\n");
            assertThat(harness.get("/streams").body())
                    .contains("{\"name\":\"live/\\\"x\\\"\"", "\"publisher\":{\"peer\":\"127.0.0.1:")
                    .contains("\"players\":[{\"peer\":\"127.0.0.1:");
            assertThat(harness.get("/metrics").body())
                    .contains("relay_connections 2.0", "relay_rejected_callers_total{code=\"1400\"} 1.0")
                    .contains("relay_stream_players{stream=\"live/\\\"x\\\"\"} 1.0");
        }
    }

    @Test
    void aStreamThatEndedLeavesTheMetrics() throws Exception {
        try (Harness harness = new Harness(RelayRules.DEFAULT)) {
            var publisher = harness.connect("publish:gone", new ChannelInboundHandlerAdapter());
            Await.until("it is in", () -> !harness.streams().all().isEmpty());
            assertThat(harness.get("/metrics").body()).contains("stream=\"gone\"");
            publisher.close().sync();
            Await.until("it is out", () -> harness.streams().all().isEmpty());

            assertThat(harness.get("/metrics").body()).doesNotContain("stream=\"gone\"");
        }
    }

    @Test
    void aSecondReadOfTheMetricsLogsNothing() throws Exception {
        try (LogRecorder log = new LogRecorder(MeterRegistry.class);
                Harness harness = new Harness(RelayRules.DEFAULT)) {
            harness.code("publish:");
            harness.get("/metrics");
            harness.code("publish:");

            assertThat(harness.get("/metrics").body()).contains("relay_rejected_callers_total{code=\"1400\"} 2.0");
            assertThat(log.messages()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    GET /healthz HTTP/1.1           | 200
                    GET /healthz?probe=1 HTTP/1.1   | 200
                    GET / HTTP/1.1                  | 200
                    GET /streams/x HTTP/1.1         | 404
                    GET /../etc/passwd HTTP/1.1     | 404
                    POST /streams HTTP/1.1          | 405
                    HEAD /metrics HTTP/1.1          | 200
                    HEAD /nothing HTTP/1.1          | 404
                    OPTIONS /streams HTTP/1.1       | 200
                    OPTIONS * HTTP/1.1              | 200
                    OPTIONS http://localhost HTTP/1.1 | 200
                    OPTIONS /nothing HTTP/1.1       | 404
                    TRACE /streams HTTP/1.1         | 405
                    GET * HTTP/1.1                  | 404
                    GET http://127.0.0.1:8080/healthz HTTP/1.1 | 200
                    GET HTTP://LOCALHOST/healthz?x HTTP/1.1 | 200
                    GET http://localhost HTTP/1.1   | 200
                    GET http://attacker.example/healthz HTTP/1.1 | 421
                    GET http://a@localhost/healthz HTTP/1.1 | 421
                    GET http:///healthz HTTP/1.1    | 421
                    GET https://localhost/healthz HTTP/1.1 | 404
                    DELETE /healthz HTTP/1.1        | 405
                    no http at all                  | 400
                    """)
    void answersGetHeadAndOptionsOnItsOwnPathsOnly(String line, int status) throws Exception {
        try (Harness harness = new Harness(RelayRules.DEFAULT)) {
            assertThat(answer(harness, line + "\r\nHost: 127.0.0.1:8080\r\n\r\n"))
                    .startsWith("HTTP/1.1 " + status + " ");
        }
    }

    @Test
    void headIsGetWithoutContent_andOptionsNameTheMethods() throws Exception {
        try (Harness harness = new Harness(RelayRules.DEFAULT)) {
            assertThat(answer(harness, "HEAD /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n"))
                    .containsIgnoringCase("content-length: 3\r\n")
                    .endsWith("\r\n\r\n");
            assertThat(answer(harness, "OPTIONS /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n"))
                    .containsIgnoringCase("allow: GET, HEAD, OPTIONS\r\n");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    Host: localhost                 | 200
                    Host: LOCALHOST:8080            | 200
                    Host: 127.0.0.1                 | 200
                    Host: 192.0.2.1:80              | 200
                    Host: [::1]:8080                | 200
                    Host: relay.example             | 200
                    Host: attacker.example          | 421
                    Host: 127.0.0.1.attacker.example:8080 | 421
                    Host: ::1                       | 421
                    Host:                           | 421
                    X: y                            | 421
                    """)
    void answersUnderItsOwnNamesOnly_soThatNoPageOfAStrangerReadsThem(String header, int status) throws Exception {
        var config = new RelayRules(Map.of(RelaySetting.HTTP_HOST, "relay.example"), Map.of(), Map.of());
        try (Harness harness = new Harness(config)) {
            for (String path : List.of("/healthz", "/streams", "/metrics")) {
                assertThat(answer(harness, "GET " + path + " HTTP/1.1\r\n" + header + "\r\n\r\n"))
                        .startsWith("HTTP/1.1 " + status + " ");
            }
            assertThat(answer(harness, "GET /healthz HTTP/1.0\r\n\r\n")).contains(" 200 ");
        }
    }

    @Test
    void refusesWhatIsTooLong() throws Exception {
        try (Harness harness = new Harness(RelayRules.DEFAULT)) {
            assertThat(answer(harness, "GET /" + "x".repeat(9000) + " HTTP/1.1\r\n\r\n"))
                    .startsWith("HTTP/1.1 414 ");
            assertThat(answer(harness, "GET /healthz HTTP/1.1\r\nX: " + "x".repeat(9000) + "\r\n\r\n"))
                    .startsWith("HTTP/1.1 431 ");
        }
    }

    @Tag("slow")
    @Test
    void closesWhoIsSlow_howeverBusy() throws Exception {
        try (Harness harness = new Harness(RelayRules.DEFAULT);
                Socket slow = connect(harness)) {
            slow.setSoTimeout(PAST_DEADLINE_MILLIS);
            slow.getOutputStream().write("GET /healthz HTTP/1.1\r\n".getBytes(StandardCharsets.UTF_8));
            long start = System.nanoTime();
            assertThat(isClosedWhileTyping(slow)).isTrue();
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMillis(PAST_DEADLINE_MILLIS));
        }
    }

    @Test
    void takesSoManyAtOnceAndNoMore() throws Exception {
        List<Socket> open = new ArrayList<>();
        try (Harness harness = new Harness(RelayRules.DEFAULT)) {
            for (int i = 0; i < HttpLimits.DEFAULT.connections(); i++) {
                open.add(connect(harness));
            }
            try (Socket more = connect(harness)) {
                more.setSoTimeout(PAST_DEADLINE_MILLIS);
                assertThat(more.getInputStream().read()).isEqualTo(-1);
            }
            open.get(0).setSoTimeout(100);
            assertThat(isOpen(open.get(0))).isTrue();
        } finally {
            for (Socket socket : open) {
                socket.close();
            }
        }
    }

    private static Socket connect(Harness harness) throws IOException {
        return new Socket(
                InetAddress.getLoopbackAddress(), harness.relay().httpAddress().getPort());
    }

    private static String answer(Harness harness, String request) throws IOException {
        try (Socket socket = connect(harness)) {
            socket.setSoTimeout(PAST_DEADLINE_MILLIS);
            String last = request.replaceFirst("\r\n\r\n$", "\r\nConnection: close\r\n\r\n");
            socket.getOutputStream().write(last.getBytes(StandardCharsets.UTF_8));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static boolean isClosedWhileTyping(Socket socket) {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PAST_DEADLINE_MILLIS);
        try {
            while (System.nanoTime() - end < 0) {
                socket.getOutputStream().write('x');
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(200));
            }
        } catch (IOException e) { // reset: the relay has closed it
            return true;
        }
        return false;
    }

    private static boolean isOpen(Socket socket) throws IOException {
        try {
            InputStream in = socket.getInputStream();
            return in.read() >= 0;
        } catch (SocketTimeoutException e) {
            return true;
        }
    }
}
