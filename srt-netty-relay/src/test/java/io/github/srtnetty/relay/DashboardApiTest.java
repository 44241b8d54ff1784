// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.srtnetty.relay.config.RelayRules;
import io.github.srtnetty.relay.config.RelaySetting;
import io.github.srtnetty.relay.stream.LiveStream;
import io.github.srtnetty.testing.Await;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the page reads: events, history, counters and its files. */
class DashboardApiTest {
    @Test
    void sendsAllStreamsEachSecond_andAChangeAtOnce() throws Exception {
        RelayRules patient = new RelayRules(Map.of(RelaySetting.SILENT_PUBLISHER_MILLIS, 60_000), Map.of(), Map.of());
        try (Harness harness = new Harness(patient);
                Socket socket = open(harness, "", "HTTP/1.1");
                BufferedReader lines = reader(socket)) {
            assertThat(headers(lines))
                    .contains("content-type: text/event-stream", "transfer-encoding: chunked")
                    .contains("cache-control: no-store")
                    .doesNotContain("content-encoding");
            assertThat(awaitData(lines, ".*")).contains("\"streams\":[]");
            var publisher = harness.connect("publish:x", new ChannelInboundHandlerAdapter());
            assertThat(awaitData(lines, "\"name\":\"x\",\"state\":\"live\"")).contains("\"publisher\":{\"id\":");
            publisher.close().sync();
            awaitData(lines, "\"name\":\"x\",\"state\":\"ended\"");
        }
    }

    @Test
    void sendsOneStreamWithItsPlayersAndAdvice() throws Exception {
        try (Harness harness = new Harness(RelayRules.DEFAULT);
                Socket socket = open(harness, "?stream=x", "HTTP/1.1");
                BufferedReader lines = reader(socket)) {
            assertThat(awaitData(lines, ".*")).contains("\"players\":[]").doesNotContain("\"stream\":");
            var publisher = harness.connect("publish:x", new ChannelInboundHandlerAdapter());
            harness.connect("read:x", new ChannelInboundHandlerAdapter());
            awaitStream(harness, "x", 1);
            publisher.writeAndFlush(Unpooled.wrappedBuffer(new byte[1316])).sync();
            // the latency follows from statistics, which are taken each second
            assertThat(awaitData(lines, "^(?=.*\"sentBytes\":1316)(?=.*\"latencyMillis\":200)"))
                    .contains(
                            "\"lagMillis\":",
                            "\"queuedBytes\":0",
                            "\"sample\":{\"second\":",
                            "\"advice\":{\"level\":\"");
        }
    }

    @Test
    void endsAnAnswerOfHttp10WithTheConnection() throws Exception {
        try (Harness harness = new Harness(RelayRules.DEFAULT);
                Socket socket = open(harness, "", "HTTP/1.0");
                BufferedReader lines = reader(socket)) {
            assertThat(headers(lines)).contains("connection: close").doesNotContain("chunked");
            assertThat(lines.readLine()).isEqualTo("event: streams");
        }
    }

    @Test
    void answersHeadOfTheEventsAtOnce() throws Exception {
        try (Harness harness = new Harness(RelayRules.DEFAULT)) {
            assertThat(harness.raw("HEAD /api/v1/dashboard/events HTTP/1.1\r\nHost: localhost\r\n"
                            + "Connection: close\r\n\r\n"))
                    .contains("content-type: text/event-stream")
                    .endsWith("\r\n\r\n");
        }
    }

    @Tag("slow")
    @Test
    void countsFromAReset_andKeepsMetrics() throws Exception {
        try (Harness harness = new Harness(RelayRules.DEFAULT)) {
            harness.connect("publish:x", new ChannelInboundHandlerAdapter());
            awaitStream(harness, "x", 0);
            harness.streams().find("x").counters().dropped(1316);
            Await.until(
                    "the drop is shown",
                    () -> get(harness, "/api/v1/dashboard").contains("\"playersDroppedPackets\":1"));
            assertThat(get(harness, "/api/v1/dashboard")).doesNotContain("resetAt");

            assertThat(post(harness, "/api/v1/streams/x/reset")).isEqualTo(204);
            Await.until(
                    "it counts from 0",
                    () -> get(harness, "/api/v1/dashboard")
                            .matches(".*\"playersDroppedPackets\":0,\"resetAt\":\"20[^\"]+Z\".*"));
            assertThat(get(harness, "/api/v1/streams/x")).contains("\"droppedPackets\":1");
            assertThat(post(harness, "/api/v1/streams/none/reset")).isEqualTo(404);
        }
    }

