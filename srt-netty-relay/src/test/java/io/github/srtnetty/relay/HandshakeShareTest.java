// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.srtnetty.relay.config.RelayRules;
import io.github.srtnetty.relay.config.RelaySetting;
import io.github.srtnetty.testing.Await;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What /metrics says while a port gets more handshakes than it may. */
class HandshakeShareTest {
    private static final int LIMIT = 5;

    @Test
    void isBelowOneWhileThereAreTooManyHandshakes_andOneAgainAfterThem() throws Exception {
        RelayRules rules = new RelayRules(Map.of(RelaySetting.HANDSHAKES_IN_ALL, LIMIT), Map.of(), Map.of());
        try (Harness harness = new Harness(rules)) {
            assertThat(shares(harness)).containsExactly(1.0);

            List<ChannelFuture> callers = new ArrayList<>();
            Await.until("a share is dropped", () -> {
                for (int i = 0; i < 2 * LIMIT; i++) { // they have no name, so none is let in
                    callers.add(harness.tryConnect("publish:", "", new ChannelInboundHandlerAdapter()));
                }
                return shares(harness).get(0) < 1;
            });
            callers.forEach(caller -> caller.channel().close()); // those that were dropped would call again
            Await.until("none is dropped", () -> shares(harness).get(0) == 1);
        }
    }

    private static List<Double> shares(Harness harness) {
        String metric = "relay_handshake_share{listener=\"127.0.0.1:" + harness.port() + "\"} ";
        try {
            return harness.get("/metrics")
                    .body()
                    .lines()
                    .filter(line -> line.startsWith(metric))
                    .map(line -> Double.valueOf(line.substring(metric.length())))
                    .toList();
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
