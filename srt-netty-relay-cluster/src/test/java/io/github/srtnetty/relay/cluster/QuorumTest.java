// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.srtnetty.relay.directory.ClusterSettings.OnSplit;
import io.github.srtnetty.testing.Await;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuorumTest {
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

    @Test
    void theEngineSeesANodeLess_whenItIsGone() {
        try (TestNodes nodes = TestNodes.started(2)) {
            assertThat(nodes.get(0).engine().nodesSeen()).isEqualTo(2);
            nodes.get(1).close();
            Await.until("one is left", () -> nodes.get(0).engine().nodesSeen() == 1);
        }
    }
}
