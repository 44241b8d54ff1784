// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.srtnetty.channel.testing.Loopback;
import io.github.srtnetty.libsrt.SrtException;
import io.github.srtnetty.libsrt.SrtPoller;
import io.github.srtnetty.libsrt.SrtSocket;
import io.github.srtnetty.testing.Await;
import io.github.srtnetty.testing.Recorder;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import io.netty.channel.IoEvent;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoRegistration;
import io.netty.channel.SingleThreadIoEventLoop;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.ThreadPerTaskExecutor;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How a channel is registered with its loop, and where it is called. */
class SrtRegistrationContractTest {
    private final Loopback loopback = new Loopback();

    @AfterEach
    void close() {
        loopback.close();
    }

    @Test
    void runsEveryCallbackOnTheLoopOfItsChannel() throws InterruptedException {
        List<String> elsewhere = new CopyOnWriteArrayList<>();
        Recorder received = new Recorder();
        loopback.listen(channel -> channel.pipeline().addLast(new LoopGuard(elsewhere), received));
        SrtChannel caller = loopback.connect(new LoopGuard(elsewhere));

        caller.writeAndFlush(Unpooled.wrappedBuffer(new byte[100])).addListener(future -> {
            if (!caller.eventLoop().inEventLoop()) {
                elsewhere.add("write listener");
            }
        });
        received.awaitMessages(1);
        caller.close().sync();
        received.awaitEvent("unregistered");

        assertThat(elsewhere).isEmpty();
    }

    @Test
    void aBlockedLoopBlocksNoOther() throws Exception {
        Recorder received = new Recorder();
        loopback.listen(channel -> channel.pipeline().addLast(received));
        SrtChannel caller = loopback.connect(new ChannelInboundHandlerAdapter());
        SrtChannel accepted = loopback.accepted();
        EventLoop other = caller.eventLoop();
        assertThat(other).isNotSameAs(accepted.eventLoop());
        CountDownLatch heldUp = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        caller.writeAndFlush(Unpooled.wrappedBuffer(new byte[100])).sync();
        other.execute(() -> {
            heldUp.countDown();
            awaitUninterruptibly(goOn);
        });
        heldUp.await();
        accepted.writeAndFlush(Unpooled.wrappedBuffer(new byte[100])).sync(); // an event for the loop that is held up

        received.awaitMessages(1);
        goOn.countDown();
    }

    @Test
    void callsRegisteredAndUnregisteredInPairs() throws Exception {
        CountingHandle handle = new CountingHandle();
        IoEventLoop loop = (IoEventLoop) loopback.group().next();
        IoRegistration registration = loop.register(handle).get();
        assertThat(handle.calls).containsExactly("registered");

        assertThat(registration.cancel()).isTrue();
        assertThat(registration.cancel()).isFalse();
        turn(loop);

        assertThat(registration.isValid()).isFalse();
        assertThat(handle.calls).containsExactly("registered", "unregistered");
        handle.socket.close();
    }

