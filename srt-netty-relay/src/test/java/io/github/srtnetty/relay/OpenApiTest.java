// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.srtnetty.relay.access.Bans;
import io.github.srtnetty.relay.access.TokenBans;
import io.github.srtnetty.relay.api.ApiParts;
import io.github.srtnetty.relay.api.ApiService;
import io.github.srtnetty.relay.api.BitRates;
import io.github.srtnetty.relay.api.OpenApiDocument;
import io.github.srtnetty.relay.api.RelayMetrics;
import io.github.srtnetty.relay.api.StatusView;
import io.github.srtnetty.relay.auth.ApiRole;
import io.github.srtnetty.relay.auth.ApiRules;
import io.github.srtnetty.relay.auth.ApiRules.ProxyHeader;
import io.github.srtnetty.relay.auth.ApiToken;
import io.github.srtnetty.relay.auth.TokenHash;
import io.github.srtnetty.relay.config.RelayRules;
import io.github.srtnetty.relay.config.RelaySetting;
import io.github.srtnetty.relay.node.FakeCluster;
import io.github.srtnetty.testing.Await;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The document at /openapi.json says what the running relay does. */
class OpenApiTest {
    private final HttpClient client = HttpClient.newHttpClient();
    private final TreeSet<String> seen = new TreeSet<>();
    private String ifMatch = "";

    @Test
    void hasEveryRouteWithItsParametersAndNoOther() throws Exception {
        try (Harness harness = new Harness(RelayRules.DEFAULT)) {
            StatusView view = harness.relay().parts().view();
            ApiParts parts = new ApiParts(null, null, new BitRates(), new Bans(), new TokenBans(), null, null, null);
            List<String> routes;
            try (RelayMetrics metrics = new RelayMetrics(view)) {
                routes = new ApiService(view, metrics, parts, "").routes();
            }
            assertThat(document(harness).operations())
                    .containsExactlyInAnyOrderElementsOf(routes.stream()
                            .filter(route -> route.contains(" /api/"))
                            .toList());
        }
    }

    @Tag("slow")
    @Test
    void describesEachAnswer() throws Exception {
        try (Harness harness = new Harness(RelayRules.DEFAULT)) {
            OpenApiDocument document = document(harness);
            harness.connect("publish:x", new ChannelInboundHandlerAdapter());
            harness.connect("read:x", new ChannelInboundHandlerAdapter());
            harness.connect("read:other", new ChannelInboundHandlerAdapter());
            harness.awaitMembers(3);

            dashboard(document, harness);
            lists(document, harness);
            check(document, harness, "GET", "/api/v1/streams", "?limit=1", 200);
            check(document, harness, "GET", "/api/v1/streams", "?limit=0", 400);
            check(document, harness, "GET", "/api/v1/streams/{name}", "x", 200);
            check(document, harness, "GET", "/api/v1/streams/{name}", "none", 404);
            for (String kind : List.of("publishers", "players")) {
                String id = id(harness.get("/api/v1/" + kind).body());
                check(document, harness, "GET", "/api/v1/" + kind + "/{id}", id, 200);
                check(document, harness, "DELETE", "/api/v1/" + kind + "/{id}", id + "?code=x", 400);
                check(document, harness, "DELETE", "/api/v1/" + kind + "/{id}", id, 204);
                check(document, harness, "GET", "/api/v1/" + kind + "/{id}", "none", 404);
            }
            checkConfig(document, harness);
            String ban = check(document, harness, "POST", "/api/v1/bans", "", 201);
            check(document, harness, "GET", "/api/v1/bans", "", 200);
            check(document, harness, "GET", "/api/v1/bans/{id}", id(ban), 200);
            check(document, harness, "DELETE", "/api/v1/bans/{id}", id(ban), 204);
            check(document, harness, "DELETE", "/api/v1/bans/{id}", id(ban), 404);
            checkLimits(document, harness);
            check(document, harness, "POST", "/api/v1/reload", "", 422);
            check(document, harness, "POST", "/api/v1/drain", "", 204);
            check(document, harness, "GET", "/api/v1/health", "", 503);
            assertThat(seen)
                    .containsExactlyInAnyOrderElementsOf(document.operations().stream()
                            .map(operation -> operation.replaceFirst(" \\[.*", ""))
                            .toList());
        }
    }

