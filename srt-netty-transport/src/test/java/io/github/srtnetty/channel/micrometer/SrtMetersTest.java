// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.channel.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.srtnetty.channel.SrtChannel;
import io.github.srtnetty.channel.SrtChannelOption;
import io.github.srtnetty.channel.testing.Loopback;
import io.github.srtnetty.libsrt.PeerText;
import io.github.srtnetty.libsrt.SrtStatistic;
import io.github.srtnetty.testing.Await;
import io.github.srtnetty.testing.Recorder;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelInboundHandlerAdapter;
import org.junit.jupiter.api.Test;

class SrtMetersTest {
    @Test
    void twoConnectionsHaveMetersOfTheirOwn() throws InterruptedException {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        try (Loopback loopback = new Loopback()) {
            loopback.listen(channel -> {});
            SrtChannel first = loopback.connect(new ChannelInboundHandlerAdapter());
            SrtChannel second = loopback.connect(new ChannelInboundHandlerAdapter());
            SrtMeters.bind(first, registry);
            SrtMeters.bind(second, registry);
            assertThat(registry.getMeters()).hasSize(2 * SrtStatistic.values().length);

            first.close().sync();

            int left = SrtStatistic.values().length;
            Await.until("the first ones are gone", () -> registry.getMeters().size() == left);
            assertThat(registry.get("srt.ms.rtt")
                            .tag("channel", second.id().asShortText())
                            .gauge()
                            .value())
                    .isPositive();
        }
    }

    @Test
    void eachStatisticIsAMeterUntilTheChannelCloses() throws InterruptedException {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        Recorder received = new Recorder();
        try (Loopback loopback = new Loopback()) {
            loopback.listen(channel -> channel.pipeline().addLast(received));
            loopback.connect(new ChannelInboundHandlerAdapter(), b -> b.option(SrtChannelOption.SRTO_STREAMID, "cam 1"))
                    .writeAndFlush(Unpooled.wrappedBuffer(new byte[100]))
                    .sync();
            received.awaitMessages(1);
            SrtChannel accepted = loopback.accepted();

            SrtMeters.bind(accepted, registry);

            assertThat(registry.getMeters()).hasSize(SrtStatistic.values().length);
            assertThat(registry.get(SrtMeters.nameOf(SrtStatistic.PKT_RECV_TOTAL))
                            .tags("remote", PeerText.hostAndPort(accepted.remoteAddress()))
                            .functionCounter()
                            .count())
                    .isEqualTo(1);
            assertThat(registry.get("srt.ms.rtt").gauge().value()).isPositive();
            assertThat(registry.getMeters())
                    .allSatisfy(meter -> assertThat(meter.getId().getTags())
                            .extracting(Tag::getKey)
                            .containsExactlyInAnyOrder("remote", "channel"));
            assertThat(registry.getMeters())
                    .extracting(Meter::getId)
                    .extracting(Meter.Id::getBaseUnit)
                    .doesNotContainNull();

            accepted.close().sync();
            Await.until("no meters", () -> registry.getMeters().isEmpty());
        }
    }

    @Test
    void theApplicationChoosesTheTags() {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        try (Loopback loopback = new Loopback()) {
            loopback.listen(channel -> {});
            SrtChannel channel = loopback.connect(
                    new ChannelInboundHandlerAdapter(), b -> b.option(SrtChannelOption.SRTO_STREAMID, "cam?token=x"));

            SrtMeters.bind(channel, registry, Tags.of("stream", "cam"));

            assertThat(registry.getMeters())
                    .hasSize(SrtStatistic.values().length)
                    .allSatisfy(meter -> assertThat(meter.getId().getTags()).containsExactly(Tag.of("stream", "cam")));
        }
    }

    /** A publisher that comes back under its name before the old connection is gone. */
    @Test
    void theLastChannelOfTheSameTagsIsShown_alsoWhenAnEarlierOneCloses() throws InterruptedException {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        Tags tags = Tags.of("stream", "cam");
        try (Loopback loopback = new Loopback()) {
            loopback.listen(channel -> {});
            SrtChannel first = loopback.connect(new ChannelInboundHandlerAdapter());
            SrtChannel second = loopback.connect(new ChannelInboundHandlerAdapter());
            SrtMeters ofFirst = SrtMeters.bind(first, registry, tags);
            SrtMeters.bind(second, registry, tags);

            first.close().sync();
            ofFirst.close();

            assertThat(registry.getMeters()).hasSize(SrtStatistic.values().length);
            assertThat(registry.get("srt.ms.rtt").tags(tags).gauge().value()).isPositive();
            second.close().sync();
            Await.until("no meters", () -> registry.getMeters().isEmpty());
        }
    }
}
