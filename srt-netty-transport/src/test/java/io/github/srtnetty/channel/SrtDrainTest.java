// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.srtnetty.channel.testing.Loopback;
import io.github.srtnetty.testing.Recorder;
import io.github.srtnetty.testing.UdpProxy;
import io.netty.bootstrap.AbstractBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How long a close waits for its peer. */
class SrtDrainTest {
    private static final int MESSAGES = 5;
    private static final int ONE_WAY_MILLIS = 500;
    private static final int MARGIN_MILLIS = 100;

    private final Loopback loopback = new Loopback();
    private final Recorder received = new Recorder();

    @AfterEach
    void close() throws Exception {
        loopback.close();
    }

    @Test
    void aPeerThatStoodStillHasAMomentToPlayOnceItHasAcknowledged() throws IOException, InterruptedException {
        loopback.listen(channel -> channel.pipeline().addLast(received), SrtDrainTest::dropNothing);
        try (UdpProxy proxy = new UdpProxy(loopback.address(), 1).start()) {
            SrtChannel caller =
                    (SrtChannel) loopback.caller(new ChannelInboundHandlerAdapter(), SrtDrainTest::dropNothing)
                            .option(ChannelOption.SO_LINGER, 30)
                            .connect(proxy.address())
                            .sync()
                            .channel();
            proxy.delaying(ONE_WAY_MILLIS);
            long start = System.nanoTime();
            for (int i = 0; i < MESSAGES; i++) {
                caller.writeAndFlush(Unpooled.wrappedBuffer(new byte[1316])).sync();
            }

            caller.close().sync();

            Duration took = Duration.ofNanos(System.nanoTime() - start);
            assertThat(took).isGreaterThanOrEqualTo(Duration.ofMillis(2 * ONE_WAY_MILLIS + MARGIN_MILLIS));
        }
        received.awaitMessages(MESSAGES);
    }

    private static void dropNothing(AbstractBootstrap<?, ?> bootstrap) {
        bootstrap.option(SrtChannelOption.SRTO_LATENCY, 20);
        bootstrap.option(SrtChannelOption.SRTO_TLPKTDROP, false);
    }
}
