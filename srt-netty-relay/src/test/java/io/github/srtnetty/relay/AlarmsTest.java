// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.srtnetty.channel.SrtChannel;
import io.github.srtnetty.relay.alarm.Alarm;
import io.github.srtnetty.relay.alarm.AlarmKind;
import io.github.srtnetty.relay.config.RelayRules;
import io.github.srtnetty.relay.config.RelaySetting;
import io.github.srtnetty.relay.config.StreamSetting;
import io.github.srtnetty.relay.event.EventKind;
import io.github.srtnetty.relay.event.RelayEvent;
import io.github.srtnetty.testing.Await;
import io.github.srtnetty.testing.Sequence;
import io.github.srtnetty.testing.TestSecrets;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A running relay raises alarms, and clears them. */
@Tag("slow")
class AlarmsTest {
    private static final RelayRules RULES = new RelayRules(
            Map.of(RelaySetting.ALARM_HOLD_SECONDS, 1),
            Map.of(
                    "quiet",
                    Map.of(StreamSetting.ALARM_NO_DATA_SECONDS, "3"),
                    "secret",
                    Map.of(StreamSetting.PASSPHRASE, TestSecrets.PASSPHRASE)),
            Map.of());

    @Test
    void aPublisherThatSendsNothing_andCallersWithAWrongPassphrase() throws Exception {
        try (Harness harness = new Harness(RULES, "latency=20")) {
            SrtChannel publisher = harness.connect("publish:quiet", new ChannelInboundHandlerAdapter());
            assertThat(harness.code("publish:secret", "a wrong passphrase")).isNotZero();

            Await.until(
                    "both are raised",
                    Duration.ofSeconds(15),
                    () -> alarms(harness).containsAll(List.of("quiet no-bit-rate", "secret encryption-failure")));
            String json = harness.get("/api/v1/alarms").body();
            assertThat(json)
                    .contains("\"stream\":\"quiet\",\"alarm\":\"no-bit-rate\",\"since\":\"")
                    .contains("\"limit\":3.0", "\"value\":1.0,\"limit\":1.0", "\"total\":2");
            assertThat(harness.get("/api/v1/alarms?stream=secret&alarm=high-loss")
                            .body())
                    .contains("\"total\":0");
            assertThat(harness.get("/api/v1/alarms?alarm=none").statusCode()).isEqualTo(400);
            assertThat(harness.get("/metrics").body())
                    .contains(
                            "relay_stream_alarm{alarm=\"no-bit-rate\",stream=\"quiet\"} 1",
                            "relay_stream_alarm{alarm=\"encryption-failure\",stream=\"secret\"} 1",
                            "relay_stream_alarm{alarm=\"high-loss\",stream=\"quiet\"} 0",
                            "relay_alarms_total{alarm=\"no-bit-rate\"} 1.0");

            try (Sequence.Sender sender = new Sequence.Sender(publisher, 500_000)) {
                Await.until(
                        "it sends, and the alarm is cleared",
                        Duration.ofSeconds(15),
                        () -> !alarms(harness).contains("quiet no-bit-rate"));
                assertThat(sender.sent()).isPositive();
            }
            publisher.close().sync();

            Await.until(
                    "the events are passed on",
                    () -> events(harness)
                            .containsAll(List.of(
                                    "quiet alarm-raised clear>raised no-bit-rate",
                                    "quiet alarm-cleared raised>clear no-bit-rate",
                                    "secret alarm-raised clear>raised encryption-failure")));
            assertThat(events(harness)).doesNotHaveDuplicates();
        }
    }

    @Test
    void theAlarmOfAPublisherThatLeavesIsClearedAtOnce() throws Exception {
        try (Harness harness = new Harness(RULES, "latency=20")) {
            SrtChannel publisher = harness.connect("publish:quiet", new ChannelInboundHandlerAdapter());
            Await.until(
                    "it is raised",
                    Duration.ofSeconds(15),
                    () -> !alarms(harness).isEmpty());
            publisher.close().sync();
            Await.until(
                    "it is cleared",
                    Duration.ofSeconds(15),
                    () -> alarms(harness).isEmpty());
            Alarm none = harness.relay().parts().alarms().of("quiet").stream()
                    .findAny()
                    .orElse(null);
            assertThat(none).isNull();
            assertThat(harness.relay()
                            .parts()
                            .alarms()
                            .counts()
                            .get(AlarmKind.NO_BIT_RATE)
                            .sum())
                    .isEqualTo(1);
        }
    }

    private static List<String> alarms(Harness harness) {
        return harness.relay().parts().alarms().all().stream()
                .map(alarm -> alarm.stream() + " " + alarm.kind())
                .sorted()
                .toList();
    }

    private static List<String> events(Harness harness) {
        return harness.relay().parts().events().recent().after(0, null).stream()
                .filter(event -> event.kind() == EventKind.ALARM_RAISED || event.kind() == EventKind.ALARM_CLEARED)
                .map(AlarmsTest::line)
                .toList();
    }

    private static String line(RelayEvent event) {
        return event.stream() + " " + event.kind() + " " + event.previous() + ">" + event.current() + " "
                + event.details().get("alarm");
    }
}
