// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.testsuite;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.srtnetty.channel.testing.Loopback;
import io.github.srtnetty.channel.testing.StreamMode;
import io.github.srtnetty.testing.Await;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.channels.NotYetConnectedException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Netty's WriteBeforeRegisteredTest, which asks for a SocketChannel; here it also checks what becomes of the write. */
@Tag(SrtSocketTestPermutation.TAG)
class SrtWriteBeforeRegisteredTest {
    private final Loopback loopback = new Loopback();

    @AfterEach
    void close() {
        loopback.close();
    }

    @Test
    void aWriteBeforeTheConnectionIsUpFailsAndReleasesTheBuffer() throws Exception {
        try (DatagramSocket silent = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            Channel channel = loopback.caller(new ChannelInboundHandlerAdapter(), StreamMode::set)
                    .connect(silent.getLocalSocketAddress())
                    .channel();
            ByteBuf buf = Unpooled.directBuffer().writeByte(1);

            ChannelFuture write = channel.writeAndFlush(buf);

            assertThat(write.awaitUninterruptibly().cause()).isInstanceOf(NotYetConnectedException.class);
            Await.until("released", () -> buf.refCnt() == 0); // after the promise
            channel.close().sync();
        }
    }
}