    private void lists(OpenApiDocument document, Harness harness) throws Exception {
        List<String> things =
                List.of("streams", "publishers", "players", "bans", "alarms", "token-bans", "nodes", "cluster/streams");
        for (String list : things) {
            check(document, harness, "GET", "/api/v1/" + list, "", 200);
        }
        for (String one : List.of("version", "health", "limits")) {
            check(document, harness, "GET", "/api/v1/" + one, "", 200);
        }
    }

    private void dashboard(OpenApiDocument document, Harness harness) throws Exception {
        check(document, harness, "GET", "/api/v1/caller", "", 200);
        check(document, harness, "GET", "/api/v1/streams/{name}/history", "none", 404);
        Await.until("the first sample is taken", () -> isThere(harness, "/api/v1/streams/x/history"));
        check(document, harness, "GET", "/api/v1/dashboard", "", 200);
        check(document, harness, "GET", "/api/v1/dashboard", "?stream=x", 200);
        check(document, harness, "GET", "/api/v1/dashboard", "?stream=none", 200);
        check(document, harness, "GET", "/api/v1/dashboard/events", "", 200);
        check(document, harness, "GET", "/api/v1/dashboard/events", "?stream=x", 200);
        check(document, harness, "GET", "/api/v1/dashboard/sparklines", "", 200);
        check(document, harness, "GET", "/api/v1/streams/{name}/history", "x?range=1h", 200);
        check(document, harness, "GET", "/api/v1/streams/{name}/history", "x?range=2h", 400);
        check(document, harness, "GET", "/api/v1/streams/{name}/history.csv", "x", 200);
        check(document, harness, "POST", "/api/v1/streams/{name}/reset", "x", 204);
        check(document, harness, "POST", "/api/v1/streams/{name}/reset", "none", 404);
    }