    @Tag("slow")
    @Test
    void returnsTheHistoryAsJsonAndCsv_alsoWhenTheStreamHasEnded() throws Exception {
        try (Harness harness = new Harness(RelayRules.DEFAULT)) {
            var publisher = harness.connect("publish:a/=1+1", new ChannelInboundHandlerAdapter());
            awaitStream(harness, "a/=1+1", 0);
            String path = "/api/v1/streams/a%2F%3D1%2B1/history";
            Await.until("packets of a second are in it", () -> {
                publisher.writeAndFlush(Unpooled.wrappedBuffer(new byte[1316]));
                return get(harness, path + "?range=1m").matches(".*\"bitsPerSecond\":\\[.*[1-9][0-9]+.*");
            });
            publisher.close().sync();

            assertThat(get(harness, path))
                    .contains("\"name\":\"a/=1+1\",\"range\":\"10m\"", "\"stepSeconds\":1", "\"rttMillis\":[null,");
            assertThat(get(harness, path + "?range=24h")).contains("\"stepSeconds\":60");
            HttpResponse<String> csv = harness.get(path + ".csv?range=1m");
            assertThat(csv.headers().firstValue("content-disposition"))
                    .contains("attachment; filename=\"a__1_1-1m.csv\"");
            assertThat(csv.body().lines())
                    .hasSize(61)
                    .first()
                    .isEqualTo("time,bitsPerSecond,packetsPerSecond,bandwidthBitsPerSecond,rttMillis,bufferMillis,"
                            + "latencyMillis,lostPerSecond,retransmittedPerSecond,belatedPerSecond,droppedPerSecond");
            assertThat(csv.body().lines().skip(1)).allMatch(line -> line.matches("20[-0-9T:]+Z(,[0-9.E]*){10}"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/dashboard/main.js", "/dashboard/style.css", "/dashboard/icon.svg"})
    void servesTheFilesOfThePage_withATagAndAPolicy(String path) throws Exception {
        try (Harness harness = new Harness(RelayRules.DEFAULT)) {
            HttpResponse<String> answer = harness.get(path);
            Map<String, String> wanted = Map.of(
                    "content-security-policy",
                    "default-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none';"
                            + " object-src 'none'",
                    "x-content-type-options",
                    "nosniff",
                    "cache-control",
                    "no-cache",
                    "referrer-policy",
                    "no-referrer");
            assertThat(answer.statusCode()).isEqualTo(200);
            wanted.forEach((name, value) ->
                    assertThat(answer.headers().firstValue(name)).contains(value));
            String tag = answer.headers().firstValue("etag").orElseThrow();
            assertThat(harness.raw("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nIf-None-Match: " + tag
                            + "\r\nConnection: close\r\n\r\n"))
                    .startsWith("HTTP/1.1 304 ")
                    .contains("etag: " + tag)
                    .endsWith("\r\n\r\n");
        }
    }

    @ParameterizedTest
    @CsvSource({"/dashboard/uPlot.esm.js, text/javascript", "/dashboard/uPlot.min.css, text/css"})
    void servesTheGraphsFromTheWebJar(String path, String type) throws Exception {
        try (Harness harness = new Harness(RelayRules.DEFAULT)) {
            HttpResponse<String> answer = harness.get(path);
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValue("content-type").orElse("")).startsWith(type);
        }
    }

    @Test
    void thePageHasNoScriptAndNoStyleInItself() throws Exception {
        try (Harness harness = new Harness(RelayRules.DEFAULT)) {
            assertThat(harness.get("/").body())
                    .doesNotContainPattern("<style|style=|\\son[a-z]+=|<script(?![^>]*src=)|//[a-z]+\\.[a-z]");
        }
    }

    private static Socket open(Harness harness, String query, String version) throws IOException {
        Socket socket = new Socket("127.0.0.1", harness.relay().httpAddress().getPort());
        socket.setSoTimeout(30_000);
        socket.getOutputStream()
                .write(("GET /api/v1/dashboard/events" + query + " " + version
                                + "\r\nHost: localhost\r\nAccept-Encoding: gzip\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    private static BufferedReader reader(Socket socket) throws IOException {
        return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    }

    private static String headers(BufferedReader lines) throws IOException {
        StringBuilder headers = new StringBuilder();
        for (String line = lines.readLine(); !line.isEmpty(); line = lines.readLine()) {
            headers.append(line).append('\n');
        }
        return headers.toString();
    }

    /** Reads until the data of an event matches. */
    private static String awaitData(BufferedReader lines, String pattern) throws IOException {
        Pattern wanted = Pattern.compile(pattern);
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            Matcher found = wanted.matcher(line);
            if (line.startsWith("data: ") && found.find()) {
                return line;
            }
        }
        throw new AssertionError("the relay ended the events");
    }

    private static void awaitStream(Harness harness, String name, int players) {
        Await.until(name + " is in", () -> {
            LiveStream stream = harness.streams().find(name);
            return stream != null && stream.source() != null && stream.sinks().size() == players;
        });
    }

    private static String get(Harness harness, String path) {
        try {
            return harness.get(path).body();
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static int post(Harness harness, String path) throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + harness.relay().httpAddress().getPort() + path);
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(uri)
                                .POST(HttpRequest.BodyPublishers.noBody())
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .statusCode();
    }
}
