// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.srtnetty.relay.config.RelayRules;
import io.github.srtnetty.relay.config.RelaySetting;
import io.github.srtnetty.relay.event.RelayEvent;
import io.github.srtnetty.relay.node.FakeCluster;
import io.github.srtnetty.testing.Await;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What an operator sees of a cluster on each of its nodes. */
class ClusterOperationTest {
    private static final RelayRules QUICK =
            new RelayRules(Map.of(RelaySetting.ALARM_HOLD_SECONDS, 0), Map.of(), Map.of());

    private final FakeCluster cluster = new FakeCluster();

    @Tag("slow")
    @Test
    void listsNodesAndTheStreamsOfAllOfThem() throws Exception {
        cluster.join("b");
        cluster.publish("live/far", "b");
        try (Harness harness = new Harness(QUICK, cluster, 0)) {
            harness.connect("publish:live/near", new ChannelInboundHandlerAdapter());
            Await.until("it is claimed", () -> cluster.find("live/near") != null);
            awaitBody(harness, "/api/v1/nodes", "\"publishers\":1,\"players\":0");

            assertThat(harness.get("/api/v1/nodes").body())
                    .contains("{\"name\":\"a\",\"self\":true,\"coordinator\":true,\"since\":\"")
                    .contains("\"state\":\"running\",\"version\":\"", "\"reportedAt\":\"")
                    .contains("{\"name\":\"b\",\"self\":false")
                    .contains("\"receivedBitsPerSecond\":5000000,\"sentBitsPerSecond\":40000000,\"load\":0.25}")
                    .contains("\"total\":2");
            assertThat(harness.get("/api/v1/cluster/streams").body())
                    .contains("{\"name\":\"live/far\",\"node\":\"b\",\"self\":false,\"state\":\"live\",\"since\":\"")
                    .contains("{\"name\":\"live/near\",\"node\":\"a\",\"self\":true")
                    .contains("\"total\":2");
            assertThat(harness.get("/api/v1/cluster/streams?node=b&filter=FAR&state=live")
                            .body())
                    .contains("\"total\":1");
            assertThat(harness.get("/api/v1/cluster/streams?node=c").body()).contains("\"total\":0");
            assertThat(harness.get("/api/v1/cluster/streams?state=waiting").statusCode())
                    .isEqualTo(400);
            assertThat(harness.get("/api/v1/streams/live%2Fnear").body()).contains("\"node\":\"a\"");
        }
    }

    @Test
    void aRelayAloneListsItself_andHasNoMetricsOfACluster() throws Exception {
        try (Harness harness = new Harness(QUICK)) {
            awaitBody(harness, "/api/v1/nodes", "\"state\":\"running\"");
            assertThat(harness.get("/api/v1/nodes").body()).contains("\"total\":1");
            assertThat(harness.get("/api/v1/dashboard").body()).doesNotContain("cluster");
            assertThat(harness.get("/metrics").body()).doesNotContain("relay_cluster_");
        }
    }

    @Tag("slow")
    @Test
    void raisesAnAlarmWhileItRunsAloneAlthoughMoreAreExpected() throws Exception {
        try (Harness harness = new Harness(QUICK, cluster, 3)) {
            awaitBody(harness, "/api/v1/alarms", "\"alarm\":\"node-alone\"");
            assertThat(harness.get("/api/v1/alarms?alarm=node-alone").body())
                    .startsWith("{\"items\":[{\"alarm\":\"node-alone\",\"since\":\"")
                    .contains("\"value\":1.0,\"limit\":3.0}],\"total\":1");
            assertThat(harness.get("/metrics").body())
                    .contains("relay_cluster_alone 1.0", "relay_cluster_nodes 1.0")
                    .contains("relay_cluster_expected_nodes 3.0", "relay_alarms_total{alarm=\"node-alone\"} 1.0")
                    .doesNotContain("relay_stream_alarm{alarm=\"node-alone\"");

            cluster.join("b");
            awaitBody(harness, "/api/v1/alarms", "\"total\":0");
            awaitBody(harness, "/metrics", "relay_cluster_alone 0.0");
            Await.until(
                    "the events are passed on",
                    () -> events(harness)
                            .containsAll(List.of(
                                    "null alarm-raised clear>raised node-alone",
                                    "null node-joined absent>member b",
                                    "null alarm-cleared raised>clear node-alone")));
        }
    }

    @Test
    void reportsNodesThatLeave_andClaimsThatAreLost() throws Exception {
        cluster.join("b");
        try (Harness harness = new Harness(QUICK, cluster, 0)) {
            harness.connect("publish:x", new ChannelInboundHandlerAdapter());
            harness.awaitMembers(1); // the claim is granted, and counted
            cluster.lose("x", "b");
            cluster.leave("b");
            Await.until(
                    "the events are passed on",
                    () -> events(harness)
                            .containsAll(List.of("x claim-lost granted>lost a", "null node-left member>absent b")));
            assertThat(harness.get("/metrics").body())
                    .contains("relay_cluster_claims_total{outcome=\"granted\"} 1.0")
                    .contains("relay_cluster_lost_claims_total 1.0");
        }
    }

    @Tag("slow")
    @Test
    void theDataOfThePageHasNodesAndStreams() throws Exception {
        cluster.join("b");
        cluster.publish("live/far", "b");
        try (Harness harness = new Harness(QUICK, cluster, 3)) {
            awaitBody(harness, "/api/v1/dashboard", "\"cluster\":{\"self\":\"a\",\"expectedNodes\":3,\"nodes\":[{");
            assertThat(harness.get("/api/v1/dashboard").body())
                    .contains("\"streams\":[{\"name\":\"live/far\",\"node\":\"b\"");
        }
    }

    private static void awaitBody(Harness harness, String path, String part) {
        Await.until(
                path + " has " + part,
                Duration.ofSeconds(15),
                () -> body(harness, path).contains(part));
    }

    private static String body(Harness harness, String path) {
        try {
            return harness.get(path).body();
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static List<String> events(Harness harness) {
        return harness.relay().parts().events().recent().after(0, null).stream()
                .map(ClusterOperationTest::line)
                .toList();
    }

    private static String line(RelayEvent event) {
        Object detail = event.details().getOrDefault("alarm", event.details().get("node"));
        return event.stream() + " " + event.kind() + " " + event.previous() + ">" + event.current() + " " + detail;
    }
}
