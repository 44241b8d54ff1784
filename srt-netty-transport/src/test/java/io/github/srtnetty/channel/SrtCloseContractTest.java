// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.srtnetty.channel.testing.FullChannel;
import io.github.srtnetty.channel.testing.Loopback;
import io.github.srtnetty.channel.testing.StreamMode;
import io.github.srtnetty.libsrt.SrtException;
import io.github.srtnetty.libsrt.SrtPoller;
import io.github.srtnetty.testing.Await;
import io.github.srtnetty.testing.Recorder;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPromise;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A close in any state completes its future, once, and leaves nothing behind. */
class SrtCloseContractTest {
    private final Loopback loopback = new Loopback();
    private final Recorder recorder = new Recorder();
    private final AtomicInteger closedTimes = new AtomicInteger();
    private int before;

    @BeforeEach
    void count() throws SrtException {
        before = SrtPoller.instance().size();
    }

    @AfterEach
    void close() {
        loopback.close();
    }

    @Test
    void closesBeforeItIsRegistered() {
        SrtChannel channel = new SrtChannel();
        ChannelPromise promise = channel.newPromise();

        channel.unsafe().close(promise);

        assertThat(promise.isSuccess()).isTrue();
        assertThat(channel.closeFuture().isSuccess()).isTrue();
        assertThat(channel.isOpen()).isFalse();
        assertThat(channel.socket().state().isGone()).isTrue();
        assertPollerHasNothingMore();
    }

    @Test
    void closesForciblyBeforeItIsRegistered() {
        SrtChannel channel = new SrtChannel();

        channel.unsafe().closeForcibly();
        channel.unsafe().closeForcibly();

        assertThat(channel.isOpen()).isFalse();
        assertThat(channel.socket().state().isGone()).isTrue();
        assertPollerHasNothingMore();
    }

    @Test
    void closesInHandlerAdded() {
        loopback.listen(channel -> {});
        ChannelFuture connect = loopback.tryConnect(
                new ChannelInitializer<SrtChannel>() {
                    @Override
                    protected void initChannel(SrtChannel channel) {
                        counted(channel).close();
                    }
                },
                b -> {});

        assertThat(connect.awaitUninterruptibly(20_000)).isTrue();
        assertThat(connect.isSuccess()).isFalse();
        loopback.listener().close().syncUninterruptibly();
        assertNothingIsLeftOf((SrtChannel) connect.channel());
    }

    @Test
    void closesABoundListenerWithoutCallers() {
        loopback.listen(channel -> {});

        assertThat(loopback.listener().close().awaitUninterruptibly(20_000)).isTrue();
        assertThat(loopback.listener().close().awaitUninterruptibly().isSuccess())
                .isTrue();

        assertThat(loopback.listener().socket().state().isGone()).isTrue();
        assertPollerHasNothingMore();
    }

    @Test
    void closesWhileConnecting() throws Exception {
        try (DatagramSocket silent = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            ChannelFuture connect = loopback.caller(recorder, b -> {}).connect(silent.getLocalSocketAddress());
            Loopback.awaitHandshake(silent);
            SrtChannel channel = counted((SrtChannel) connect.channel());

            assertThat(channel.close().awaitUninterruptibly(20_000)).isTrue();

            assertThat(connect.awaitUninterruptibly(20_000)).isTrue();
            assertNothingIsLeftOf(channel);
            assertThat(recorder.events()).doesNotContain("active", "inactive");
        }
    }

    @Test
    void closesInChannelActive() throws InterruptedException {
        AtomicReference<ChannelFuture> closing = new AtomicReference<>();
        listenAndCloseOn(new ChannelInboundHandlerAdapter() {
            @Override
            public void channelActive(ChannelHandlerContext ctx) {
                ctx.fireChannelActive();
                closing.set(ctx.close());
            }
        });
        SrtChannel caller = loopback.connect(new ChannelInboundHandlerAdapter(), StreamMode::set);

        assertEndsCleanly(closing, caller);
    }

