// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.srtnetty.channel.SrtChannel;
import io.github.srtnetty.relay.config.RelayRules;
import io.github.srtnetty.relay.config.RelaySetting;
import io.github.srtnetty.relay.event.EventKind;
import io.github.srtnetty.relay.event.RelayEvent;
import io.github.srtnetty.testing.Await;
import io.github.srtnetty.testing.Sequence;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What happens in a relay is on its bus, in order and with the state before and after. */
class RelayEventsTest {
    @Test
    void publishersAndPlayersComeAndGo() throws Exception {
        try (Harness harness = new Harness(RelayRules.DEFAULT)) {
            SrtChannel player = harness.connect("read:x", new ChannelInboundHandlerAdapter());
            awaitEvents(harness, 1);
            SrtChannel publisher = harness.connect("publish:x", new ChannelInboundHandlerAdapter());
            awaitEvents(harness, 2);
            publisher.close().sync();
            awaitEvents(harness, 3);
            player.close().sync();
            awaitEvents(harness, 4);

            assertThat(lines(harness))
                    .containsExactly(
                            "1 play x idle>waiting",
                            "2 publish x waiting>live",
                            "3 unpublish x live>waiting",
                            "4 leave x waiting>idle");
            RelayEvent leave = events(harness).get(3);
            assertThat(leave.details())
                    .containsKeys("id", "address", "seconds", "sentPackets")
                    .containsEntry("droppedPackets", 0L)
                    .containsEntry("tooSlow", false)
                    .containsEntry("players", 0L);
            assertThat(leave.details().get("id"))
                    .isEqualTo(events(harness).get(0).details().get("id"));
        }
    }

    @Tag("slow")
    @Test
    void aPublisherTakesOverFromASilentOne() throws Exception {
        RelayRules rules = new RelayRules(Map.of(RelaySetting.SILENT_PUBLISHER_MILLIS, 500), Map.of(), Map.of());
        try (Harness harness = new Harness(rules, "latency=20")) {
            SrtChannel silent = harness.connect("publish:x", new ChannelInboundHandlerAdapter());
            awaitEvents(harness, 1);
            harness.awaitMembers(1); // the event comes a moment before
            Await.until("it is silent", () -> !harness.streams().isLive("x"));
            harness.connect("publish:x", new ChannelInboundHandlerAdapter())
                    .writeAndFlush(Sequence.payload(1))
                    .sync();
            awaitEvents(harness, 4);
            silent.closeFuture().sync();

            assertThat(lines(harness))
                    .containsExactly(
                            "1 publish x idle>live",
                            "2 unpublish x silent>idle",
                            "3 publish x idle>live",
                            "4 failover x silent>live");
            assertThat(events(harness).get(3).details())
                    .containsEntry(
                            "replacedId", events(harness).get(0).details().get("id"));
        }
    }

    @Test
    void rejectsAndReloadsAndDrains() throws Exception {
        try (Harness harness = new Harness(RelayRules.DEFAULT)) {
            harness.code("publish:");
            awaitEvents(harness, 1);
            harness.relay().reload();
            harness.relay().reload(RelayConfig.DEFAULT);
            harness.relay().close();
            awaitEvents(harness, 4);

            assertThat(lines(harness))
                    .containsExactly(
                            "1 rejected null calling>rejected",
                            "2 reload null ok>failed",
                            "3 reload null failed>ok",
                            "4 drain null running>draining");
            assertThat(events(harness).get(0).details()).containsEntry("code", 1400L);
            assertThat(events(harness).get(1).details().toString()).contains("without --config");
        }
    }

    private static void awaitEvents(Harness harness, int count) {
        Await.until(count + " events", () -> events(harness).size() >= count);
    }

    private static List<String> lines(Harness harness) {
        return events(harness).stream()
                .map(event -> event.streamNumber() + " " + event.kind() + " " + event.stream() + " " + event.previous()
                        + ">" + event.current())
                .toList();
    }

    private static List<RelayEvent> events(Harness harness) {
        return harness.relay().parts().events().recent().after(0, null).stream()
                .filter(event -> event.kind() != EventKind.ALARM_RAISED && event.kind() != EventKind.ALARM_CLEARED)
                .toList();
    }
}
