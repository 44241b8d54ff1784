// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.srtnetty.channel.SrtChannel;
import io.github.srtnetty.testing.Await;
import io.github.srtnetty.testing.Http;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Operators of a cluster drain a node, and see its pulls. */
class ClusterDrainTest {
    private static final String STREAM = "live";

    @Tag("slow")
    @Test
    void aNodeThatIsDrainedGivesItsStreamsToOthers_andItsPlayersStay() throws Exception {
        try (Nodes nodes = new Nodes("a", "b")) {
            SrtChannel publisher = nodes.publish("a", STREAM);
            SrtChannel player = nodes.play("a", STREAM, new ChannelInboundHandlerAdapter());
            awaitBody(nodes, "a", "/api/v1/cluster/streams?node=a", "\"total\":1");

            drain(nodes, "a");
            Await.until("the publisher is closed", () -> !publisher.isOpen());
            awaitBody(nodes, "b", "/api/v1/cluster/streams", "\"total\":0");
            assertThat(nodes.code("a", "#!::r=" + STREAM + ",m=publish")).isEqualTo(1503);

            nodes.publishAtLast("b", STREAM);
            nodes.awaitOrigin("a", STREAM, "b");
            assertThat(player.isOpen()).isTrue();
            awaitBody(nodes, "b", "/api/v1/cluster/streams?node=b", "\"total\":1");
            awaitBody(nodes, "a", "/api/v1/nodes", "\"state\":\"draining\"");
        }
    }

    @Tag("slow")
    @Test
    void pullsAreMarkedWithTheNodeAtTheOtherEnd_andAreNoPlayers() throws Exception {
        try (Nodes nodes = new Nodes("a", "b")) {
            nodes.publish("a", STREAM);
            nodes.awaitClaim("a", STREAM);
            nodes.play("b", STREAM, new ChannelInboundHandlerAdapter());
            nodes.awaitOrigin("b", STREAM, "a");

            awaitBody(nodes, "b", "/api/v1/publishers", "\"node\":\"a\"");
            awaitBody(nodes, "a", "/api/v1/players", "\"node\":\"b\"");
            assertThat(body(nodes, "a", "/api/v1/streams/" + STREAM)).contains("\"players\":0", "\"node\":\"a\"");
            assertThat(body(nodes, "b", "/api/v1/streams/" + STREAM)).contains("\"players\":1", "\"node\":\"a\"");
            awaitBody(nodes, "b", "/api/v1/nodes", "\"publishers\":0,\"players\":1,\"pulls\":1");
            assertThat(body(nodes, "b", "/metrics"))
                    .contains("relay_cluster_pulls 1.0", "relay_cluster_pull_attempts_total 1.0");
        }
    }

    private static void drain(Nodes nodes, String node) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + httpPort(nodes, node) + "/api/v1/drain"))
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();
        assertThat(HttpClient.newHttpClient()
                        .send(request, HttpResponse.BodyHandlers.discarding())
                        .statusCode())
                .isEqualTo(204);
    }

    private static void awaitBody(Nodes nodes, String node, String path, String part) {
        Await.until(
                path + " of " + node + " has " + part,
                Duration.ofSeconds(15),
                () -> body(nodes, node, path).contains(part));
    }

    private static String body(Nodes nodes, String node, String path) {
        try {
            return Http.get(httpPort(nodes, node), path).body();
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static int httpPort(Nodes nodes, String node) {
        return nodes.relay(node).httpAddress().getPort();
    }
}
