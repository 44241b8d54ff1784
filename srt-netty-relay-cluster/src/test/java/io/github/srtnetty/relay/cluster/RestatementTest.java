// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.cluster;

import static io.github.srtnetty.relay.cluster.TestNodes.granted;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.srtnetty.relay.directory.StreamEntry;
import io.github.srtnetty.testing.Await;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.infinispan.Cache;
import org.infinispan.context.Flag;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Copies that differ, as after a change that was made while the engine had two views. On a busy machine some may agree
 * again before a test looks.
 */
@Tag("slow")
class RestatementTest {
    /** So many that each node is the engine's owner of some. */
    private static final List<String> NAMES =
            IntStream.range(0, 16).mapToObj(i -> "cam" + i).toList();

    private static final Duration LONG = Duration.ofSeconds(40);

    @Test
    void removesAgain_whatTheCopyOfAnotherNodeStillHas() {
        try (TestNodes nodes = new TestNodes(3)) {
            startTwo(nodes);
            for (Released released : claimAndRelease(nodes, 0)) {
                String name = released.claim().name();
                copyOf(nodes.get(1)).put(name, released.text());
            }
            nodes.start(2);
            Await.until(
                    "no node has an entry",
                    LONG,
                    () -> nodes.all().stream()
                            .noneMatch(
                                    node -> node.engine().entries().iterator().hasNext()));
        }
    }

    @Test
    void addsAgain_whatTheCopyOfAnotherNodeLacks_orHasOfAnEarlierClaim() {
        try (TestNodes nodes = new TestNodes(3)) {
            startTwo(nodes);
            List<Released> before = claimAndRelease(nodes, 1);
            List<StreamEntry> claims =
                    NAMES.stream().map(name -> granted(nodes.get(0), name)).toList();
            for (int i = 0; i < NAMES.size(); i++) {
                if (i % 2 == 0) {
                    copyOf(nodes.get(1)).remove(NAMES.get(i));
                } else {
                    copyOf(nodes.get(1)).put(NAMES.get(i), before.get(i).text());
                }
            }
            nodes.start(2);
            for (StreamEntry claim : claims) {
                Await.until(
                        "all nodes find " + claim,
                        LONG,
                        () -> nodes.all().stream().allMatch(node -> claim.equals(node.find(claim.name()))));
            }
            assertThat(nodes.get(0).streams()).containsExactlyInAnyOrderElementsOf(claims);
        }
    }

    /** A claim that is over, with the text that its entry had. */
    private record Released(StreamEntry claim, String text) {}

    /** Starts two nodes, which leaves one to start: the view that comes with it lets the others write anew. */
    private static void startTwo(TestNodes nodes) {
        nodes.start(0);
        nodes.start(1);
        nodes.awaitSize(2);
    }

    /** Lets a node claim and release all names; returns when no node finds any. */
    private static List<Released> claimAndRelease(TestNodes nodes, int index) {
        ClusterDirectory node = nodes.get(index);
        List<Released> all = NAMES.stream()
                .map(name -> new Released(
                        granted(node, name),
                        Objects.requireNonNull(node.engine().peek(name))))
                .toList();
        all.forEach(released -> node.release(released.claim()));
        NAMES.forEach(nodes::awaitFree);
        return all;
    }

    /** Returns a cache that changes the copy of one node only. */
    private static Cache<String, String> copyOf(ClusterDirectory node) {
        return node.engine()
                .joined()
                .toCompletableFuture()
                .join()
                .getAdvancedCache()
                .withFlags(Flag.CACHE_MODE_LOCAL);
    }
}
