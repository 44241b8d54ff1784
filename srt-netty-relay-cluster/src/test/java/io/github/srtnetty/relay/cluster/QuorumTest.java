// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.srtnetty.relay.directory.ClaimOutcome.Refused;
import io.github.srtnetty.relay.directory.ClusterSettings;
import io.github.srtnetty.relay.directory.ClusterSettings.OnSplit;
import io.github.srtnetty.testing.Await;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.infinispan.remoting.transport.Address;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuorumTest {
    private static final ClusterPolicy POLICY = ClusterPolicy.DEFAULT;

    private final TestNodes ports = new TestNodes(1);

    @ParameterizedTest
    @CsvSource({
        "MAJORITY, 3, 3, true",
        "MAJORITY, 3, 2, true",
        "MAJORITY, 3, 1, false",
        "MAJORITY, 4, 2, false",
        "ACCEPT, 3, 1, true"
    })
    void holdsWithMoreThanHalfOfTheExpectedNodes(OnSplit onSplit, int expected, int seen, boolean holds) {
        Quorum quorum = new Quorum(() -> seen, ports.settings("n0", ports.port(0), onSplit, expected));

        assertThat(quorum.holds()).isEqualTo(holds);
    }

    /** The engine completes a change once a node is gone, possibly before it passes the new view on. */
    @Test
    void refusesAClaim_whereTheEngineHasNotPassedTheNewViewOn() throws IOException {
        ClusterSettings settings = ports.settings("n0", ports.port(0), OnSplit.MAJORITY, 3);
        try (ClusterDirectory node = InfinispanDirectoryProvider.open(settings, "127.0.0.1:1000", POLICY)) {
            Members members = node.engine().members();
            Address self = node.engine()
                    .joined()
                    .toCompletableFuture()
                    .join()
                    .getAdvancedCache()
                    .getRpcManager()
                    .getAddress();
            members.update(List.of(self, other("n1"), other("n2")), self);
            assertThat(members.view().byNode()).as("the view before").containsOnlyKeys("n0", "n1", "n2");

            assertThat(node.acceptsPublishers()).isFalse();
            assertThat(TestNodes.outcome(node, "cam1"))
                    .isEqualTo(new Refused("this node sees 1 of 3 nodes, no majority"));
        }
    }

    @Test
    void givesAClaimBack_whereTheMajorityIsLostDuringIt() {
        ClusterSettings settings = ports.settings("n0", ports.port(0), OnSplit.MAJORITY, 3);
        AtomicInteger looks = new AtomicInteger();
        Quorum quorum = new Quorum(() -> looks.getAndIncrement() == 0 ? 3 : 1, settings);
        try (Engine engine = Engine.open(settings, POLICY, null)) {
            Registry registry = new Registry(engine);
            Entries entries = new Entries(engine, registry, new RecentNames(POLICY.recent()));
            Claims claims = new Claims(entries, registry, quorum, "127.0.0.1:1000", Runnable::run);

            assertThat(claims.claim("cam1").toCompletableFuture().join())
                    .isEqualTo(new Refused("this node sees 1 of 3 nodes, no majority"));

            assertThat(engine.peek("cam1")).isNull();
            assertThat(registry.find("cam1")).isNull();
        }
    }

    @Test
    void theEngineSeesANodeLess_whenItIsGone() {
        try (TestNodes nodes = TestNodes.started(2)) {
            assertThat(nodes.get(0).engine().nodesSeen()).isEqualTo(2);
            nodes.get(1).close();
            Await.until(
                    "one is left",
                    Duration.ofSeconds(30),
                    () -> nodes.get(0).engine().nodesSeen() == 1);
        }
    }

    private static Address other(String node) {
        return Address.random(node, null, null, node);
    }
}
