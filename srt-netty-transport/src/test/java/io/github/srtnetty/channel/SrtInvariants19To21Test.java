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
import io.netty.channel.ChannelFutureListener;
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

/** What a transport owes to Netty, about ends and about accepting. */
class SrtInvariants19To21Test {
    private final Loopback loopback = new Loopback();
    private final Recorder received = new Recorder();

    @AfterEach
    void close() {
        loopback.close();
    }

    @Test
    void invariant19_whatWasAcceptedForSendingArrives_whenTheChannelIsClosedAtOnce() {
        loopback.listen(channel -> channel.pipeline().addLast(received), StreamMode::set);
        SrtChannel caller = loopback.connect(new ChannelInboundHandlerAdapter(), StreamMode::set);

        caller.writeAndFlush(Unpooled.wrappedBuffer(new byte[200_000])).addListener(ChannelFutureListener.CLOSE);

        received.awaitEvent("inactive");
        assertThat(receivedBytes()).isEqualTo(200_000);
    }

    @Test
    void invariant19_aCloseInTheWriteListenerGivesThePeerItsLatencyToPlay() throws InterruptedException {
        int latencyMillis = 400;
        loopback.listen(channel -> {}, b -> b.option(SrtChannelOption.SRTO_LATENCY, latencyMillis));
        SrtChannel caller = loopback.connect(new ChannelInboundHandlerAdapter());
        caller.eventLoop().submit(() -> {}).sync();

        long start = System.nanoTime();
        caller.writeAndFlush(Unpooled.wrappedBuffer(new byte[100])).addListener(ChannelFutureListener.CLOSE);
        caller.closeFuture().sync();

        assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start))
                .as("ms that the close took")
                .isGreaterThanOrEqualTo(latencyMillis);
    }

    @Test
    void invariant19_aPeerThatDoesNotReadHoldsACloseUpNoLongerThanSoLinger() throws InterruptedException {
        loopback.listen(channel -> {}, b -> {
            StreamMode.set(b);
            b.childOption(ChannelOption.AUTO_READ, false).option(SrtChannelOption.SRTO_RCVBUF, 64 * 1472);
        });
        SrtChannel caller = loopback.connect(new ChannelInboundHandlerAdapter(), b -> {
            StreamMode.set(b);
            b.option(ChannelOption.SO_LINGER, 1);
        });
        caller.writeAndFlush(Unpooled.wrappedBuffer(new byte[1_000_000])).sync();

        long start = System.nanoTime();
        assertThat(caller.close().awaitUninterruptibly(10_000)).isTrue();

        assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start)).isBetween(900L, 5000L);
    }

    @Test
    void invariant19_theEndOfALoopBoundsItsCloses() throws InterruptedException {
        loopback.listen(channel -> {}, b -> {
            StreamMode.set(b);
            b.childOption(ChannelOption.AUTO_READ, false).option(SrtChannelOption.SRTO_RCVBUF, 64 * 1472);
        });
        SrtChannel caller = loopback.connect(new ChannelInboundHandlerAdapter(), StreamMode::set);
        caller.writeAndFlush(Unpooled.wrappedBuffer(new byte[1_000_000])).sync();
        ChannelFuture closing = caller.close();

        long start = System.nanoTime();
        loopback.group().shutdownGracefully(0, 10, TimeUnit.SECONDS).sync();

        assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start)).isLessThan(9000);
        assertThat(closing.isSuccess()).isTrue();
    }

    @Test
    void invariant20_dataBeforeTheEndIsDeliveredBeforeInactive() {
        loopback.listen(
                channel -> channel.pipeline().addLast(new ChannelInboundHandlerAdapter() {
                    @Override
                    public void channelActive(ChannelHandlerContext ctx) {
                        ctx.writeAndFlush(Unpooled.wrappedBuffer(new byte[50_000]))
                                .addListener(ChannelFutureListener.CLOSE);
                    }
                }),
                StreamMode::set);

        for (int i = 0; i < 20; i++) {
            Recorder recorder = new Recorder();
            loopback.connect(recorder, StreamMode::set);
            recorder.awaitEvent("inactive");
            assertThat(recorder.messages().stream()
                            .mapToInt(bytes -> bytes.length)
                            .sum())
                    .isEqualTo(50_000);
            assertThat(recorder.failures()).isEmpty();
        }
    }

    @Test
    void invariant20_whatIsNotDueYetWhenThePeerLeavesIsDelivered_alsoToWhoReadsLater() throws InterruptedException {
        int latencyMillis = 1500;
        loopback.listen(
                channel -> channel.pipeline().addLast(received),
                b -> b.option(SrtChannelOption.SRTO_LATENCY, latencyMillis)
                        .childOption(ChannelOption.AUTO_READ, false));
        long connectStart = System.nanoTime();
        SrtChannel caller = loopback.connect(new ChannelInboundHandlerAdapter());
        long connectNanos = System.nanoTime() - connectStart;
        SrtChannel accepted = loopback.accepted();
        for (int i = 0; i < 5; i++) {
            caller.write(Unpooled.wrappedBuffer(new byte[1316]));
        }
        caller.flush();
        Await.until("what was sent", () -> accepted.socket().receivablePackets() == 5);
        Await.until("all acknowledged", () -> caller.socket().unacknowledgedPackets() == 0);
        long acknowledged = System.nanoTime();
        // what arrived is due later by as much as the handshake was late; the tail is waited for from the break on
        Await.until("as long as the connect took", () -> System.nanoTime() - acknowledged > connectNanos);
        caller.config().setSoLinger(0);
        caller.close().sync();
        Await.until("the break", () -> accepted.socket().state().isGone());
        for (int i = 0; i < 5; i++) { // the channel sees the break while nobody reads
            accepted.loop().submit(SrtIoOps.ERR);
            accepted.eventLoop().submit(() -> {}).sync();
        }

        accepted.config().setAutoRead(true);

        received.awaitEvent("inactive");
        assertThat(received.messages()).hasSize(5);
    }

    @Test
    void invariant21_callersThatLeaveBeforeTheyAreAcceptedDoNotHarmTheListener() throws InterruptedException {
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
    void invariant21_anExceptionWhileAcceptingIsToldAndAcceptingGoesOn() throws InterruptedException {
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
    void invariant21_anAcceptedChannelThatNoLoopTakesIsClosed() throws InterruptedException {
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
            assertThat(connect.channel().closeFuture().awaitUninterruptibly(10_000))
                    .isTrue();
        }
        assertThat(listener.isActive()).isTrue();
    }

    private int receivedBytes() {
        return received.messages().stream().mapToInt(bytes -> bytes.length).sum();
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
