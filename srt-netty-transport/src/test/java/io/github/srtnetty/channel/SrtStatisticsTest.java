// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.srtnetty.channel.testing.Loopback;
import io.github.srtnetty.libsrt.SrtStatistic;
import io.github.srtnetty.libsrt.SrtStatistics;
import io.github.srtnetty.testing.Await;
import io.github.srtnetty.testing.Pacer;
import io.github.srtnetty.testing.Recorder;
import io.github.srtnetty.testing.UdpProxy;
import io.netty.bootstrap.AbstractBootstrap;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class SrtStatisticsTest {
    /** IP, UDP and SRT headers, which libsrt counts too. */
    private static final int HEADER_BYTES = 44;

    private static final int PACKETS = 2000;

    private final Loopback loopback = new Loopback(2);
    private final Recorder received = new Recorder();

    @AfterEach
    void close() {
        loopback.close();
    }

    @Test
    void agreeWithWhatWasSent_overANetworkThatLosesFivePercent() throws Exception {
        loopback.listen(channel -> channel.pipeline().addLast(received), SrtStatisticsTest::dropsNothing);
        try (UdpProxy proxy = new UdpProxy(loopback.address(), 20261122)
                .losing(0.05)
                .reordering(0.01)
                .duplicating(0.01)
                .start()) {
            SrtChannel caller =
                    (SrtChannel) loopback.caller(new ChannelInboundHandlerAdapter(), SrtStatisticsTest::dropsNothing)
                            .connect(proxy.address())
                            .sync()
                            .channel();
            SrtChannel accepted = loopback.accepted();

            new Pacer(caller, PACKETS - 1, 2).start().await();
            Await.until("the losses", () -> proxy.toTarget().seen() >= PACKETS - 1);
            proxy.heal();
            new Pacer(caller, 1, 1).start().await();
            received.awaitMessages(PACKETS);
            awaitQuiet(caller, accepted, proxy.toTarget());

            for (int i = 0; i < PACKETS - 1; i++) {
                assertThat(ByteBuffer.wrap(received.messages().get(i)).getInt()).isEqualTo(i);
            }
            assertSender(caller.statistics(), proxy.toTarget());
            assertReceiver(accepted.statistics(), proxy.toTarget());
        }
    }

    private static void dropsNothing(AbstractBootstrap<?, ?> bootstrap) {
        bootstrap.option(SrtChannelOption.SRTO_LATENCY, 1000).option(SrtChannelOption.SRTO_TLPKTDROP, false);
    }

    /** Waits until all is acknowledged, and until what was sent again for nothing has come through, too. */
    private static void awaitQuiet(SrtChannel caller, SrtChannel accepted, UdpProxy.Direction network) {
        Await.until("all acknowledged", () -> caller.socket().unacknowledgedPackets() == 0);
        Await.until("the network saw all", () -> caller.statistics().pktSentTotal() == network.seen());
        Await.until(
                "the receiver has the rest",
                () -> accepted.statistics().pktRecvTotal() >= network.seen() - network.lost());
    }

    private static void assertSender(SrtStatistics sender, UdpProxy.Direction network) {
        long bytes = (long) PACKETS * (Pacer.MESSAGE_BYTES + HEADER_BYTES);
        assertThat(network.lost()).isBetween(PACKETS * 3L / 100, PACKETS * 8L / 100);
        assertThat(sender.asLong(SrtStatistic.PKT_SENT_UNIQUE_TOTAL)).isEqualTo(PACKETS);
        assertThat(sender.asLong(SrtStatistic.BYTE_SENT_UNIQUE_TOTAL)).isEqualTo(bytes);
        assertThat(sender.pktSentTotal()).isEqualTo(network.seen());
        assertThat(sender.pktRetransTotal()).isEqualTo(network.seen() - PACKETS).isGreaterThanOrEqualTo(network.lost());
        assertThat(sender.pktSndLossTotal()).isPositive();
        assertThat(sender.pktSndDropTotal()).isZero();
    }

    private static void assertReceiver(SrtStatistics receiver, UdpProxy.Direction network) {
        long bytes = (long) PACKETS * (Pacer.MESSAGE_BYTES + HEADER_BYTES);
        assertThat(receiver.asLong(SrtStatistic.PKT_RECV_UNIQUE_TOTAL)).isEqualTo(PACKETS);
        assertThat(receiver.asLong(SrtStatistic.BYTE_RECV_UNIQUE_TOTAL)).isEqualTo(bytes);
        assertThat(receiver.pktRecvTotal()).isGreaterThanOrEqualTo(network.seen() - network.lost());
        assertThat(receiver.pktRcvLossTotal()).isBetween(network.lost() / 2, network.lost() * 2);
        assertThat(receiver.pktRcvDropTotal()).isZero();
    }

    @Test
    void tellsEveryField() {
        loopback.listen(channel -> {});
        SrtStatistics statistics =
                loopback.connect(new ChannelInboundHandlerAdapter()).statistics();

        for (SrtStatistic field : SrtStatistic.values()) {
            assertThat(statistics.asDouble(field)).as(field.cName()).isFinite();
            assertThat(statistics.asLong(field)).as(field.cName()).isGreaterThanOrEqualTo(-1);
            assertThat(statistics.toString()).contains(field.cName() + "=");
        }
        assertThat(statistics.asLong(SrtStatistic.BYTE_MSS)).isEqualTo(1500);
        assertThat(statistics.asLong(SrtStatistic.PKT_FLOW_WINDOW)).isPositive();
    }

    @Test
    void keepTheLastSample_afterTheClose() throws InterruptedException {
        loopback.listen(channel -> channel.pipeline().addLast(received));
        SrtChannel caller = loopback.connect(new ChannelInboundHandlerAdapter());
        SrtChannel accepted = loopback.accepted();
        new Pacer(caller, 100, 10).start().await();
        received.awaitMessages(100);

        caller.close().sync();
        accepted.closeFuture().await();

        assertThat(caller.statistics().pktSentTotal()).isEqualTo(100);
        assertThat(caller.sampleStatistics()).isSameAs(caller.statistics());
        assertThat(accepted.statistics()).isNotNull();
        assertThat(new SrtChannel().statistics()).isNull();
    }

    @Test
    void areFiredPeriodically_whileTheChannelIsActive() throws Exception {
        Recorder events = new Recorder();
        loopback.listen(channel -> channel.pipeline().addLast(received));
        SrtChannel caller = loopback.connect(events);
        caller.pipeline().addFirst(new SrtStatisticsSampler(Duration.ofMillis(20)));
        new Pacer(caller, 100, 5).start().await();

        Await.until("ten samples", () -> events.userEvents().size() >= 10);
        Await.until("all that was sent is in samples", () -> sumOfSent(events) == 100);
        caller.close().sync();
        events.awaitEvent("inactive");
        caller.eventLoop().submit(() -> {}).sync();
        int count = events.userEvents().size();

        assertThat(sumOfSent(events)).as("sum of the intervals").isEqualTo(100);
        caller.eventLoop().schedule(() -> {}, 100, TimeUnit.MILLISECONDS).sync();
        assertThat(events.userEvents()).as("none after the close").hasSize(count);
    }

    private static long sumOfSent(Recorder events) {
        return events.userEvents().stream()
                .filter(SrtStatistics.class::isInstance)
                .mapToLong(event -> ((SrtStatistics) event).asLong(SrtStatistic.PKT_SENT))
                .sum();
    }

    @Test
    void aSamplerThatIsRemoved_isSilent() throws Exception {
        Recorder events = new Recorder();
        loopback.listen(channel -> channel.pipeline().addLast(received));
        SrtChannel caller = loopback.connect(events);
        caller.pipeline().addFirst(new SrtStatisticsSampler(Duration.ofMillis(10)));
        Await.until("a sample", () -> !events.userEvents().isEmpty());

        caller.pipeline().remove(SrtStatisticsSampler.class);
        caller.eventLoop().submit(() -> {}).sync();
        int count = events.userEvents().size();
        caller.eventLoop().schedule(() -> {}, 60, TimeUnit.MILLISECONDS).sync();

        assertThat(events.userEvents()).hasSize(count);
        assertThatThrownBy(() -> new SrtStatisticsSampler(Duration.ZERO)).hasMessageContaining("must be positive");
    }
}
