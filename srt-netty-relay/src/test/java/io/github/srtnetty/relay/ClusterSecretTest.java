// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.github.srtnetty.bootstrap.SrtUri;
import io.github.srtnetty.relay.config.RelayRules;
import io.github.srtnetty.relay.directory.Board;
import io.github.srtnetty.relay.directory.ClusterSettings;
import io.github.srtnetty.relay.monitor.CallerLog;
import io.github.srtnetty.testing.Await;
import io.github.srtnetty.testing.LogRecorder;
import io.github.srtnetty.testing.Sequence;
import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Nodes pull from each other with one secret; without a secret on loopback addresses only. */
class ClusterSecretTest {
    private final Logger logger = (Logger) LoggerFactory.getLogger(CallerLog.class);
    private final Level level = logger.getLevel();

    @AfterEach
    void restoreLevel() {
        logger.setLevel(level);
    }

    @Test
    void aNodeWithAnotherSecret_pullsNothing_andItsLogSaysSoOnce() throws Exception {
        logger.setLevel(Level.INFO);
        try (Nodes nodes = new Nodes("a");
                LogRecorder log = new LogRecorder(CallerLog.class)) {
            nodes.add("b", RelayRules.DEFAULT, "another secret");
            nodes.publish("a", "x");
            nodes.play("b", "x", new Sequence.Checker());
            nodes.play("b", "x", new Sequence.Checker());

            log.awaitMessage("role=pull node=a failed: ");
            Await.until("no attempt is open", () -> nodes.relay("b").cluster().pullConnections() == 0);
            nodes.play("b", "x", new Sequence.Checker());
            assertThat(nodes.streams("b").find("x").players()).isEqualTo(3);
            assertThat(log.messages())
                    .filteredOn(line -> line.contains("role=pull"))
                    .hasSize(1);
            assertThat(log.messages()).noneMatch(line -> line.contains("secret of") || line.contains("another"));
            assertThat(nodes.origin("b", "x")).isNull();
        }
    }

    @Test
    void nodesWithoutASecret_pullOnLoopback() throws Exception {
        try (Nodes nodes = new Nodes()) {
            nodes.add("a", RelayRules.DEFAULT, "");
            nodes.add("b", RelayRules.DEFAULT, "");
            nodes.publish("a", "x");
            nodes.play("b", "x", new Sequence.Checker());

            nodes.awaitOrigin("b", "x", "a");
        }
    }

    @Test
    void aNodeWithoutASecret_doesNotStartOnOtherAddresses() {
        assertThatThrownBy(() -> start(Nodes.settings("a", "", new InetSocketAddress("0.0.0.0", 0))))
                .hasMessage("cluster: needs a secret, because other nodes pull from 0.0.0.0, which is not loopback");
    }

    @Test
    void anAddressOfAnotherMachine_isReportedInOneLine() {
        assertThatThrownBy(() -> start(Nodes.settings("a", "secret", new InetSocketAddress("192.0.2.1", 9000))))
                .hasMessageStartingWith("cannot listen for other nodes on 192.0.2.1:9000: ");
    }

    private static void start(ClusterSettings settings) throws Exception {
        RelayOptions options = RelayOptions.of(
                        List.of(SrtUri.parse("srt://127.0.0.1:0?mode=listener")), RelayConfig.DEFAULT)
                .withCluster(settings);
        RelayServer.start(options, new Board()).close();
    }
}
