// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.cluster;

import static io.github.srtnetty.relay.cluster.TestNodes.granted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.srtnetty.relay.directory.ClusterSettings;
import io.github.srtnetty.relay.directory.StreamEntry;
import io.github.srtnetty.testing.Await;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A node leaves and joins anew. */
@Tag("slow")
class RejoinTest {
    private static final Duration LONG = Duration.ofSeconds(40);

    @Test
    void keepsItsClaims_andReadsGoOnMeanwhile() {
        try (TestNodes nodes = TestNodes.started(3)) {
            ClusterDirectory node = nodes.get(2);
            StreamEntry other = granted(nodes.get(0), "cam1");
            StreamEntry own = granted(node, "cam2");
            nodes.awaitAgreement("cam1", other);
            String before = node.engine().members().view().self();
            AtomicBoolean done = new AtomicBoolean();
            CompletableFuture<Boolean> found = CompletableFuture.supplyAsync(() -> {
                boolean always = true;
                while (!done.get()) {
                    always &= other.equals(node.find("cam1")) && own.equals(node.find("cam2"));
                }
                return always;
            });

            node.rejoin("a test");
            assertThat(granted(node, "cam3").node()).isEqualTo("n2");
            Await.until("it has joined", LONG, () -> node.rejoins() == 1);
            nodes.awaitAgreement("cam1", other);
            nodes.awaitAgreement("cam2", own);
            done.set(true);
            assertThat(found.join()).as("reads found both all the time").isTrue();
            assertThat(node.engine().members().view().self()).startsWith("n2#").isNotEqualTo(before);
            nodes.awaitSize(3);
            assertThat(granted(nodes.get(1), "cam4").node()).isEqualTo("n1");
        }
    }

    @Test
    void joinsAnew_alsoWhereItsLeaveFails() {
        try (TestNodes nodes = TestNodes.started(2)) {
            ClusterDirectory node = nodes.get(1);
            StreamEntry other = granted(nodes.get(0), "cam1");
            StreamEntry own = granted(node, "cam2");
            nodes.awaitAgreement("cam1", other);
            Engine engine = node.engine();
            engine.joined().toCompletableFuture().join().getCacheManager().stop();
            assertThatThrownBy(engine.joined().toCompletableFuture().join()::size)
                    .isInstanceOf(RuntimeException.class);

            node.rejoin("a test");

            Await.until("it has joined", LONG, () -> node.rejoins() == 1);
            nodes.awaitSize(2);
            nodes.awaitAgreement("cam1", other);
            nodes.awaitAgreement("cam2", own);
        }
    }

    @Test
    void findsTheNodesThatItKnew_whereItIsItsOwnOnlySeed() throws IOException {
        TestNodes ports = new TestNodes(2);
        ClusterSettings first = ports.settings(0);
        ClusterSettings alone = new ClusterSettings(
                first.node(),
                first.bind(),
                first.join().subList(0, 1),
                "",
                "",
                null,
                "",
                first.pull(),
                first.onSplit(),
                0,
                false);
        try (ClusterDirectory a = InfinispanDirectoryProvider.open(alone, "127.0.0.1:1000", TestNodes.REJOINING);
                ClusterDirectory b =
                        InfinispanDirectoryProvider.open(ports.settings(1), "127.0.0.1:1001", TestNodes.JOINING)) {
            Await.until(
                    "both see both",
                    LONG,
                    () -> a.nodes().size() == 2 && b.nodes().size() == 2);
            StreamEntry claim = granted(b, "cam1");
            a.rejoin("a test");
            Await.until("it has joined", LONG, () -> a.rejoins() == 1);
            assertThat(a.nodes()).as("it joined b, and did not begin a cluster").hasSize(2);
            assertThat(a.find("cam1")).isEqualTo(claim);
            assertThat(b.rejoins()).isZero();
        }
    }
}
