// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.srtnetty.bootstrap.SrtUri;
import io.github.srtnetty.libsrt.SrtRejectReason;
import io.github.srtnetty.relay.access.Ban;
import io.github.srtnetty.relay.access.Bans;
import io.github.srtnetty.relay.api.OpenApiDocument;
import io.github.srtnetty.relay.auth.ApiRole;
import io.github.srtnetty.relay.auth.ApiRules;
import io.github.srtnetty.relay.auth.ApiRules.ProxyHeader;
import io.github.srtnetty.relay.auth.ApiToken;
import io.github.srtnetty.relay.auth.TokenHash;
import io.github.srtnetty.relay.config.RelayRules;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The document at /openapi.json describes the errors of the running relay, of every operation that may have them. */
@Tag("slow")
class OpenApiErrorsTest {
    private static final String OBSERVER = "s3cr3t-token-of-observer";
    private static final RelayRules WITH_TOKEN = new RelayRules(
            Map.of(),
            Map.of(),
            Map.of(),
            new ApiRules(
                    List.of(new ApiToken("o", ApiRole.OBSERVER, TokenHash.of(OBSERVER))),
                    List.of(),
                    List.of(),
                    ProxyHeader.X_FORWARDED_FOR,
                    null));

    private final HttpClient client = HttpClient.newHttpClient();

    @TempDir
    Path folder;

    @Test
    void aRoleThatIsNotEnough_andTooManyWrongTokens() throws Exception {
        try (Harness harness = new Harness(WITH_TOKEN)) {
            OpenApiDocument document =
                    new OpenApiDocument(harness.get("/openapi.json").body());
            RelayServer relay = harness.relay();
            List<String> changes = document.operations().stream()
                    .filter(operation -> !operation.startsWith("GET ") || operation.contains("/config/"))
                    .toList();
            assertThat(changes).hasSizeGreaterThan(8);
            for (String operation : changes) {
                check(document, relay, operation, OBSERVER, "application/json", 403);
            }
            for (int i = 0; i < 30; i++) {
                send(relay, "GET", "/api/v1/version", "short", "application/json");
            }
            for (String operation : document.operations()) {
                check(document, relay, operation, "short", "application/json", 429);
            }
        }
    }

    @Test
    void anotherMediaType_aConflict() throws Exception {
        Path file = Files.writeString(folder.resolve("relay.json"), "{\"streams\": {\"x\": {}}}");
        try (RelayServer relay = RelayServer.start(
                List.of(SrtUri.parse("srt://127.0.0.1:0?mode=listener")),
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                RelayConfig.load(file))) {
            OpenApiDocument document = new OpenApiDocument(
                    send(relay, "GET", "/openapi.json", "", "").body());
            for (String operation : List.of("POST /api/v1/bans", "PUT /api/v1/config/streams/{name}")) {
                check(document, relay, operation, "", "text/plain", 415);
            }
            check(document, relay, "PATCH /api/v1/config/streams/{name}", "", "application/json", 415);
            Files.writeString(file, "{}");
            check(document, relay, "PUT /api/v1/config/streams/{name}", "", "application/json", 409);
            check(document, relay, "PATCH /api/v1/config/streams/{name}", "", "application/merge-patch+json", 409);
            check(document, relay, "DELETE /api/v1/config/streams/{name}", "", "application/json", 409);
            fill(relay.parts().bans());
            check(document, relay, "POST /api/v1/bans", "", "application/json", 409);
        }
    }

    private static void fill(Bans bans) {
        Instant now = Instant.now();
        int count = 0;
        boolean added = true;
        while (added) {
            String name = "s" + count++;
            added = bans.add(new Ban(name, null, name, new SrtRejectReason(1403), now.plusSeconds(600), ""), now);
        }
    }

    private void check(
            OpenApiDocument document, RelayServer relay, String operation, String token, String type, int status)
            throws Exception {
        String[] parts = operation.split(" ");
        String path = parts[1].replaceFirst("\\{.*}", "x");
        HttpResponse<String> answer = send(relay, parts[0], path, token, type);
        for (int i = 0; i < 100 && status == 429 && answer.statusCode() == 401; i++) { // a second allows one more try
            answer = send(relay, parts[0], path, token, type);
        }
        assertThat(answer.statusCode()).as(operation).isEqualTo(status);
        assertThat(document.complaints(
                        parts[0],
                        parts[1],
                        status,
                        answer.headers().firstValue("content-type").orElse(""),
                        answer.body()))
                .as(operation + ": " + answer.body())
                .isEmpty();
    }

    private HttpResponse<String> send(RelayServer relay, String method, String path, String token, String type)
            throws Exception {
        String body = method.equals("POST") ? "{\"stream\": \"y\"}" : method.equals("GET") ? "" : "{}";
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + relay.httpAddress().getPort() + path))
                .header("If-Match", "*")
                .method(method, HttpRequest.BodyPublishers.ofString(body));
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        if (!type.isEmpty()) {
            request.header("Content-Type", type);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
