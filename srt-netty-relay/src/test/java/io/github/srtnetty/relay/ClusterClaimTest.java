// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.github.srtnetty.channel.SrtChannel;
import io.github.srtnetty.relay.config.RelayRules;
import io.github.srtnetty.relay.config.RelaySetting;
import io.github.srtnetty.relay.directory.StreamEntry;
import io.github.srtnetty.relay.monitor.CallerLog;
import io.github.srtnetty.relay.stream.LiveStream;
import io.github.srtnetty.relay.stream.StreamSource;
import io.github.srtnetty.testing.Await;
import io.github.srtnetty.testing.Http;
import io.github.srtnetty.testing.LogRecorder;
import io.github.srtnetty.testing.Sequence;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** A name has one publisher in a cluster, and it goes to another node when it is free there. */
class ClusterClaimTest {
    private static final long RATE = 2_000_000;
    private static final RelayRules IMPATIENT =
            new RelayRules(Map.of(RelaySetting.SILENT_PUBLISHER_MILLIS, 500), Map.of(), Map.of());
    private static final RelayRules LIVE_ONLY = new RelayRules(
            Map.of(RelaySetting.PLAYERS_BEFORE_PUBLISHER, "reject", RelaySetting.SILENT_PUBLISHER_MILLIS, 60_000),
            Map.of(),
            Map.of());
    private static final RelayRules PATIENT =
            new RelayRules(Map.of(RelaySetting.SILENT_PUBLISHER_MILLIS, 60_000), Map.of(), Map.of());

    private final Logger logger = (Logger) LoggerFactory.getLogger(CallerLog.class);
    private final Level level = logger.getLevel();

    @AfterEach
    void restoreLevel() {
        logger.setLevel(level);
    }

    @Test
    void anotherNodeRejectsASecondPublisher_andAPlayerIsWelcome() throws Exception {
        try (Nodes nodes = new Nodes(LIVE_ONLY, "a", "b")) {
            assertThat(nodes.code("b", "read:x")).isEqualTo(1404);
            SrtChannel publisher = nodes.publish("a", "x");
            Await.until("the name is claimed", () -> isClaimed(nodes, "x", "a"));

            assertThat(nodes.code("b", "publish:x")).isEqualTo(1409);
            assertThat(nodes.code("b", "publish:y")).isZero();
            assertThat(nodes.code("b", "read:x")).isZero();
            publisher.close().sync();
            Await.until("the name is free", () -> nodes.code("b", "publish:x") == 0);
        }
    }

    /** The first encoder has lost its power: nothing but silence says so. */
    @Test
    @Tag("slow")
    void aSilentPublisherGivesItsNameToAnotherNode_andItsPlayersGoOn() throws Exception {
        try (Nodes nodes = new Nodes(IMPATIENT, "a", "b")) {
            Sequence.Checker here = new Sequence.Checker();
            Sequence.Checker there = new Sequence.Checker();
            nodes.play("a", "x", here);
            nodes.play("b", "x", there);
            SrtChannel silent = nodes.publish("a", "x");
            nodes.awaitOrigin("b", "x", "a");
            silent.writeAndFlush(Sequence.payload(0)).sync();
            Await.until("both have it", () -> here.count() == 1 && there.count() == 1);

            SrtChannel next = nodes.publishAtLast("b", "x");
            nodes.awaitOrigin("a", "x", "b");
            next.writeAndFlush(Sequence.payload(1)).sync();

            Await.until("both have the next", () -> here.count() == 2 && there.count() == 2);
            Await.until("the silent one is closed", () -> !silent.isActive());
            assertThat(nodes.origin("a", "x")).isEqualTo("b");
            assertThat(here.missing() + there.missing()).isZero();
        }
    }

    @Test
    void nodesThatMayHaveNoPublishers_rejectThemWith1503() throws Exception {
        try (Nodes nodes = new Nodes("a", "b")) {
            nodes.board().accept(false);

            assertThat(nodes.code("a", "publish:x")).isEqualTo(1503);
            assertThat(nodes.code("a", "read:x")).isZero();
        }
    }