    @Test
    void readsNothingMore_whenClosedInChannelRead() throws InterruptedException {
        AtomicReference<ChannelFuture> closing = new AtomicReference<>();
        listenAndCloseOn(new ChannelInboundHandlerAdapter() {
            @Override
            public void channelRead(ChannelHandlerContext ctx, Object msg) {
                assertThat(closing.get()).as("a close before").isNull();
                ctx.fireChannelRead(msg);
                closing.set(ctx.close());
            }
        });
        SrtChannel caller = loopback.connect(new ChannelInboundHandlerAdapter(), StreamMode::set);
        caller.writeAndFlush(Unpooled.wrappedBuffer(new byte[300_000]));

        assertEndsCleanly(closing, caller);
        assertThat(recorder.messages()).hasSize(1);
    }

    @Test
    void readsNothingMore_whenClosedAfterAnAnswerThatIsOnItsWay() throws InterruptedException {
        AtomicReference<ChannelFuture> closing = new AtomicReference<>();
        Recorder answered = new Recorder();
        loopback.listen(channel -> counted((SrtChannel) channel)
                .pipeline()
                .addLast(
                        new ChannelInboundHandlerAdapter() {
                            @Override
                            public void channelRead(ChannelHandlerContext ctx, Object msg) {
                                ctx.fireChannelRead(msg);
                                ctx.writeAndFlush(Unpooled.wrappedBuffer(new byte[7]));
                                closing.set(ctx.close());
                            }
                        },
                        recorder));
        SrtChannel caller = loopback.connect(answered);
        for (int i = 0; i < 100; i++) {
            caller.write(Unpooled.wrappedBuffer(new byte[1000]));
        }
        caller.flush();

        assertEndsCleanly(closing, caller);
        assertThat(recorder.messages()).hasSize(1);
        assertThat(answered.messages()).hasSize(1);
    }

    @Test
    void failsTheOtherWritesOfAFlush_whenClosedInAWriteListener() throws Exception {
        SrtChannel accepted = acceptedStream();
        List<ChannelFuture> writes = new ArrayList<>();
        accepted.config().setWriteSpinCount(1);

        accepted.eventLoop()
                .submit(() -> {
                    writes.add(accepted.write(Unpooled.wrappedBuffer(new byte[10]))
                            .addListener(ChannelFutureListener.CLOSE));
                    writes.add(accepted.write(Unpooled.wrappedBuffer(new byte[10])));
                    accepted.flush();
                })
                .sync();

        assertThat(accepted.closeFuture().awaitUninterruptibly(20_000)).isTrue();
        assertThat(writes.get(0).isSuccess()).isTrue();
        assertThat(writes.get(1).awaitUninterruptibly(20_000)).isTrue();
        assertNothingIsLeftOf(accepted);
    }

    @Test
    void failsWritesThatWaitForRoom_whenClosed() throws InterruptedException {
        loopback.listen(channel -> {}, b -> {
            StreamMode.set(b);
            b.childOption(ChannelOption.AUTO_READ, false);
        });
        SrtChannel caller = counted(loopback.connect(new ChannelInboundHandlerAdapter(), b -> {
            StreamMode.set(b);
            b.option(ChannelOption.SO_LINGER, 0);
        }));
        SrtChannel accepted = loopback.accepted();
        List<ChannelFuture> writes = FullChannel.fill(caller, accepted);

        assertThat(caller.close().awaitUninterruptibly(20_000)).isTrue();

        assertThat(writes).allMatch(write -> write.awaitUninterruptibly(20_000));
        assertThat(writes.get(writes.size() - 1).isSuccess()).isFalse();
        accepted.close().sync(); // it would wait for a reader of what has arrived
        assertNothingIsLeftOf(caller);
    }

    @Test
    void closesTwice_alsoFromOtherThreadsAndInTheUserEvent() throws InterruptedException {
        SrtChannel accepted = acceptedStream();
        accepted.pipeline().addLast(new ChannelInboundHandlerAdapter() {
            @Override
            public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
                ctx.close();
                ctx.fireUserEventTriggered(event);
            }

            @Override
            public void channelInactive(ChannelHandlerContext ctx) {
                ctx.close();
                ctx.fireChannelInactive();
            }
        });
        List<ChannelFuture> closes = new CopyOnWriteArrayList<>();
        Thread other = new Thread(() -> closes.add(accepted.close()));
        other.start();
        closes.add(accepted.eventLoop()
                .submit((Callable<ChannelFuture>) accepted::close)
                .sync()
                .getNow());
        other.join();
        closes.add(accepted.close());