    private static boolean has(Harness harness, String path, String part) {
        try {
            return harness.get(path).body().contains(part);
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static boolean isThere(Harness harness, String path) {
        try {
            return harness.get(path).statusCode() == 200;
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private void checkConfig(OpenApiDocument document, Harness harness) throws Exception {
        String path = "/api/v1/config/streams/{name}";
        check(document, harness, "GET", "/api/v1/alarms", "?alarm=none", 400);
        check(document, harness, "GET", "/api/v1/cluster/streams", "?state=none", 400);
        check(document, harness, "GET", path, "c", 404);
        check(document, harness, "PUT", path, "c", 201);
        check(document, harness, "PUT", path, "c", 428);
        ifMatch = "*";
        check(document, harness, "PUT", path, "c", 200);
        check(document, harness, "GET", path, "c", 200);
        check(document, harness, "GET", "/api/v1/config/streams", "", 200);
        check(document, harness, "PATCH", path, "c", 200);
        check(document, harness, "PATCH", path, "none", 404);
        check(document, harness, "PUT", path, "c%20d", 412);
        ifMatch = "";
        check(document, harness, "PUT", path, "c%20d", 422);
        ifMatch = "\"other\"";
        check(document, harness, "PATCH", path, "c", 412);
        check(document, harness, "DELETE", path, "c", 412);
        ifMatch = "*";
        check(document, harness, "DELETE", path, "c", 204);
        check(document, harness, "DELETE", path, "c", 404);
        ifMatch = "";
    }

    @Tag("slow")
    @Test
    void describesTheAnswersOfACluster() throws Exception {
        FakeCluster cluster = new FakeCluster();
        cluster.publish("far", "b");
        RelayRules quick = new RelayRules(Map.of(RelaySetting.ALARM_HOLD_SECONDS, 0), Map.of(), Map.of());
        try (Harness harness = new Harness(quick, cluster, 3)) {
            OpenApiDocument document = document(harness);
            Await.until("the alarm is raised", () -> has(harness, "/api/v1/alarms", "node-alone"));
            check(document, harness, "GET", "/api/v1/alarms", "", 200);
            cluster.join("b");
            harness.connect("publish:near", new ChannelInboundHandlerAdapter());
            Await.until("the first sample is taken", () -> isThere(harness, "/api/v1/streams/near/history"));
            Await.until("the first report is made", () -> has(harness, "/api/v1/nodes", "\"publishers\":1"));
            check(document, harness, "GET", "/api/v1/nodes", "", 200);
            check(document, harness, "GET", "/api/v1/cluster/streams", "?node=b", 200);
            check(document, harness, "GET", "/api/v1/streams", "", 200);
            check(document, harness, "GET", "/api/v1/dashboard", "", 200);
        }
    }

    @Test
    void describesTheAnswerWithoutAToken() throws Exception {
        ApiToken token = new ApiToken("a", ApiRole.ADMIN, TokenHash.of("s3cr3t-token-of-admin"));
        ApiRules api = new ApiRules(List.of(token), List.of(), List.of(), ProxyHeader.X_FORWARDED_FOR, null);
        try (Harness harness = new Harness(new RelayRules(Map.of(), Map.of(), Map.of(), api))) {
            OpenApiDocument document = document(harness);
            for (String operation : document.operations()) {
                String[] parts = operation.split(" ");
                check(document, harness, parts[0], parts[1], parts[1].contains("{") ? "x" : "", 401);
            }
        }
    }

    private void checkLimits(OpenApiDocument document, Harness harness) throws Exception {
        check(document, harness, "PATCH", "/api/v1/limits", "", 200);
        check(document, harness, "DELETE", "/api/v1/token-bans/{address}", "192.0.2.1", 404);
        check(document, harness, "DELETE", "/api/v1/token-bans/{address}", "x", 400);
        for (int i = 0; i < 20; i++) {
            harness.tokenBans().add(InetAddress.getByName("192.0.2.1"), RelayRules.DEFAULT, System.nanoTime());
        }
        check(document, harness, "GET", "/api/v1/token-bans", "", 200);
        check(document, harness, "DELETE", "/api/v1/token-bans/{address}", "192.0.2.1", 204);
    }

    /** Sends a request and compares the answer with the document; returns its content. */
    private String check(
            OpenApiDocument document, Harness harness, String method, String path, String value, int status)
            throws Exception {
        String target = target(path, value);
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(
                        "http://127.0.0.1:" + harness.relay().httpAddress().getPort() + target))
                .header("Content-Type", method.equals("PATCH") ? "application/merge-patch+json" : "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body(method, path)));
        if (!ifMatch.isEmpty()) {
            request.header("If-Match", ifMatch);
        }
        HttpResponse<InputStream> answer = client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
        String content = content(answer.body(), path.endsWith("/events") && status == 200);
        String type = answer.headers().firstValue("content-type").orElse("");
        assertThat(answer.statusCode()).as(method + " " + target).isEqualTo(status);
        assertThat(document.complaints(method, path, status, type, content))
                .as(method + " " + target + ": " + content)
                .isEmpty();
        seen.add(method + " " + path);
        return content;
    }

    private static String body(String method, String path) {
        return switch (method) {
            case "POST" -> path.endsWith("/bans") ? "{\"address\":\"192.0.2.1\",\"stream\":\"y\"}" : "";
            case "PUT" -> "{\"playToken\":\"p1\",\"alarmLossPercent\":3}";
            case "PATCH" ->
                path.endsWith("/limits") ? "{\"maxPublishers\":7,\"maxHalfOpen\":null}" : "{\"alarmHoldSeconds\":3}";
            default -> "";
        };
    }

    /** Puts the part of a value before its question mark into the path. */
    private static String target(String path, String value) {
        int query = value.indexOf('?');
        String name = query < 0 ? value : value.substring(0, query);
        return path.contains("{")
                ? path.replaceFirst("\\{[^}]*}", name) + (query < 0 ? "" : value.substring(query))
                : path + value;
    }

    /** Returns the content of an answer; of one that goes on, the two lines of its first event. */
    private static String content(InputStream stream, boolean goesOn) throws IOException {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            if (goesOn) {
                return lines.readLine() + "\n" + lines.readLine();
            }
            return lines.lines().collect(Collectors.joining("\n"));
        }
    }

    private static OpenApiDocument document(Harness harness) throws IOException, InterruptedException {
        HttpResponse<String> answer = harness.get("/openapi.json");
        assertThat(answer.statusCode()).isEqualTo(200);
        return new OpenApiDocument(answer.body());
    }

    private static String id(String json) {
        Matcher found = Pattern.compile("\"id\":\"([^\"]+)\"").matcher(json);
        assertThat(found.find()).as(json).isTrue();
        return found.group(1);
    }
}
