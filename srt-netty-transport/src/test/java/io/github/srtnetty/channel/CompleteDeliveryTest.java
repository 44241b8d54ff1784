// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.srtnetty.channel.testing.CompleteDelivery;
import io.github.srtnetty.channel.testing.Loopback;
import io.github.srtnetty.testing.Await;
import io.github.srtnetty.testing.Recorder;
import io.github.srtnetty.testing.UdpProxy;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInboundHandlerAdapter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The options with which the tests of complete streams are independent of the speed of the machine. */
class CompleteDeliveryTest {
    private final Loopback loopback = new Loopback(1);
    private final Recorder received = new Recorder();

    @AfterEach
    void close() {
        loopback.close();
    }

    @Test
    void theLastMessageArrives_thoughItsPacketWasLost() throws Exception {
        loopback.listen(channel -> channel.pipeline().addLast(received), CompleteDelivery::set);
        try (UdpProxy proxy = new UdpProxy(loopback.address(), 1).start()) {
            Channel caller = loopback.caller(new ChannelInboundHandlerAdapter(), CompleteDelivery::set)
                    .connect(proxy.address())
                    .sync()
                    .channel();
            caller.writeAndFlush(Unpooled.copyInt(1)).sync();
            received.awaitMessages(1);
            proxy.losing(1);
            caller.writeAndFlush(Unpooled.copyInt(2)).sync();
            Await.until("it is lost", () -> proxy.toTarget().lost() > 0);
            proxy.heal();
            received.awaitMessages(2);
        }
        assertThat(received.messages().get(1)).containsExactly(0, 0, 0, 2);
    }
}
