// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.srtnetty.channel.SrtAcceptLimits;
import io.github.srtnetty.relay.config.RelayRules;
import io.github.srtnetty.relay.config.RelaySetting;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Limits that are changed while the relay runs. */
class LimitsApiTest {
    private static final String MERGE_PATCH = "application/merge-patch+json";

    private final HttpClient client = HttpClient.newHttpClient();

    @Test
    void aChangeHoldsAtOnce_andSurvivesAReload_untilItIsTakenBack() throws Exception {
        RelayRules config = new RelayRules(Map.of(RelaySetting.MAX_CONNECTIONS_PER_ADDRESS, 2), Map.of(), Map.of());
        try (Harness harness = new Harness(config)) {
            harness.connect("read:x", new ChannelInboundHandlerAdapter());
            assertThat(patch(harness, MERGE_PATCH, "{\"maxConnectionsPerAddress\": 1}")
                            .statusCode())
                    .isEqualTo(200);

            assertThat(harness.code("read:x")).isEqualTo(1402);
            harness.relay().reload(new RelayConfig(config));
            assertThat(harness.code("read:x")).isEqualTo(1402);
            assertThat(harness.get("/api/v1/limits").body())
                    .contains("\"maxConnectionsPerAddress\":{\"value\":1,\"configured\":2,\"minimum\":1,");
            assertThat(patch(harness, "application/json", "{\"maxConnectionsPerAddress\": null}")
                            .body())
                    .contains("\"maxConnectionsPerAddress\":{\"value\":2,\"configured\":2,");
            assertThat(harness.code("read:x")).isZero();
        }
    }

    @Test
    void aChangeReachesTheListener() throws Exception {
        try (Harness harness = new Harness(RelayRules.DEFAULT)) {
            patch(harness, MERGE_PATCH, "{\"handshakesPerSecond\": 0, \"handshakeBurst\": 7, \"maxHalfOpen\": 9}");

            SrtAcceptLimits limits = harness.relay().listeners().get(0).config().getAcceptLimits();
            assertThat(limits)
                    .isEqualTo(SrtAcceptLimits.DEFAULT.withHandshakes(0, 7).withHalfOpen(9));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"maxConnections": 0}                        | 400 | whole number from 1 to 1000000
            {"maxConnections": "7"}                      | 400 | whole number
            {"maxConnections": 7.5}                      | 400 | whole number
            {"maxConnections": 4294967297}               | 400 | whole number from 1
            {"maxConnections": 7, "maxConnections": 8}   | 400 | repeats a field
            {"maxConnections": {"value": 7}}             | 400 | whole number
            {"slowPlayer": 1}                            | 400 | unknown field
            {"publishToken": "s3cr3t-x"}                 | 400 | unknown field
            {"maxPublishers": 7, "queueMillis": 1}       | 400 | queueMillis
            []                                           | 400 | must be an object
            null                                         | 400 | must be an object
            """)
    void aWrongChangeChangesNothing(String body, int status, String reason) throws Exception {
        try (Harness harness = new Harness(RelayRules.DEFAULT)) {
            HttpResponse<String> answer = patch(harness, MERGE_PATCH, body);

            assertThat(answer.statusCode()).isEqualTo(status);
            assertThat(answer.body()).contains(reason).doesNotContain("s3cr3t");
            assertThat(harness.state().rules()).isEqualTo(RelayRules.DEFAULT);
        }
    }

    @Test
    void anEmptyChangeIsAllowed_andAnotherContentIsNot() throws Exception {
        try (Harness harness = new Harness(RelayRules.DEFAULT)) {
            assertThat(patch(harness, MERGE_PATCH + "; charset=utf-8", "{}").statusCode())
                    .isEqualTo(200);
            HttpResponse<String> answer = patch(harness, "text/plain", "{}");
            assertThat(answer.statusCode()).isEqualTo(415);
            assertThat(answer.headers().firstValue("accept-patch")).contains(MERGE_PATCH);
        }
    }

    private HttpResponse<String> patch(Harness harness, String type, String body)
            throws IOException, InterruptedException {
        int port = harness.relay().httpAddress().getPort();
        return client.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/v1/limits"))
                        .header("Content-Type", type)
                        .method("PATCH", HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }
}
