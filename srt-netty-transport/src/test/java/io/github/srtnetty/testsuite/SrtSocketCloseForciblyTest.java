// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.testsuite;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.srtnetty.channel.SrtChannel;
import io.github.srtnetty.channel.testing.Loopback;
import io.github.srtnetty.channel.testing.StreamMode;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Netty's SocketCloseForciblyTest, which casts what is accepted to a SocketChannel. */
@Tag(SrtSocketTestPermutation.TAG)
class SrtSocketCloseForciblyTest {
    private final Loopback loopback = new Loopback();

    @AfterEach
    void close() {
        loopback.close();
    }

    @Test
    void aListenerMayDropWhatItAcceptedBeforeItIsRegistered() {
        loopback.listen(channel -> {}, b -> {
            StreamMode.set(b);
            b.handler(new ChannelInboundHandlerAdapter() {
                @Override
                public void channelRead(ChannelHandlerContext ctx, Object msg) {
                    SrtChannel accepted = (SrtChannel) msg;
                    accepted.config().setSoLinger(0);
                    accepted.unsafe().closeForcibly();
                }
            });
        });

        ChannelFuture connect = loopback.tryConnect(new ChannelInboundHandlerAdapter(), StreamMode::set);

        assertThat(connect.channel().closeFuture().awaitUninterruptibly(20_000)).isTrue();
        loopback.listener().close().syncUninterruptibly();
    }
}
