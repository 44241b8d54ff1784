// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.srtnetty.relay.config.RelayRules;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.List;
import org.junit.jupiter.api.Test;

/** /stats as scene switchers for OBS expect it of srt-live-server. */
class SlsStatsTest {
    @Test
    void hasEveryFieldOfEachPublisher() throws Exception {
        try (Harness harness = new Harness(RelayRules.DEFAULT)) {
            assertThat(harness.get("/stats").body()).isEqualTo("{\"publishers\":{},\"status\":\"ok\"}");
            harness.connect("publish:live/show", new ChannelInboundHandlerAdapter());
            harness.connect("read:waits", new ChannelInboundHandlerAdapter());
            harness.awaitMembers(2);

            String stats = harness.get("/stats").body();
            assertThat(stats)
                    .startsWith("{\"publishers\":{\"live/show\":{\"bitrate\":0,")
                    .contains("\"latency\":200,")
                    .contains("\"label\":\"\",")
                    .endsWith("}},\"status\":\"ok\"}")
                    .doesNotContain("waits");
            for (String field : List.of(
                    "rtt",
                    "pktRcvLoss",
                    "pktRcvDrop",
                    "bytesRcvLoss",
                    "bytesRcvDrop",
                    "mbpsRecvRate",
                    "msRcvBuf",
                    "mbpsBandwidth",
                    "latency",
                    "uptime")) {
                assertThat(stats).containsPattern("\"" + field + "\":[0-9.]+[,}]");
            }
        }
    }
}
