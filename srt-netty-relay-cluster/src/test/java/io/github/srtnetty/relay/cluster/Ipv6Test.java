// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.cluster;

import static io.github.srtnetty.relay.cluster.TestNodes.granted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.srtnetty.relay.directory.ClusterSettings;
import io.github.srtnetty.relay.directory.StreamEntry;
import io.github.srtnetty.testing.Await;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Nodes at addresses of IP version 6. */
@Tag("slow")
class Ipv6Test {
    @Test
    void findEachOther_andAgainAfterOneHasJoinedAnew() throws IOException {
        InetAddress loopback = InetAddress.getByName("::1");
        assumeTrue(NetworkInterface.getByInetAddress(loopback) != null, "a container may have no ::1");
        TestNodes ports = new TestNodes(2);
        String seed = "[::1]:" + ports.port(0);
        try (ClusterDirectory a = open(ports, 0, seed, TestNodes.REJOINING);
                ClusterDirectory b = open(ports, 1, seed, TestNodes.JOINING)) {
            Await.until(
                    "both see both",
                    Duration.ofSeconds(40),
                    () -> a.nodes().size() == 2 && b.nodes().size() == 2);
            StreamEntry claim = granted(b, "cam1");
            assertThat(a.find("cam1")).isEqualTo(claim);
            a.rejoin("a test"); // its only seed is itself
            Await.until("it has joined", Duration.ofSeconds(40), () -> a.rejoins() == 1);
            assertThat(a.nodes()).hasSize(2);
            assertThat(a.find("cam1")).isEqualTo(claim);
        }
    }

    private static ClusterDirectory open(TestNodes ports, int index, String seed, ClusterPolicy policy)
            throws IOException {
        ClusterSettings plain = ports.settings(index);
        ClusterSettings settings = new ClusterSettings(
                plain.node(),
                new InetSocketAddress("::1", ports.port(index)),
                List.of(seed),
                "",
                "",
                null,
                "",
                plain.pull(),
                plain.onSplit(),
                0,
                false);
        return InfinispanDirectoryProvider.open(settings, "[::1]:1", policy);
    }
}