    @Test
    void leavesTheCountOfItsLoopOnce() throws Exception {
        SrtChannel stays = new SrtChannel();
        SrtChannel goes = new SrtChannel();
        CountedLoop loop = new CountedLoop();
        int pollerBefore = SrtPoller.instance().size();
        loop.register(stays).sync();
        loop.register(goes).sync();
        assertThat(loop.count()).isEqualTo(2);

        goes.close().sync();
        goes.close().sync();

        assertThat(loop.count()).isOne();
        stays.close().sync();
        assertThat(loop.count()).isZero();
        assertThat(SrtPoller.instance().size()).isLessThanOrEqualTo(pollerBefore); // others may go meanwhile
        loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).sync();
    }

    @Test
    void callsNothingAfterUnregistered() throws Exception {
        CountingHandle handle = new CountingHandle();
        IoEventLoop loop = (IoEventLoop) loopback.group().next();
        IoRegistration registration = loop.register(handle).get();

        loop.submit(() -> {
                    registration.submit(SrtIoOps.IN); // in the queue of the ready when it is cancelled
                    registration.cancel();
                    assertThat(registration.submit(SrtIoOps.IN)).isEqualTo(-1);
                })
                .sync();
        turn(loop);

        assertThat(handle.calls).containsExactly("registered", "unregistered");
        handle.socket.close();
    }

    @Test
    void handlesAnEventThatCameBeforeTheEnd() throws Exception {
        CountingHandle handle = new CountingHandle();
        IoEventLoop loop = (IoEventLoop) loopback.group().next();
        IoRegistration registration = loop.register(handle).get();

        loop.submit(() -> {
                    registration.submit(SrtIoOps.IN);
                    registration.submit(SrtIoOps.IN); // already in the queue
                })
                .sync();
        turn(loop);

        assertThat(handle.calls).containsExactly("registered", "handle IN ");
        registration.cancel();
        handle.socket.close();
    }

    /** Returns when all that was in the loop's queue of the ready has been handled. */
    private static void turn(IoEventLoop loop) throws Exception {
        CountingHandle last = new CountingHandle();
        IoRegistration registration = loop.register(last).get();
        registration.submit(SrtIoOps.OUT);
        Await.until("the last of the queue", () -> last.calls.contains("handle OUT "));
        registration.cancel();
        last.socket.close();
    }

    /** A loop that returns how many channels it counts. */
    private static final class CountedLoop extends SingleThreadIoEventLoop {
        CountedLoop() {
            super(
                    null,
                    new ThreadPerTaskExecutor(new DefaultThreadFactory("counted", true)),
                    SrtIoHandler.newFactory());
        }

        int count() throws Exception {
            return submit(this::getNumOfRegisteredChannels).get();
        }
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static final class CountingHandle implements SrtIoHandle {
        final List<String> calls = new CopyOnWriteArrayList<>();
        final SrtSocket socket;

        CountingHandle() throws SrtException {
            socket = SrtSocket.create();
        }

        @Override
        public SrtSocket socket() {
            return socket;
        }

        @Override
        public void registered() {
            calls.add("registered");
        }

        @Override
        public void unregistered() {
            calls.add("unregistered");
        }

        @Override
        public void handle(IoRegistration registration, IoEvent event) {
            calls.add("handle " + ((SrtIoEvent) event).ops());
        }

        @Override
        public void close() {
            socket.close();
        }
    }

    private static final class LoopGuard extends ChannelInboundHandlerAdapter {
        private final List<String> elsewhere;

        LoopGuard(List<String> elsewhere) {
            this.elsewhere = elsewhere;
        }

        @Override
        public void channelRegistered(ChannelHandlerContext ctx) {
            check(ctx, "registered");
            ctx.fireChannelRegistered();
        }

        @Override
        public void channelActive(ChannelHandlerContext ctx) {
            check(ctx, "active");
            ctx.fireChannelActive();
        }

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object msg) {
            check(ctx, "read");
            ctx.fireChannelRead(ReferenceCountUtil.touch(msg));
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext ctx) {
            check(ctx, "read complete");
            ctx.fireChannelReadComplete();
        }

        @Override
        public void channelWritabilityChanged(ChannelHandlerContext ctx) {
            check(ctx, "writability");
            ctx.fireChannelWritabilityChanged();
        }

        @Override
        public void channelInactive(ChannelHandlerContext ctx) {
            check(ctx, "inactive");
            ctx.fireChannelInactive();
        }

        @Override
        public void channelUnregistered(ChannelHandlerContext ctx) {
            check(ctx, "unregistered");
            ctx.fireChannelUnregistered();
        }

        private void check(ChannelHandlerContext ctx, String what) {
            if (!ctx.channel().eventLoop().inEventLoop()) {
                elsewhere.add(what);
            }
        }
    }
}
