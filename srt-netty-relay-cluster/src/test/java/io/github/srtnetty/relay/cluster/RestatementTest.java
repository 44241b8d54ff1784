// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.cluster;

import static io.github.srtnetty.relay.cluster.TestNodes.granted;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.srtnetty.relay.directory.StreamEntry;
import io.github.srtnetty.testing.Await;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.infinispan.Cache;
import org.infinispan.context.Flag;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Copies that differ, as after a change that was made while the engine had two views. */
@Tag("slow")
class RestatementTest {
    /** So many that each node is the engine's owner of some. */
    private static final List<String> NAMES =
            IntStream.range(0, 16).mapToObj(i -> "cam" + i).toList();

    private static final Duration LONG = Duration.ofSeconds(20);

    @Test
    void removesAgain_whatTheCopyOfAnotherNodeStillHas() {
        try (TestNodes nodes = new TestNodes(3)) {
            nodes.start(0);
            nodes.start(1);
            nodes.awaitSize(2);
            List<StreamEntry> claims =
                    NAMES.stream().map(name -> granted(nodes.get(0), name)).toList();
            List<String> texts =
                    NAMES.stream().map(name -> nodes.get(0).engine().peek(name)).toList();
            claims.forEach(nodes.get(0)::release);
            NAMES.forEach(nodes::awaitFree);
            for (int i = 0; i < NAMES.size(); i++) {
                copyOf(nodes.get(1)).put(NAMES.get(i), texts.get(i));
                assertThat(nodes.get(1).find(NAMES.get(i))).isEqualTo(claims.get(i));
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
            nodes.start(0);
            nodes.start(1);
            nodes.awaitSize(2);
            List<StreamEntry> before =
                    NAMES.stream().map(name -> granted(nodes.get(1), name)).toList();
            List<String> texts =
                    NAMES.stream().map(name -> nodes.get(1).engine().peek(name)).toList();
            before.forEach(nodes.get(1)::release);
            NAMES.forEach(nodes::awaitFree);
            List<StreamEntry> claims =
                    NAMES.stream().map(name -> granted(nodes.get(0), name)).toList();
            for (int i = 0; i < NAMES.size(); i++) {
                if (i % 2 == 0) {
                    copyOf(nodes.get(1)).remove(NAMES.get(i));
                } else {
                    copyOf(nodes.get(1)).put(NAMES.get(i), texts.get(i));
                }
                assertThat(nodes.get(1).find(NAMES.get(i))).isNull();
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
