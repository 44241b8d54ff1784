// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.cluster;

import static io.github.srtnetty.relay.cluster.TestNodes.granted;
import static io.github.srtnetty.relay.cluster.TestNodes.outcome;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.srtnetty.relay.directory.ClaimOutcome;
import io.github.srtnetty.relay.directory.ClaimOutcome.Granted;
import io.github.srtnetty.relay.directory.ClaimOutcome.Refused;
import io.github.srtnetty.relay.directory.ClaimOutcome.Taken;
import io.github.srtnetty.relay.directory.ClusterSettings.OnSplit;
import io.github.srtnetty.relay.directory.DirectoryListener;
import io.github.srtnetty.relay.directory.DirectoryNode;
import io.github.srtnetty.relay.directory.StreamEntry;
import io.github.srtnetty.testing.Await;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class ThreeNodesTest {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final int RACES = Integer.getInteger("cluster.races", 1000);

    @Tag("slow")
    @Test
    void formOneView_whereAllStartAtOnce_andLetOneWinEachRace() {
        try (TestNodes nodes = TestNodes.startedAtOnce(3)) {
            assertThat(coordinators(nodes))
                    .as("one coordinator, the same for all")
                    .hasSize(1);
            for (int i = 0; i < RACES; i++) {
                String name = "race" + i;
                CompletableFuture<ClaimOutcome> a = claim(nodes.get(i % 3), name);
                CompletableFuture<ClaimOutcome> b = claim(nodes.get((i + 1) % 3), name);
                List<ClaimOutcome> outcomes = List.of(a.join(), b.join());
                assertThat(outcomes).as(name).hasAtLeastOneElementOfType(Granted.class);
                assertThat(outcomes).as(name).hasAtLeastOneElementOfType(Taken.class);
            }
            assertThat(nodes.get(2).streams()).hasSize(RACES);
        }
    }

    @Tag("slow")
    @Test
    void freeTheNamesOfANodeThatLeaves_andRemoveItsEntries() {
        ClusterPolicy policy = TestNodes.policy(Duration.ofSeconds(2), Duration.ofSeconds(8), Duration.ofSeconds(5));
        try (TestNodes nodes = new TestNodes(3, policy)) {
            ClusterDirectory a = nodes.start(0);
            ClusterDirectory b = nodes.start(1);
            ClusterDirectory c = nodes.start(2);
            nodes.awaitSize(3);
            ConcurrentLinkedQueue<String> events = record(b);
            granted(a, "cam1");
            granted(a, "cam3");
            StreamEntry kept = granted(c, "cam2");
            a.engine().close(); // without a release: as a node that dies
            Await.until("the name is free", LONG, () -> b.find("cam1") == null);
            Await.until("b has reported it", LONG, () -> events.contains("nodes n1 n2"));
            assertThat(events.stream()
                            .filter(event -> !event.equals("changed cam2"))
                            .toList())
                    .as("the names first, then the nodes")
                    .containsSubsequence("changed cam1", "nodes n1 n2");
            assertThat(b.find("cam2")).isEqualTo(kept);
            assertThat(b.engine().peek("cam1")).as("kept for a merge").isNotNull();
            assertThat(granted(b, "cam1").node()).isEqualTo("n1");
            Await.until("dead entries go", LONG, () -> deadEntries(b) == 0);
            assertThat(b.find("cam2")).isEqualTo(kept);
        }
    }

    @Tag("slow")
    @Test
    void refusePublishers_inAMinority_whereTheSettingsSaySo() throws Exception {
        TestNodes ports = new TestNodes(3);
        List<ClusterDirectory> nodes = new ArrayList<>();
        try {
            for (int i = 0; i < 3; i++) {
                nodes.add(InfinispanDirectoryProvider.open(
                        ports.settings("n" + i, ports.port(i), OnSplit.MAJORITY, 3),
                        "",
                        i == 0 ? ClusterPolicy.DEFAULT : TestNodes.JOINING));
                if (i == 0) {
                    assertThat(nodes.get(0).acceptsPublishers()).isFalse();
                    assertThat(outcome(nodes.get(0), "cam1"))
                            .isEqualTo(new Refused("this node sees 1 of 3 nodes, no majority"));
                }
            }
            ClusterDirectory a = nodes.get(0);
            Await.until("all are there", LONG, () -> a.nodes().size() == 3);
            granted(a, "cam1");
            nodes.remove(1).close();
            Await.until("one is gone", LONG, () -> a.nodes().size() == 2);
            assertThat(a.acceptsPublishers()).isTrue();
            nodes.remove(1).close();
            Await.until("a is alone", LONG, () -> !a.acceptsPublishers());
            assertThat(a.find("cam1")).as("its own streams go on").isNotNull();
            assertThat(outcome(a, "cam2")).isInstanceOf(Refused.class);
        } finally {
            nodes.forEach(ClusterDirectory::close);
        }
    }

    private static ConcurrentLinkedQueue<String> record(ClusterDirectory node) {
        ConcurrentLinkedQueue<String> events = new ConcurrentLinkedQueue<>();
        node.watch(new DirectoryListener() {
            @Override
            public void changed(String name) {
                events.add("changed " + name);
            }

            @Override
            public void nodesChanged(List<DirectoryNode> nodes) {
                events.add("nodes "
                        + String.join(
                                " ", nodes.stream().map(DirectoryNode::name).toList()));
            }
        });
        return events;
    }

    private static long deadEntries(ClusterDirectory node) {
        Members.View view = node.engine().members().view();
        long dead = 0;
        for (var entry : node.engine().entries()) {
            dead += view.has(EntryText.parse(entry.getKey(), entry.getValue()).member()) ? 0 : 1;
        }
        return dead;
    }

    private static List<String> coordinators(TestNodes nodes) {
        return nodes.all().stream()
                .flatMap(node -> node.nodes().stream())
                .filter(DirectoryNode::coordinator)
                .map(DirectoryNode::name)
                .distinct()
                .toList();
    }

    private static CompletableFuture<ClaimOutcome> claim(ClusterDirectory node, String name) {
        return node.claim(name).toCompletableFuture().orTimeout(30, TimeUnit.SECONDS);
    }
}