        assertThat(closes).hasSize(3).allMatch(close -> close.awaitUninterruptibly(20_000) && close.isSuccess());
        assertNothingIsLeftOf(accepted);
        assertThat(recorder.events()).containsExactly("registered", "active", "inactive", "unregistered");
    }

    @Test
    void closesBothEndsAtOnce() throws InterruptedException {
        loopback.listen(channel -> channel.pipeline().addLast(recorder), StreamMode::set);
        SrtChannel caller = loopback.connect(new ChannelInboundHandlerAdapter(), StreamMode::set);
        SrtChannel accepted = counted(loopback.accepted());

        ChannelFuture one = caller.close();
        ChannelFuture other = accepted.close();

        assertThat(one.awaitUninterruptibly(20_000) && other.awaitUninterruptibly(20_000))
                .isTrue();
        assertNothingIsLeftOf(accepted);
    }

    @Test
    void closesWhileItIsDisconnectedAndDeregistered() throws InterruptedException {
        SrtChannel accepted = acceptedStream();

        ChannelFuture deregister = accepted.deregister();
        ChannelFuture disconnect = accepted.disconnect();
        ChannelFuture close = accepted.close();

        assertThat(List.of(deregister, disconnect, close))
                .allMatch(future -> future.awaitUninterruptibly(20_000) && future.isSuccess());
        assertNothingIsLeftOf(accepted);
    }

    @Test
    void closesDuringTheShutdownOfItsLoop() throws InterruptedException {
        SrtChannel accepted = acceptedStream();

        ChannelFuture first = accepted.close();
        loopback.group().shutdownGracefully(0, 10, TimeUnit.SECONDS);
        ChannelFuture closed = accepted.closeFuture();

        assertThat(closed.awaitUninterruptibly(20_000)).isTrue();
        assertThat(first.awaitUninterruptibly(20_000)).isTrue();
        assertThat(loopback.group().awaitTermination(20, TimeUnit.SECONDS)).isTrue();
        assertThat(closedTimes).hasValue(1);
        assertThat(accepted.socket().state().isGone()).isTrue();
        assertPollerHasNothingMore();
    }

    private SrtChannel acceptedStream() throws InterruptedException {
        loopback.listen(channel -> channel.pipeline().addLast(recorder), StreamMode::set);
        loopback.connect(new ChannelInboundHandlerAdapter(), StreamMode::set);
        return counted(loopback.accepted());
    }

    private void listenAndCloseOn(ChannelInboundHandlerAdapter handler) {
        loopback.listen(
                channel -> counted((SrtChannel) channel).pipeline().addLast(handler, recorder), StreamMode::set);
    }

    private void assertEndsCleanly(AtomicReference<ChannelFuture> closing, SrtChannel caller)
            throws InterruptedException {
        SrtChannel accepted = loopback.accepted();
        assertThat(accepted.closeFuture().awaitUninterruptibly(20_000)).isTrue();
        assertThat(caller.closeFuture().awaitUninterruptibly(20_000)).isTrue();
        Await.until("close has returned", () -> closing.get() != null);
        assertThat(closing.get().awaitUninterruptibly(20_000)).isTrue(); // after the close future
        assertThat(closing.get().isSuccess()).isTrue();
        assertNothingIsLeftOf(accepted);
        assertThat(recorder.events()).containsExactly("registered", "active", "inactive", "unregistered");
    }

    private SrtChannel counted(SrtChannel channel) {
        channel.closeFuture().addListener(future -> closedTimes.incrementAndGet());
        return channel;
    }

    private void assertNothingIsLeftOf(SrtChannel channel) {
        assertThat(channel.isOpen()).isFalse();
        assertThat(channel.isActive()).isFalse();
        Await.until("unregistered", () -> !channel.isRegistered());
        assertThat(channel.socket().state().isGone()).isTrue();
        if (recorder.events().contains("registered")) {
            recorder.awaitEvent("unregistered");
        }
        loopback.group().forEach(loop -> loop.submit(() -> {}).syncUninterruptibly());
        assertThat(closedTimes).hasValue(1);
        if (loopback.listener() != null) {
            loopback.listener().close().syncUninterruptibly();
        }
        assertPollerHasNothingMore();
    }

    private void assertPollerHasNothingMore() {
        Await.until("all left the poller", () -> {
            try {
                return SrtPoller.instance().size() <= before; // what other tests left behind may go meanwhile
            } catch (SrtException e) {
                throw new AssertionError(e);
            }
        });
    }
}
