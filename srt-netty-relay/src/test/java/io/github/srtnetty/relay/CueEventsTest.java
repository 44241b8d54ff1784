// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.srtnetty.channel.SrtChannel;
import io.github.srtnetty.codec.scte35.SpliceInfoSection;
import io.github.srtnetty.codec.scte35.SpliceInsert;
import io.github.srtnetty.relay.config.RelayRules;
import io.github.srtnetty.relay.config.StreamSetting;
import io.github.srtnetty.relay.cue.CueStream;
import io.github.srtnetty.relay.event.EventKind;
import io.github.srtnetty.relay.event.RelayEvent;
import io.github.srtnetty.testing.Await;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Cues of SCTE-35 in published streams become events where the configuration wants it. */
class CueEventsTest {
    private static final RelayRules CUES =
            new RelayRules(Map.of(), Map.of("x", Map.of(StreamSetting.CUES, "true")), Map.of());

    private final CueStream stream = new CueStream();

    @Test
    void areEventsOfTheStream_andOnItsPage() throws Exception {
        try (Harness harness = new Harness(CUES)) {
            SrtChannel publisher = harness.connect("publish:x", new ChannelInboundHandlerAdapter());
            publisher.write(stream.tables());
            publisher.writeAndFlush(stream.cue(42)).sync();
            Await.until("the cue is there", () -> !cues(harness).isEmpty());

            RelayEvent cue = cues(harness).get(0);
            assertThat(cue.previous() + ">" + cue.current()).isEqualTo("live>live");
            assertThat(cue.details())
                    .containsEntry("summary", "PID 0x102 splice_insert event 42 out of network")
                    .containsEntry("command", "splice_insert")
                    .containsEntry("pid", 0x102L)
                    .containsEntry("program", 1L)
                    .containsEntry("skipped", 0L);
            SpliceInfoSection section =
                    SpliceInfoSection.fromBase64(cue.details().get("cue").toString());
            assertThat(((SpliceInsert) section.command()).spliceEventId()).isEqualTo(42);
            assertThat(harness.get("/api/v1/dashboard?stream=x").body())
                    .contains("\"kind\":\"cue\",\"text\":\"PID 0x102 splice_insert event 42 out of network\"");
        }
    }

    @Test
    void areNotLookedForByDefault_andFromAReloadOnWhereTheConfigurationSaysSo() throws Exception {
        try (Harness harness = new Harness(RelayRules.DEFAULT)) {
            SrtChannel publisher = harness.connect("publish:x", new ChannelInboundHandlerAdapter());
            send(harness, publisher, 1);
            harness.relay().reload(new RelayConfig(CUES));
            send(harness, publisher, 2);
            Await.until("the cue is there", () -> !cues(harness).isEmpty());
            harness.relay().reload(new RelayConfig(RelayRules.DEFAULT));
            send(harness, publisher, 3);
            harness.relay().reload(new RelayConfig(CUES));
            send(harness, publisher, 4);
            Await.until("the second cue is there", () -> cues(harness).size() == 2);

            assertThat(cues(harness).stream().map(event -> event.details().get("summary")))
                    .containsExactly(
                            "PID 0x102 splice_insert event 2 out of network",
                            "PID 0x102 splice_insert event 4 out of network");
        }
    }

    @Test
    void arePassedOnWithinALimit() throws Exception {
        try (Harness harness = new Harness(CUES)) {
            SrtChannel publisher = harness.connect("publish:x", new ChannelInboundHandlerAdapter());
            publisher.write(stream.tables());
            for (int i = 0; i < 200; i++) {
                publisher.write(stream.cue(i));
            }
            publisher.flush();
            Await.until("all have come", () -> received(harness) == 201);
            Await.until("the first cues are there", () -> cues(harness).size() >= 10);
            assertThat(cues(harness)).hasSizeLessThanOrEqualTo(30);
        }
    }

    private void send(Harness harness, SrtChannel publisher, long eventId) throws Exception {
        long before = received(harness);
        publisher.write(stream.tables());
        publisher.writeAndFlush(stream.cue(eventId)).sync();
        Await.until("both have come", () -> received(harness) == before + 2);
    }

    private static long received(Harness harness) {
        return harness.streams().total().receivedPackets.sum();
    }

    private static List<RelayEvent> cues(Harness harness) {
        return harness.relay().parts().events().recent().after(0, "x").stream()
                .filter(event -> event.kind() == EventKind.CUE)
                .toList();
    }
}
