// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.srtnetty.channel.SrtChannel;
import io.github.srtnetty.relay.config.RelayRules;
import io.github.srtnetty.relay.config.RelaySetting;
import io.github.srtnetty.relay.monitor.CloseCause;
import io.github.srtnetty.testing.Await;
import io.github.srtnetty.testing.Sequence;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Publishers that send too much, or nothing. */
class PublisherLimitsTest {
    private static final Duration WAIT = Duration.ofSeconds(20);

    @Test
    @SuppressWarnings("try") // a sender works by being there
    void aPublisherAboveTheBitRate_isClosed_andTheNextAttemptGetsTheCode() throws Exception {
        try (Harness harness = harness(Map.of(RelaySetting.MAX_PUBLISHER_KILOBITS, 1000))) {
            SrtChannel slow = harness.connect("publish:slow", new ChannelInboundHandlerAdapter());
            SrtChannel fast = harness.connect("publish:fast", new ChannelInboundHandlerAdapter());
            try (Sequence.Sender below = new Sequence.Sender(slow, 800_000);
                    Sequence.Sender above = new Sequence.Sender(fast, 8_000_000)) {
                Await.until("it is closed", WAIT, () -> !fast.isActive());
            }

            assertThat(slow.isActive()).isTrue();
            assertThat(closed(harness, CloseCause.BIT_RATE)).isEqualTo(1);
            assertThat(harness.code("publish:fast")).isEqualTo(1402);
            assertThat(harness.code("publish:other")).isZero();
            assertThat(harness.get("/api/v1/bans").body()).contains("maxPublisherKilobits");
            assertThat(harness.get("/metrics").body())
                    .contains("relay_closed_publishers_total{cause=\"bit_rate\"} 1.0");
        }
    }

    @Tag("slow")
    @Test
    void aPublisherThatNeverSends_isClosed_andOneThatSentOnceIsNot() throws Exception {
        try (Harness harness = harness(Map.of())) {
            SrtChannel once = harness.connect("publish:once", new ChannelInboundHandlerAdapter());
            sendOne(harness, once);
            SrtChannel player = harness.connect("read:once", new ChannelInboundHandlerAdapter());
            harness.state().replaceRules(rules(Map.of(RelaySetting.FIRST_DATA_MILLIS, 1000)));
            SrtChannel never = harness.connect("publish:never", new ChannelInboundHandlerAdapter());

            Await.until("it is closed", WAIT, () -> !never.isActive());
            assertThat(closed(harness, CloseCause.NO_DATA)).isEqualTo(1);
            Await.until("its name is free", () -> harness.streams().find("never") == null);
            assertThat(harness.code("publish:never")).as("it may come back").isZero();
            assertThat(once.isActive()).isTrue();
            assertThat(player.isActive()).isTrue();
        }
    }

    @Tag("slow")
    @Test
    void aPublisherThatStopsSending_isClosed_whereThatIsConfigured() throws Exception {
        try (Harness harness = harness(Map.of(RelaySetting.IDLE_PUBLISHER_MILLIS, 1000))) {
            SrtChannel once = harness.connect("publish:once", new ChannelInboundHandlerAdapter());
            sendOne(harness, once);
            Await.until("it is closed", WAIT, () -> !once.isActive());
            assertThat(closed(harness, CloseCause.IDLE)).isEqualTo(1);
        }
    }

    private static long closed(Harness harness, CloseCause cause) {
        return harness.callers().closed(cause).sum();
    }

    private static void sendOne(Harness harness, SrtChannel publisher) throws InterruptedException {
        publisher.writeAndFlush(Sequence.payload(0)).sync();
        Await.until(
                "it has sent", () -> harness.streams().total().receivedPackets.sum() == 1);
    }

    private static Harness harness(Map<RelaySetting, Object> settings) throws Exception {
        return new Harness(rules(settings));
    }

    private static RelayRules rules(Map<RelaySetting, Object> settings) {
        return new RelayRules(settings, Map.of(), Map.of());
    }
}
