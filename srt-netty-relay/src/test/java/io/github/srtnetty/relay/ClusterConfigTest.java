// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.srtnetty.bootstrap.SrtUri;
import io.github.srtnetty.relay.directory.ClusterSettings;
import io.github.srtnetty.relay.node.FakeCluster;
import io.github.srtnetty.relay.pull.PullPolicy;
import io.github.srtnetty.testing.LogRecorder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The cluster of a configuration, from the file to the running relay. */
class ClusterConfigTest {
    private static final String CLUSTER =
            "{\"node\": \"a\", \"bind\": \"127.0.0.1:7800\", \"join\": [\"127.0.0.1:7800\"]}";
    private static final List<SrtUri> LISTEN = List.of(SrtUri.parse("srt://127.0.0.1:0?mode=listener"));

    @TempDir
    Path folder;

    @Test
    void aRelayWithTheModuleJoinsTheClusterOfItsFile() throws Exception {
        FakeCluster cluster = new FakeCluster();
        RelayConfig config = RelayConfig.load(file("relay.json", "{\"cluster\": " + CLUSTER + "}"));

        try (RelayServer relay = RelayServer.start(RelayOptions.of(LISTEN, config), cluster, PullPolicy.DEFAULT)) {
            assertThat(relay.parts().node().clustered()).isTrue();
        }
        assertThat(RelayConfig.DEFAULT.cluster()).isNull();
    }

    @Test
    void withoutTheModuleItDoesNotStart() throws Exception {
        RelayConfig config = RelayConfig.load(file("relay.json", "{\"cluster\": " + CLUSTER + "}"));

        assertThatThrownBy(() -> RelayServer.start(RelayOptions.of(LISTEN, config), null, PullPolicy.DEFAULT))
                .hasMessage("cluster: needs io.github.srt-netty:srt-netty-relay-cluster on the class path");
    }

    @Test
    void anIncompleteClusterDoesNotStart() throws Exception {
        RelayConfig config = RelayConfig.load(file("relay.json", "{\"cluster\": {\"bind\": \"192.0.2.1:7800\"}}"));

        assertThatThrownBy(
                        () -> RelayServer.start(RelayOptions.of(LISTEN, config), new FakeCluster(), PullPolicy.DEFAULT))
                .hasMessage("cluster: needs either join (addresses of other nodes) or dns (a name"
                        + " that resolves to them)");
    }

    @Test
    void aFileOfItsOwnAndOptionsMakeOneCluster() throws Exception {
        Path own = file("cluster.json", CLUSTER);
        ClusterSettings settings = Objects.requireNonNull(RelayConfig.DEFAULT
                .withCluster(own)
                .withCluster("bind", "127.0.0.1:7802")
                .cluster());

        assertThat(settings.node()).isEqualTo("a");
        assertThat(settings.bind().getPort()).isEqualTo(7802);
        RelayConfig both = RelayConfig.load(file("relay.json", "{\"cluster\": " + CLUSTER + "}"));
        assertThatThrownBy(() -> both.withCluster(own))
                .hasMessage("cluster: is set in the configuration and also in cluster.json");
    }

    @Test
    void aReloadThatChangesTheClusterIsAppliedWithoutThat_andLogged() throws Exception {
        Path file = file("relay.json", "{\"cluster\": " + CLUSTER + "}");
        RelayOptions options = RelayOptions.of(LISTEN, RelayConfig.load(file)).withSource(() -> RelayConfig.load(file));
        try (RelayServer relay = RelayServer.start(options, new FakeCluster(), PullPolicy.DEFAULT);
                LogRecorder log = new LogRecorder(ConfigEditor.class)) {
            relay.reload();
            assertThat(log.messages()).isEmpty();
            file("relay.json", "{\"maxPublishers\": 7}");
            relay.reload();
            assertThat(log.messages()).containsExactly("WARN cluster: changes take effect only after a restart");
            assertThat(relay.parts().state().rules().toString()).contains("1 settings");
        }
    }

    private Path file(String name, String text) throws Exception {
        return Files.writeString(folder.resolve(name), text);
    }
}
