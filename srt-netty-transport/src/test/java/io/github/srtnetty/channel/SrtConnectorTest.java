// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.srtnetty.channel.testing.Loopback;
import io.github.srtnetty.libsrt.SrtSocketState;
import io.github.srtnetty.testing.Await;
import io.github.srtnetty.testing.Recorder;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.DefaultChannelPromise;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ImmediateEventExecutor;
import java.net.ConnectException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The end of a connect, where it is not the usual one. */
class SrtConnectorTest {
    private static final int CONNECTS = 60;
    private static final int TIMEOUT_MILLIS = 3000;
    /** What the connector adds to it. */
    private static final int GRACE_MILLIS = 2000;

    private final Loopback loopback = new Loopback();
    private final Recorder recorder = new Recorder();

    @AfterEach
    void close() {
        loopback.close();
    }

    /**
     * Between two of libsrt's steps the state reads BROKEN: a thread that looks all the time sees it in every third
     * connect.
     */
    @Test
    void isReportedOnlyOnceTheConnectionIsUp_howeverOftenTheStateIsAsked() {
        loopback.listen(channel -> {});
        AtomicInteger early = new AtomicInteger();

        for (int i = 0; i < CONNECTS; i++) {
            ChannelFuture connect = loopback.tryConnect(new ChannelInboundHandlerAdapter(), b -> {});
            connect.addListener((ChannelFutureListener) future -> {
                if (((SrtChannel) future.channel()).socket().state() != SrtSocketState.CONNECTED) {
                    early.incrementAndGet();
                }
            });
            askAllTheTime(connect);
            connect.syncUninterruptibly();
            ((SrtChannel) connect.channel()).config().setSoLinger(0);
            connect.channel().close().syncUninterruptibly();
        }

        assertThat(early).hasValue(0);
    }

    @Test
    void fails_whenTheChannelCannotBecomeActive() throws Exception {
        loopback.listen(channel -> {});
        IllegalStateException failure = new IllegalStateException("on purpose");
        SrtChannel channel = registered();
        SrtConnector connector = new SrtConnector(
                NativeSocket.of(channel.socket()),
                channel.loop(),
                channel.pipeline(),
                new CloseReasonTracker(),
                remote -> {
                    throw failure;
                },
                channel::closeNow);
        ChannelPromise promise = channel.newPromise();
        onLoop(channel, () -> {
            connector.connect(loopback.address(), 0, promise);
            return null;
        });
        Await.until("connected", () -> channel.socket().state() == SrtSocketState.CONNECTED);

        onLoop(channel, () -> {
            connector.finish();
            return null;
        });

        assertThat(promise.awaitUninterruptibly().cause()).isSameAs(failure);
        assertThat(channel.closeFuture().awaitUninterruptibly(20_000)).isTrue();
        recorder.awaitEvent("unregistered");
        assertThat(recorder.events()).containsExactly("registered", "unregistered");
    }

    @Test
    void closesTheChannel_whenThePromiseThrows() throws Exception {
        loopback.listen(channel -> {});
        SrtChannel channel = registered();

        channel.connect(loopback.address(), new DefaultChannelPromise(channel) {
            @Override
            public boolean trySuccess() {
                throw new IllegalStateException("on purpose");
            }
        });

        assertThat(channel.closeFuture().awaitUninterruptibly(20_000)).isTrue();
        recorder.awaitEvent("unregistered");
        assertThat(recorder.events()).containsExactly("registered", "active", "inactive", "unregistered");
    }

    @Test
    void closesTheSocket_whenThePromiseThrowsOnClose() throws Exception {
        try (DatagramSocket silent = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            SrtChannel channel = registered();
            channel.connect(silent.getLocalSocketAddress(), new DefaultChannelPromise(channel) {
                @Override
                public boolean tryFailure(Throwable cause) {
                    throw new IllegalStateException("on purpose");
                }
            });

            channel.close().awaitUninterruptibly();

            assertThat(channel.closeFuture().awaitUninterruptibly(20_000)).isTrue();
            assertThat(channel.socket().state().isGone()).isTrue();
            recorder.awaitEvent("unregistered");
        }
    }

