// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.cluster;

import io.github.srtnetty.relay.directory.ClusterSettings;
import io.github.srtnetty.relay.directory.ClusterSettings.OnSplit;
import io.github.srtnetty.testing.Await;
import io.github.srtnetty.testing.Needs;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class DnsTest {
    private final int port = TestNodes.freePorts(1).get(0);

    @Tag("slow")
    @Test
    void nodesFindEachOtherByTheAddressesOfAName_andThePortThatAllHave() throws IOException {
        Needs.that(System.getProperty("os.name").equals("Linux"), "Linux, where 127.0.0.2 is there, too");
        try (ClusterDirectory first = open("a", "127.0.0.1");
                ClusterDirectory second = open("b", "127.0.0.2")) {
            Await.until(
                    "both see both",
                    Duration.ofSeconds(40),
                    () -> first.nodes().size() == 2 && second.nodes().size() == 2);
        }
    }

    private ClusterDirectory open(String node, String address) throws IOException {
        ClusterSettings settings = new ClusterSettings(
                node,
                new InetSocketAddress(address, port),
                List.of(),
                "localhost",
                "",
                null,
                "",
                new InetSocketAddress(0),
                OnSplit.ACCEPT,
                0,
                false);
        return InfinispanDirectoryProvider.open(settings, "", ClusterPolicy.DEFAULT);
    }
}
