// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.testsuite;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.srtnetty.channel.SrtChannel;
import io.github.srtnetty.channel.testing.Loopback;
import io.github.srtnetty.channel.testing.StreamMode;
import io.github.srtnetty.testing.Recorder;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Netty's SocketChannelNotYetConnectedTest; its half about shutdownInput and shutdownOutput has no meaning for SRT. */
@Tag(SrtSocketTestPermutation.TAG)
class SrtSocketChannelNotYetConnectedTest {
    private final Loopback loopback = new Loopback();

    @AfterEach
    void close() {
        loopback.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aReadAskedForBeforeTheConnectStaysPendingUntilItIsUp(boolean autoRead) {
        loopback.listen(
                channel -> channel.pipeline().addLast(new ChannelInboundHandlerAdapter() {
                    @Override
                    public void channelActive(ChannelHandlerContext ctx) {
                        ctx.writeAndFlush(Unpooled.copyInt(42));
                    }
                }),
                StreamMode::set);
        Recorder received = new Recorder();
        AtomicReference<Boolean> activeWhenAdded = new AtomicReference<>();

        loopback.connect(
                new ChannelInitializer<SrtChannel>() {
                    @Override
                    protected void initChannel(SrtChannel channel) {
                        channel.pipeline().addLast(readsWhenAdded(activeWhenAdded), received);
                    }
                },
                b -> {
                    StreamMode.set(b);
                    b.option(ChannelOption.AUTO_READ, autoRead);
                });

        received.awaitMessages(1);
        assertThat(received.messages().get(0)).containsExactly(0, 0, 0, 42);
        assertThat(activeWhenAdded).hasValue(false);
    }

    @Test
    void aBoundCallerThatIsNotConnectedCloses() {
        SrtChannel bound = (SrtChannel) loopback.caller(new Recorder(), StreamMode::set)
                .bind("127.0.0.1", 0)
                .syncUninterruptibly()
                .channel();

        assertThat(bound.isActive()).isFalse();
        assertThat(bound.localAddress().getPort()).isPositive();
        assertThat(bound.close().awaitUninterruptibly().isSuccess()).isTrue();
    }

    private static ChannelInboundHandlerAdapter readsWhenAdded(AtomicReference<Boolean> activeWhenAdded) {
        return new ChannelInboundHandlerAdapter() {
            @Override
            public void handlerAdded(ChannelHandlerContext ctx) {
                activeWhenAdded.set(ctx.channel().isActive());
                ctx.read();
            }
        };
    }
}
