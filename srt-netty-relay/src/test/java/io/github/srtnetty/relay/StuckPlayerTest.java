// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.srtnetty.channel.SrtChannel;
import io.github.srtnetty.channel.SrtChannelOption;
import io.github.srtnetty.libsrt.SrtStatistic;
import io.github.srtnetty.libsrt.SrtStatistics;
import io.github.srtnetty.relay.config.RelayRules;
import io.github.srtnetty.testing.Await;
import io.github.srtnetty.testing.Sequence;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A player whose application stops reading, while its libsrt still answers. */
@Tag("slow")
@SuppressWarnings("try") // a sender works by being there
class StuckPlayerTest {
    private static final long RATE = 2_000_000;
    private static final int PACKETS = 100;
    private static final int PACKET_BYTES = 1456;

    /** With libsrt 1.5.1 nothing more would come; with 1.5.7 the stream goes on when the player reads again. */
    @Test
    void aPlayerWhoseReceiveBufferWasFull_isDisconnected_unlessItGetsTheStreamAgain() throws Exception {
        try (Harness harness = new Harness(RelayRules.DEFAULT, "latency=200&tlpktdrop=0&peeridletimeo=2000")) {
            Sequence.Checker other = new Sequence.Checker();
            harness.play("read:x", other);
            SrtChannel publisher = harness.connect("publish:x", new ChannelInboundHandlerAdapter());
            Sequence.Checker player = new Sequence.Checker();
            SrtChannel stuck = stuckPlayer(harness, player);
            try (Sequence.Sender sender = new Sequence.Sender(publisher, RATE)) {
                Await.until("its buffer is full", () -> isFull(stuck));
                awaitCount(other, other.count() + 2 * PACKETS);
                stuck.config().setAutoRead(true);

                Await.until(
                        "it is out, or gets the stream",
                        () -> harness.streams().total().slowDisconnects.sum() == 1 || player.count() > 4 * PACKETS);
                awaitCount(other, other.count() + PACKETS);
            }
            assertThat(other.missing()).isZero();
        }
    }

    private static boolean isFull(SrtChannel channel) {
        SrtStatistics sample = channel.statistics();
        return !channel.isActive() || sample.asLong(SrtStatistic.BYTE_AVAIL_RCV_BUF) < 3 * PACKET_BYTES;
    }

    private static void awaitCount(Sequence.Checker player, long count) {
        Await.until("the other goes on", () -> player.count() >= count);
    }

    private static SrtChannel stuckPlayer(Harness harness, ChannelHandler handler) throws InterruptedException {
        return (SrtChannel) new Bootstrap()
                .group(harness.group())
                .channel(SrtChannel.class)
                .option(SrtChannelOption.SRTO_CONNTIMEO, 20_000)
                .option(SrtChannelOption.SRTO_STREAMID, "read:x")
                .option(SrtChannelOption.SRTO_FC, PACKETS)
                .option(SrtChannelOption.SRTO_RCVBUF, PACKETS * PACKET_BYTES)
                .option(ChannelOption.AUTO_READ, false)
                .handler(handler)
                .connect(new InetSocketAddress("127.0.0.1", harness.port()))
                .sync()
                .channel();
    }
}
