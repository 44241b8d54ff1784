// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.srtnetty.testing.Await;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Three hosts, one of which is cut off by a switch. */
@Tag("slow")
class PartitionTest {
    private static final int CUT_MILLIS = 1000 * Integer.getInteger("cluster.cut.seconds", 10);

    private static final Duration LONG = Duration.ofSeconds(40);

    private HostNodes nodes;

    @AfterEach
    void stop() {
        if (nodes != null) {
            nodes.close();
        }
    }

    @Test
    void aSplitEndsWithTheNewestClaim_everywhereAndOnce() {
        nodes = new HostNodes(0);
        assertThat(nodes.get(0).ask("claim kept0")).isEqualTo("granted");
        assertThat(nodes.get(2).ask("claim kept2")).isEqualTo("granted");
        nodes.hosts().cut(2);
        long cut = System.nanoTime();
        nodes.awaitSizes(2, 2, 1);
        System.out.println("cut: noticed after " + since(cut) + " ms");
        assertThat(nodes.get(2).ask("claim cam1")).isEqualTo("granted");
        assertThat(nodes.get(1).ask("claim cam1")).isEqualTo("granted");
        assertThat(nodes.get(0).ask("claim cam2")).isEqualTo("granted");
        assertThat(nodes.get(2).ask("claim cam2")).isEqualTo("granted");
        Await.until("the split is long enough", Duration.ofMinutes(2), () -> since(cut) > CUT_MILLIS);

        nodes.hosts().heal(2);
        long healed = System.nanoTime();
        String all = "cam1=n1,cam2=n2,kept0=n0,kept2=n2";
        Await.until(
                "all agree",
                LONG,
                () -> nodes.all().stream().allMatch(node -> node.ask("all").equals(all)));
        System.out.println("heal: all agree after " + since(healed) + " ms");
        Await.until(
                "both losses are reported",
                LONG,
                () -> !nodes.get(2).lost().isEmpty() && !nodes.get(0).lost().isEmpty());
        System.out.println("heal: losses are reported after " + since(healed) + " ms");
        assertThat(nodes.get(2).lost()).containsExactly("cam1 n1");
        assertThat(nodes.get(0).lost()).containsExactly("cam2 n2");
        assertThat(nodes.get(1).lost()).isEmpty();
        nodes.awaitSizes(3, 3, 3);
    }

    @Test
    void aMinorityRefusesPublishers_andGetsTheNamesOfTheMajority() {
        nodes = new HostNodes(3);
        assertThat(nodes.get(2).ask("claim cam1")).isEqualTo("granted");
        nodes.hosts().cut(2);
        String refused = nodes.get(2).ask("claim cam2"); // before the cut is noticed: it waits
        assertThat(refused).contains("no majority");
        nodes.awaitSizes(2, 2, 1);
        assertThat(nodes.get(2).ask("accepts")).isEqualTo("false");
        assertThat(nodes.get(2).ask("find cam1")).startsWith("n2");
        assertThat(nodes.get(1).ask("accepts")).isEqualTo("true");
        assertThat(nodes.get(1).ask("claim cam1")).isEqualTo("granted");
        assertThat(nodes.get(0).ask("claim cam2")).isEqualTo("granted");
        nodes.hosts().heal(2);
        String all = "cam1=n1,cam2=n0";
        Await.until(
                "all agree",
                LONG,
                () -> nodes.all().stream().allMatch(node -> node.ask("all").equals(all)));
        Await.until("the loss is reported", LONG, () -> !nodes.get(2).lost().isEmpty());
        assertThat(nodes.get(2).lost()).containsExactly("cam1 n1");
        assertThat(nodes.get(2).ask("accepts")).isEqualTo("true");
    }

    private static long since(long nanos) {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - nanos);
    }
}