    /** Both sides of a split have a publisher: afterwards the newer one holds the name, on all nodes. */
    @Test
    @Tag("slow")
    void afterASplit_theNewerPublisherStays_andThePlayersOfBothSidesGetIt() throws Exception {
        logger.setLevel(Level.INFO);
        try (Nodes nodes = new Nodes(PATIENT, "a", "b");
                LogRecorder log = new LogRecorder(CallerLog.class)) {
            nodes.board().split(Set.of("b"));
            Sequence.Checker here = new Sequence.Checker();
            Sequence.Checker there = new Sequence.Checker();
            nodes.play("a", "x", here);
            nodes.play("b", "x", there);
            SrtChannel older = nodes.publish("a", "x");
            Await.until("a has its publisher", () -> isClaimed(nodes, "x", "a"));
            SrtChannel newer = nodes.publish("b", "x");
            Await.until("b has its publisher", () -> isClaimed(nodes, "x", "b"));
            try (Sequence.Sender sender = new Sequence.Sender(newer, RATE)) {
                nodes.board().heal();

                Await.until("the older one is closed", () -> !older.isActive());
                nodes.awaitOrigin("a", "x", "b");
                long before = here.count();
                Await.until(
                        "both get the newer one",
                        () -> sender.sent() > 0 && here.count() > before + 20 && there.count() > 20);
            }
            assertThat(nodes.code("a", "publish:x")).isEqualTo(1409);
            log.awaitMessage("closed: its name has a publisher on node b: the claim of b is newer");
            assertThat(Http.get(nodes.relay("a").httpAddress().getPort(), "/metrics")
                            .body())
                    .contains("relay_closed_publishers_total{cause=\"claim_lost\"} 1.0");
        }
    }

    @Test
    void aClaimThatIsNotAnswered_holdsUpNoOtherStream_andNothingIsRelayed() throws Exception {
        try (Nodes nodes = new Nodes("a", "b")) {
            Sequence.Checker player = new Sequence.Checker();
            nodes.play("a", "x", player);
            SrtChannel first = nodes.publish("a", "x");
            Await.until("it is in", () -> isClaimed(nodes, "x", "a"));
            nodes.board().hang("a");
            Sequence.Checker waiting = new Sequence.Checker();
            nodes.play("a", "hung", waiting);
            SrtChannel hung = nodes.publish("a", "hung");
            hung.writeAndFlush(Sequence.payload(0)).sync();
            for (int i = 0; i < 10; i++) {
                first.writeAndFlush(Sequence.payload(i)).sync();
            }

            Await.until("the other stream goes on", () -> player.count() == 10);
            assertThat(waiting.count()).isZero();
            assertThat(nodes.code("a", "publish:hung"))
                    .as("its name is reserved")
                    .isEqualTo(1409);
            assertThat(nodes.streams("a").find("hung").source()).isNull();
            assertThat(nodes.code("b", "publish:z")).isZero();
        }
    }

    @Test
    @Tag("slow")
    void aNodeThatDrains_movesItsPublishers_andFeedsItsPlayersFromTheirNewNode() throws Exception {
        try (Nodes nodes = new Nodes("a", "b")) {
            Sequence.Checker here = new Sequence.Checker();
            Sequence.Checker there = new Sequence.Checker();
            SrtChannel first = nodes.publish("a", "x");
            nodes.play("a", "x", here);
            nodes.play("b", "x", there);
            nodes.awaitOrigin("b", "x", "a");
            drain(nodes.relay("a"));

            Await.until("its publisher is closed", () -> !first.isActive());
            assertThat(nodes.code("a", "publish:x")).isEqualTo(1503);
            SrtChannel second = nodes.publishAtLast("b", "x");
            nodes.awaitOrigin("a", "x", "b");
            for (int i = 0; i < 10; i++) {
                second.writeAndFlush(Sequence.payload(i)).sync();
            }
            Await.until("both play on", () -> here.count() == 10 && there.count() == 10);
            assertThat(here.isInactive() || there.isInactive()).isFalse();
        }
    }

    @Test
    void aNodeThatEnds_givesItsNamesBackBeforeItsPublishersLeave() throws Exception {
        try (Nodes nodes = new Nodes("a", "b")) {
            SrtChannel publisher = nodes.publish("a", "x");
            Await.until("it is in", () -> isClaimed(nodes, "x", "a"));
            Thread ending = new Thread(nodes.relay("a")::close);
            AtomicReference<Optional<StreamEntry>> entry = new AtomicReference<>();
            publisher.closeFuture().addListener(closed -> entry.set(Optional.ofNullable(find(nodes, "b", "x"))));
            ending.start();

            Await.until("it is closed", () -> entry.get() != null);
            assertThat(entry.get()).as("the entry at that moment").isEmpty();
            ending.join();
        }
    }

    private static void drain(RelayServer relay) throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + relay.httpAddress().getPort() + "/api/v1/drain");
        HttpRequest request = HttpRequest.newBuilder(uri)
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();
        int status = HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.discarding())
                .statusCode();
        assertThat(status).isEqualTo(204);
    }

    private static boolean isClaimed(Nodes nodes, String stream, String node) {
        StreamEntry entry = find(nodes, node, stream);
        LiveStream live = nodes.streams(node).find(stream);
        StreamSource source = live == null ? null : live.source();
        return entry != null && entry.node().equals(node) && source != null && !source.isPull();
    }

    private static StreamEntry find(Nodes nodes, String node, String stream) {
        return nodes.relay(node).parts().directory().find(stream);
    }
}
