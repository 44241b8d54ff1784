// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.srtnetty.channel.SrtChannel;
import io.github.srtnetty.channel.SrtChannelOption;
import io.github.srtnetty.relay.config.RelayRules;
import io.github.srtnetty.testing.Await;
import io.github.srtnetty.testing.Sequence;
import io.netty.bootstrap.Bootstrap;
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

    @Test
    void aPlayerWhoseReceiveBufferIsFull_isDisconnected_asItWouldGetNothingAnyMore() throws Exception {
        try (Harness harness = new Harness(RelayRules.DEFAULT, "latency=200&tlpktdrop=0&peeridletimeo=2000")) {
            Sequence.Checker other = new Sequence.Checker();
            harness.play("read:x", other);
            SrtChannel publisher = harness.connect("publish:x", new ChannelInboundHandlerAdapter());
            SrtChannel stuck = stuckPlayer(harness);
            try (Sequence.Sender sender = new Sequence.Sender(publisher, RATE)) {
                Await.until(
                        "the stuck one is out",
                        () -> harness.streams().total().slowDisconnects.sum() == 1);
                long before = other.count();
                Await.until("the other goes on", () -> other.count() > before + PACKETS);
                stuck.config().setAutoRead(true);
                stuck.closeFuture().sync();
            }
            assertThat(other.missing()).isZero();
        }
    }

    private static SrtChannel stuckPlayer(Harness harness) throws InterruptedException {
        return (SrtChannel) new Bootstrap()
                .group(harness.group())
                .channel(SrtChannel.class)
                .option(SrtChannelOption.SRTO_CONNTIMEO, 20_000)
                .option(SrtChannelOption.SRTO_STREAMID, "read:x")
                .option(SrtChannelOption.SRTO_FC, PACKETS)
                .option(SrtChannelOption.SRTO_RCVBUF, PACKETS * 1456)
                .option(ChannelOption.AUTO_READ, false)
                .handler(new ChannelInboundHandlerAdapter())
                .connect(new InetSocketAddress("127.0.0.1", harness.port()))
                .sync()
                .channel();
    }
}
