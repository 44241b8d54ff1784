// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.srtnetty.examples.Cli;
import io.github.srtnetty.testing.Await;
import io.github.srtnetty.testing.FreePorts;
import io.github.srtnetty.testing.Peer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Relays that are started as a cluster by one command each. */
@Tag("slow")
class ClusterProcessTest {
    private static final Duration LONG = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    @Test
    void twoRelaysOfOneMachineFindEachOther_andWriteNothingOfTheEngine() throws Exception {
        String first = "127.0.0.1:" + FreePorts.tcp();
        String second = "127.0.0.1:" + FreePorts.tcp();
        try (ChildRelay a = new ChildRelay("latency=200", "--cluster-bind", first, "--cluster-join", first);
                ChildRelay b = new ChildRelay(
                        "latency=200", "--cluster-bind", second, "--cluster-join", first, "--cluster-node", "b")) {
            for (ChildRelay relay : List.of(a, b)) {
                Await.until(
                        "both are there",
                        LONG,
                        () -> relay.page("/api/v1/nodes").contains("\"total\":2"));
                assertThat(relay.page("/api/v1/nodes")).contains("\"name\":\"b\"");
                assertThat(relay.process().errors()).doesNotContain("ISPN").doesNotContain("jgroups");
            }
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"bind": "192.0.2.1:7800", "join": ["192.0.2.2:7800"]}       | than loopback need a secret
            {"bind": "127.0.0.1:7800"}                                   | needs either join
            {"bind": "127.0.0.1:7800", "join": [], "cluster": {}}        | cluster.json:1: cluster: join: must have 1 to
            """)
    void aClusterThatIsNotSafeOrIncompleteDoesNotStart(String cluster, String reason) throws Exception {
        Path file = Files.writeString(folder.resolve("cluster.json"), cluster);
        String listen = "srt://127.0.0.1:0?mode=listener";
        try (Peer relay = Cli.start("relay", "--listen", listen, "--http", "off", "--cluster", file.toString())) {
            assertThat(relay.awaitExit(LONG)).isEqualTo(1);
            assertThat(Cli.errors(relay)).contains(reason).hasLineCount(1);
        }
    }
}
