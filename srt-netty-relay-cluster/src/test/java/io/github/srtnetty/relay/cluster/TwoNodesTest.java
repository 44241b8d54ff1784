// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.cluster;

import static io.github.srtnetty.relay.cluster.TestNodes.granted;
import static io.github.srtnetty.relay.cluster.TestNodes.outcome;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.srtnetty.relay.directory.ClaimOutcome.Taken;
import io.github.srtnetty.relay.directory.DirectoryListener;
import io.github.srtnetty.relay.directory.DirectoryNode;
import io.github.srtnetty.relay.directory.NodeReport;
import io.github.srtnetty.relay.directory.StreamEntry;
import io.github.srtnetty.relay.directory.StreamEntry.State;
import io.github.srtnetty.testing.Await;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.infinispan.remoting.transport.Transport;
import org.infinispan.remoting.transport.jgroups.JGroupsTransport;
import org.jgroups.protocols.TCP;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class TwoNodesTest {
    private static final Duration LONG = Duration.ofSeconds(30);

    private static TestNodes nodes;
    private static ClusterDirectory a;
    private static ClusterDirectory b;

    @BeforeAll
    static void start() {
        nodes = TestNodes.started(2);
        a = nodes.get(0);
        b = nodes.get(1);
    }

    @AfterEach
    void release() {
        nodes.all().forEach(node -> node.streams().forEach(node::release));
        Await.until(
                "all names are free",
                LONG,
                () -> nodes.all().stream().allMatch(node -> node.streams().isEmpty()));
    }

    @AfterAll
    static void stop() {
        nodes.close();
    }

    @Test
    void findTheStreamOfEachOther() {
        StreamEntry claim = granted(a, "cam1");

        assertThat(b.find("cam1"))
                .as("at once: a claim is everywhere when it is granted")
                .isEqualTo(claim);
        assertThat(b.streams()).containsExactly(claim);
        assertThat(claim.node()).isEqualTo("n0");
        assertThat(claim.pullAddress()).isEqualTo("127.0.0.1:1000");
    }

    @Test
    void letNoNameHaveTwoPublishers() {
        StreamEntry claim = granted(a, "cam1");

        assertThat(outcome(b, "cam1")).isEqualTo(new Taken(claim));
        a.release(claim);
        nodes.awaitFree("cam1");
        assertThat(granted(b, "cam1").node()).isEqualTo("n1");
    }

    @Test
    void handASilentNameOver_andReportTheLoss() {
        ConcurrentLinkedQueue<String> lost = new ConcurrentLinkedQueue<>();
        a.watch(new DirectoryListener() {
            @Override
            public void lost(StreamEntry claim, StreamEntry winner, String why) {
                lost.add(claim.claimId() + " " + winner.claimId() + " " + why);
            }
        });
        StreamEntry first = granted(a, "cam1");
        a.silent(first, true);
        nodes.awaitAgreement("cam1", first.with(State.SILENT));

        StreamEntry second = granted(b, "cam1");

        assertThat(second.epoch()).isGreaterThan(first.epoch());
        Await.until("the loss is reported", LONG, () -> !lost.isEmpty());
        assertThat(lost).containsExactly(first.claimId() + " " + second.claimId() + " the claim of n1 is newer");
        nodes.awaitAgreement("cam1", second);
        a.release(first);
        a.silent(first, false);
        nodes.awaitAgreement("cam1", second);
    }

    @Test
    void keepANameThatSendsAgain() {
        StreamEntry claim = granted(a, "cam1");
        for (int i = 0; i < 20; i++) {
            a.silent(claim, i % 2 == 0);
        }
        Await.until("the last state is in the cluster", LONG, () -> a.isSettled("cam1"));
        nodes.awaitAgreement("cam1", claim);
        assertThat(outcome(b, "cam1")).isInstanceOf(Taken.class);
    }

    @Test
    void notifyEachOther_ofStreamsAndTheirEnd() {
        ConcurrentLinkedQueue<String> seen = new ConcurrentLinkedQueue<>();
        b.watch(new DirectoryListener() {
            @Override
            public void changed(String name) {
                seen.add(name + (b.find(name) == null ? " free" : " there"));
            }
        });
        StreamEntry claim = granted(a, "cam1");
        Await.until("b notices the stream", LONG, () -> seen.contains("cam1 there"));
        a.release(claim);
        Await.until("b notices its end", LONG, () -> seen.contains("cam1 free"));
    }

    @Test
    void carryEveryName() {
        List<String> names = List.of("", ";", "a;b#c", "zwölf/Ströme", "line\nbreak\u0000", "x".repeat(512), "🎥");
        for (String name : names) {
            StreamEntry claim = granted(a, name);
            assertThat(b.find(name)).isEqualTo(claim);
            assertThat(outcome(b, name)).isEqualTo(new Taken(claim));
        }
    }

    @Test
    void restateAnEntryThatWasLost() {
        StreamEntry claim = granted(a, "cam1");
        b.engine().joined().toCompletableFuture().join().remove("cam1");
        nodes.awaitAgreement("cam1", claim);
        b.engine().joined().toCompletableFuture().join().put("cam1", "nonsense");
        nodes.awaitAgreement("cam1", claim);
    }

    @Test
    void removeAnEntryThatItsNodeDoesNotHold() {
        String text = EntryText.of(
                        new StreamEntry("cam1", "n0", "x", 1, "", Instant.now(), State.LIVE),
                        a.engine().members().view().self())
                .text();
        b.engine().joined().toCompletableFuture().join().put("cam1", text);
        Await.until("the entry is removed", LONG, () -> b.engine().peek("cam1") == null);
    }

    @Test
    void readTheEntriesAndRowsOfALaterVersion() {
        String member = b.engine().members().view().self();
        StreamEntry entry = new StreamEntry("cam1", "n1", "x", 7, "h:1", Instant.ofEpochMilli(5), State.LIVE);
        assertThat(EntryText.parse("cam1", "2;7;" + member + ";x;h:1;5;live;more;fields")
                        .entry())
                .isEqualTo(entry);
        assertThat(EntryText.parse("cam1", "2;7;" + member + ";x;h:1;5;resting").entry())
                .isEqualTo(entry);
        NodeReport report = new NodeReport("3.0", Instant.ofEpochMilli(9), false, 1, 2, 3, 4, 5, -1);
        assertThat(ReportText.parse(ReportText.of(report).replaceFirst("1", "2") + ";9;x"))
                .isEqualTo(report);
        for (String broken : List.of("", ";", "1;x;m;c;h;5;live", "1;7;m;c;h;x;live", "1;7;m;c;h;5", "1;;;;;;")) {
            assertThat(EntryText.parse("cam1", broken)).as(broken).isNull();
            assertThat(ReportText.parse(broken)).as(broken).isNull();
        }
    }

    @Test
    void takeANameOver_whoseEntryCannotBeRead() {
        a.engine().joined().toCompletableFuture().join().put("cam1", "garbage");
        assertThat(b.find("cam1")).isNull();
        assertThat(granted(b, "cam1").node()).isEqualTo("n1");
    }

    @Tag("slow")
    @Test
    void showTheRowsOfEachOther() {
        NodeReport report = new NodeReport("1.0", Instant.ofEpochMilli(1_700_000_000_000L), false, 1, 2, 3, 4, 5, 0.25);
        a.report(report);
        Await.until("b has the row", LONG, () -> b.nodes().get(0).report() != null);
        List<DirectoryNode> seen = b.nodes();
        assertThat(seen).extracting(DirectoryNode::name).containsExactly("n0", "n1");
        assertThat(seen).extracting(DirectoryNode::self).containsExactly(false, true);
        assertThat(seen.get(0).report()).isEqualTo(report);
        assertThat(seen.stream().filter(DirectoryNode::coordinator)).hasSize(1);
    }

    @Test
    void useTcp_andNoMulticast() {
        Transport transport =
                a.engine().nodes().getAdvancedCache().getRpcManager().getTransport();
        assertThat(((JGroupsTransport) transport)
                        .getChannel()
                        .getProtocolStack()
                        .getTransport())
                .isInstanceOf(TCP.class);
    }
}
