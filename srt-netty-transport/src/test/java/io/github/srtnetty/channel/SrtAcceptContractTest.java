// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.srtnetty.channel.testing.Loopback;
import io.github.srtnetty.channel.testing.StreamMode;
import io.github.srtnetty.testing.Await;
import io.github.srtnetty.testing.Recorder;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.DefaultMaxMessagesRecvByteBufAllocator;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.util.UncheckedBooleanSupplier;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How a listener accepts callers. */
class SrtAcceptContractTest {
    private final Loopback loopback = new Loopback();

    @AfterEach
    void close() {
        loopback.close();
    }

    @Test
    void keepsListening_whenCallersCloseBeforeTheyAreAccepted() throws InterruptedException {
        List<Recorder> recorders = new CopyOnWriteArrayList<>();
        loopback.listen(
                channel -> {
                    Recorder recorder = new Recorder();
                    recorders.add(recorder);
                    channel.pipeline().addLast(recorder);
                },
                b -> {
                    StreamMode.set(b);
                    b.option(ChannelOption.AUTO_READ, false);
                });
        for (int i = 0; i < 3; i++) {
            loopback.connect(new ChannelInboundHandlerAdapter(), StreamMode::set)
                    .close()
                    .sync();
        }

        loopback.listener().config().setAutoRead(true);

        SrtChannel caller = loopback.connect(new ChannelInboundHandlerAdapter(), StreamMode::set);
        caller.writeAndFlush(Unpooled.wrappedBuffer(new byte[10])).sync();
        Await.until(
                "what the last caller sent",
                () -> recorders.stream()
                        .anyMatch(recorder -> !recorder.messages().isEmpty()));
        assertThat(loopback.listener().isActive()).isTrue();
    }

    @Test
    void firesAnException_andAcceptsOn() throws InterruptedException {
        List<Throwable> failures = new CopyOnWriteArrayList<>();
        loopback.listen(
                channel -> {},
                b -> b.option(ChannelOption.RECVBUF_ALLOCATOR, new FailsOnce())
                        .handler(new ChannelInboundHandlerAdapter() {
                            @Override
                            public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
                                failures.add(cause);
                            }
                        }));

        for (int i = 0; i < 3; i++) {
            loopback.connect(new ChannelInboundHandlerAdapter());
            loopback.accepted();
        }

        assertThat(failures).singleElement().isInstanceOf(IllegalStateException.class);
    }

    @Test
    void closesAnAcceptedChannel_whenItsLoopHasEnded() throws InterruptedException {
        EventLoopGroup ended = new MultiThreadIoEventLoopGroup(1, SrtIoHandler.newFactory());
        ended.shutdownGracefully(0, 1, TimeUnit.SECONDS).sync();
        ServerBootstrap bootstrap = new ServerBootstrap()
                .group(loopback.group(), ended)
                .channel(SrtServerChannel.class)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {}
                });
        Channel listener = bootstrap.bind("127.0.0.1", 0).sync().channel();

        for (int i = 0; i < 2; i++) {
            ChannelFuture connect =
                    loopback.caller(new ChannelInboundHandlerAdapter(), b -> {}).connect(listener.localAddress());
            assertThat(connect.channel().closeFuture().awaitUninterruptibly(20_000))
                    .isTrue();
        }
        assertThat(listener.isActive()).isTrue();
    }

    private static final class FailsOnce extends DefaultMaxMessagesRecvByteBufAllocator {
        private final AtomicBoolean failed = new AtomicBoolean();

        @Override
        @SuppressWarnings("deprecation")
        public Handle newHandle() {
            return new MaxMessageHandle() {
                @Override
                public int guess() {
                    return 128;
                }

                @Override
                public boolean continueReading(UncheckedBooleanSupplier maybeMore) {
                    if (failed.compareAndSet(false, true)) {
                        throw new IllegalStateException("thrown on purpose");
                    }
                    return super.continueReading(maybeMore);
                }
            };
        }
    }
}