    @Test
    void canBeCancelledOnAnotherThread_byAPromiseOfThatThread() throws Exception {
        try (DatagramSocket silent = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            SrtChannel channel = registered();
            ChannelPromise promise = new DefaultChannelPromise(channel, ImmediateEventExecutor.INSTANCE);
            channel.connect(silent.getLocalSocketAddress(), promise);
            Await.until("connecting", () -> channel.socket().state() == SrtSocketState.CONNECTING);
            channel.eventLoop().submit(() -> {}).sync(); // the listener of the promise is there

            assertThat(promise.cancel(false)).isTrue();

            assertThat(channel.closeFuture().awaitUninterruptibly(20_000)).isTrue();
            recorder.awaitEvent("unregistered");
        }
    }

    @Tag("slow")
    @Test
    void fails_whenTheSocketIsClosed() throws Exception {
        try (DatagramSocket silent = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            SrtChannel channel = registered();
            ChannelFuture connect = channel.connect(silent.getLocalSocketAddress());
            Await.until("connecting", () -> channel.socket().state() == SrtSocketState.CONNECTING);

            channel.socket().close(); // by code that has it; the poller's sweep finds it

            assertThat(connect.awaitUninterruptibly().cause()).isInstanceOf(ConnectException.class);
            assertThat(channel.closeFuture().awaitUninterruptibly(20_000)).isTrue();
            assertThat(recorder.events()).doesNotContain("active");
        }
    }

    @Tag("slow")
    @Test
    void itsTimeOutMovesWithTheChannel_andEndsWithTheConnect() throws Exception {
        loopback.listen(channel -> {});
        EventLoop first = loopback.group().next();
        EventLoop second = loopback.group().next();
        SrtChannel channel = new SrtChannel();
        channel.pipeline().addLast(recorder);
        channel.config().setConnectTimeoutMillis(TIMEOUT_MILLIS);
        first.register(channel).sync();
        ChannelPromise promise = channel.newPromise();

        first.submit(() -> channel.deregister().addListener(future -> {
                    channel.connect(loopback.address(), promise);
                    second.register(channel);
                }))
                .sync();

        assertThat(promise.awaitUninterruptibly(20_000)).isTrue();
        assertThat(promise.isSuccess()).isTrue();
        assertThat(channel.closeFuture().await(TIMEOUT_MILLIS + GRACE_MILLIS + 500))
                .as("closed by a time-out that was left behind")
                .isFalse();
        assertThat(channel.isActive()).isTrue();
    }

    @Test
    void timesOut_alsoOnTheLoopThatItHasMovedTo() throws Exception {
        try (DatagramSocket silent = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            EventLoop first = loopback.group().next();
            EventLoop second = loopback.group().next();
            SrtChannel channel = new SrtChannel();
            channel.pipeline().addLast(recorder);
            channel.config().setConnectTimeoutMillis(300);
            first.register(channel).sync();
            ChannelPromise promise = channel.newPromise();
            channel.connect(silent.getLocalSocketAddress(), promise);
            channel.deregister().sync();
            second.register(channel).sync();

            assertThat(promise.awaitUninterruptibly().cause()).isInstanceOf(ConnectException.class);
            assertThat(channel.closeFuture().awaitUninterruptibly(20_000)).isTrue();
        }
    }

    private static void askAllTheTime(ChannelFuture connect) {
        SrtChannel.SrtUnsafe unsafe = (SrtChannel.SrtUnsafe) connect.channel().unsafe();
        SrtIoEvent broken = new SrtIoEvent().with(SrtIoOps.ERR.bits());
        connect.channel().eventLoop().execute(() -> {
            for (int i = 0; i < 1000 && !connect.isDone(); i++) {
                unsafe.handle(null, broken);
            }
            if (!connect.isDone()) {
                askAllTheTime(connect);
            }
        });
    }

    private SrtChannel registered() throws InterruptedException {
        SrtChannel channel = new SrtChannel();
        channel.pipeline().addLast(recorder);
        channel.config().setConnectTimeoutMillis(60_000);
        loopback.group().register(channel).sync();
        return channel;
    }

    private static void onLoop(SrtChannel channel, Callable<?> task) throws Exception {
        channel.eventLoop().submit(task).get();
    }
}
