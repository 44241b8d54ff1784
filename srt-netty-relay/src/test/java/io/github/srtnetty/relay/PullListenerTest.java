// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.srtnetty.relay.directory.StreamEntry;
import io.github.srtnetty.relay.pull.PullCaller;
import io.github.srtnetty.testing.Sequence;
import java.time.Instant;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The listener for other nodes serves those that know the secret, and streams that are published on its node. */
class PullListenerTest {
    private static final int BAD_SECRET = 10;

    @Test
    void servesANodeThatKnowsTheSecret_andNobodyElse() throws Exception {
        try (Nodes nodes = new Nodes("a", "b")) {
            nodes.publish("a", "x");
            StreamEntry entry = claimed(nodes, "a", "x");
            PullCaller caller = new PullCaller(nodes.group(), entry);

            assertThat(caller.code(Nodes.SECRET, Nodes.SECRET, Instant.now())).isZero();
            assertThat(caller.code("guessed", "guessed", Instant.now())).isEqualTo(1401);
            assertThat(caller.code("guessed", Nodes.SECRET, Instant.now())).isEqualTo(BAD_SECRET);
            assertThat(caller.code(Nodes.SECRET, "guessed", Instant.now())).isEqualTo(1401);
            assertThat(caller.code(Nodes.SECRET, Nodes.SECRET, Instant.now().minusSeconds(150)))
                    .as("recorded and sent again")
                    .isEqualTo(1401);
            assertThat(caller.codeOf("publish:x")).isEqualTo(1400);
            assertThat(caller.codeOf("read:x")).isEqualTo(1400);
            assertThat(caller.codeOf("")).isEqualTo(1400);
        }
    }

    @Test
    void servesTheEpochOfItsClaim_andNoOther() throws Exception {
        try (Nodes nodes = new Nodes("a", "b")) {
            nodes.publish("a", "x");
            StreamEntry entry = claimed(nodes, "a", "x");
            StreamEntry other = new StreamEntry(
                    "x",
                    entry.node(),
                    entry.claimId(),
                    entry.epoch() - 1,
                    entry.pullAddress(),
                    entry.since(),
                    entry.state());

            PullCaller caller = new PullCaller(nodes.group(), other);
            assertThat(caller.code(Nodes.SECRET, Nodes.SECRET, Instant.now())).isEqualTo(1404);
        }
    }

    /** A chain of nodes, or a ring, would begin here. */
    @Test
    void servesNoStreamThatItPullsItself() throws Exception {
        try (Nodes nodes = new Nodes("a", "b")) {
            nodes.publish("a", "x");
            nodes.publish("b", "y");
            StreamEntry entry = claimed(nodes, "a", "x");
            nodes.play("b", "x", new Sequence.Checker());
            nodes.awaitOrigin("b", "x", "a");
            StreamEntry there = new StreamEntry(
                    "x",
                    "b",
                    entry.claimId(),
                    entry.epoch(),
                    claimed(nodes, "b", "y").pullAddress(),
                    entry.since(),
                    entry.state());

            PullCaller caller = new PullCaller(nodes.group(), there);
            assertThat(caller.code(Nodes.SECRET, Nodes.SECRET, Instant.now())).isEqualTo(1404);
        }
    }

    private static StreamEntry claimed(Nodes nodes, String node, String stream) {
        nodes.awaitClaim(node, stream);
        return Objects.requireNonNull(nodes.relay(node).parts().directory().find(stream));
    }
}
