// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.srtnetty.channel.testing.Loopback;
import io.github.srtnetty.channel.testing.StreamMode;
import io.github.srtnetty.libsrt.SrtSocketState;
import io.github.srtnetty.testing.Await;
import io.github.srtnetty.testing.Recorder;
import io.github.srtnetty.testing.TestSecrets;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.ConnectTimeoutException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ConnectionPendingException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How a channel connects and becomes active, and what its addresses are. */
class SrtConnectContractTest {
    private final Loopback loopback = new Loopback();
    private final Recorder received = new Recorder();
    private final DatagramSocket silent;

    SrtConnectContractTest() throws SocketException {
        silent = new DatagramSocket(0, InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void close() {
        silent.close();
        loopback.close();
    }

    @Test
    void becomesActiveOnce_afterItsConnectSucceeded() throws InterruptedException {
        loopback.listen(channel -> {});
        List<String> order = new CopyOnWriteArrayList<>();
        SrtChannel caller = new SrtChannel();
        caller.pipeline().addLast(new ChannelInboundHandlerAdapter() {
            @Override
            public void channelActive(ChannelHandlerContext ctx) {
                order.add("active");
            }
        });
        loopback.group().register(caller).sync();
        ChannelPromise promise = caller.newPromise();
        promise.addListener(future -> order.add("connected " + future.isSuccess()));

        caller.connect(loopback.address(), promise).sync();
        caller.close().sync();

        assertThat(order).containsExactly("connected true", "active");
    }

    @Test
    void becomesInactiveOnce_afterAllReadsAndBeforeUnregistered() throws InterruptedException {
        loopback.listen(channel -> channel.pipeline().addLast(received), StreamMode::set);
        SrtChannel caller = loopback.connect(new ChannelInboundHandlerAdapter(), StreamMode::set);
        caller.writeAndFlush(Unpooled.wrappedBuffer(new byte[100_000])).sync();

        caller.close().sync();

        received.awaitEvent("unregistered");
        assertThat(received.events()).containsExactly("registered", "active", "inactive", "unregistered");
        assertThat(received.messages().stream().mapToInt(bytes -> bytes.length).sum())
                .isEqualTo(100_000);
    }

    /** libsrt takes a connection away that its peer has closed; newer versions do so within milliseconds. */
    @Tag("slow")
    @Test
    void becomesActiveAndInactive_whenThePeerClosedWhileTheLoopWasBusy() throws InterruptedException {
        loopback.listen(channel -> channel.pipeline().addLast(new ChannelInboundHandlerAdapter() {
            @Override
            public void channelActive(ChannelHandlerContext ctx) {
                ctx.close();
            }
        }));
        ChannelOutboundHandlerAdapter busy = new ChannelOutboundHandlerAdapter() {
            @Override
            public void connect(
                    ChannelHandlerContext ctx, SocketAddress remote, SocketAddress local, ChannelPromise promise) {
                ctx.connect(remote, local, promise);
                SrtChannel channel = (SrtChannel) ctx.channel();
                Await.until("the socket is taken away", () -> channel.socket().state() == SrtSocketState.NONEXIST);
            }
        };
        SrtChannel caller = new SrtChannel();
        caller.pipeline().addLast(busy, received);
        loopback.group().register(caller).sync();

        ChannelFuture connect = caller.connect(loopback.address()).sync();

        assertThat(connect.isSuccess()).isTrue();
        assertThat(caller.closeFuture().awaitUninterruptibly(20_000)).isTrue();
        received.awaitEvent("unregistered");
        assertThat(received.events()).containsExactly("registered", "active", "inactive", "unregistered");
    }

    @Test
    void doesNotBecomeInactive_whenItNeverWasActive() throws InterruptedException {
        ChannelFuture connect = loopback.caller(received, b -> {}).connect(silent.getLocalSocketAddress());
        Loopback.awaitHandshake(silent);

        connect.channel().close().sync();

        received.awaitEvent("unregistered");
        assertThat(received.events()).containsExactly("registered", "unregistered");
    }

    @Test
    void failsTheConnect_whenItIsRejected() {
        loopback.listen(channel -> {}, b -> b.option(SrtChannelOption.SRTO_PASSPHRASE, TestSecrets.PASSPHRASE));

        ChannelFuture connect = loopback.tryConnect(
                received, b -> b.option(SrtChannelOption.SRTO_PASSPHRASE, TestSecrets.WRONG_PASSPHRASE));

        assertThat(connect.awaitUninterruptibly().cause()).isInstanceOf(SrtRejectedException.class);
        assertThat(connect.channel().closeFuture().awaitUninterruptibly(20_000)).isTrue();
    }

    @Test
    void failsTheConnect_whenItTimesOut() {
        ChannelFuture connect = loopback.caller(received, b -> b.option(ChannelOption.CONNECT_TIMEOUT_MILLIS, 100))
                .connect(silent.getLocalSocketAddress());

        assertThat(connect.awaitUninterruptibly().cause()).isInstanceOf(ConnectTimeoutException.class);
        assertThat(connect.channel().closeFuture().awaitUninterruptibly(20_000)).isTrue();
    }

    @Test
    void closesTheChannel_whenTheConnectIsCancelled() {
        ChannelFuture connect = loopback.caller(received, b -> {}).connect(silent.getLocalSocketAddress());

        assertThat(connect.cancel(false)).isTrue();

        assertThat(connect.channel().closeFuture().awaitUninterruptibly(20_000)).isTrue();
        assertThat(connect.isCancelled()).isTrue();
    }

    @Test
    void failsThePendingConnect_whenTheChannelIsClosed() {
        ChannelFuture connect = loopback.caller(received, b -> {}).connect(silent.getLocalSocketAddress());
        Loopback.awaitHandshake(silent);

        assertThat(connect.channel().close().awaitUninterruptibly().isSuccess()).isTrue();

        assertThat(connect.awaitUninterruptibly().cause()).isInstanceOf(ClosedChannelException.class);
    }

    @Test
    void failsThePendingConnect_whenTheLoopEnds() {
        ChannelFuture connect = loopback.caller(received, b -> {}).connect(silent.getLocalSocketAddress());
        Loopback.awaitHandshake(silent);

        loopback.group().shutdownGracefully(0, 10, TimeUnit.SECONDS).awaitUninterruptibly();

        assertThat(connect.isDone()).isTrue();
        assertThat(connect.cause()).isInstanceOf(ClosedChannelException.class);
    }

    @Test
    void rejectsASecondConnect_whileOneIsPending() throws InterruptedException {
        SrtChannel caller = new SrtChannel();
        caller.config().setConnectTimeoutMillis(60_000);
        loopback.group().register(caller).sync();
        ChannelFuture first = caller.connect(silent.getLocalSocketAddress());

        ChannelFuture second = caller.connect(silent.getLocalSocketAddress());

        assertThat(second.awaitUninterruptibly().cause()).isInstanceOf(ConnectionPendingException.class);
        assertThat(first.isDone()).isFalse();
        assertThat(caller.isOpen()).isTrue();
        caller.close().sync();
    }

    @Test
    void hasNoAddressesBeforeTheConnect_andKeepsThemAfterTheClose() throws InterruptedException {
        loopback.listen(channel -> {});
        SrtChannel caller = new SrtChannel();
        loopback.group().register(caller).sync();
        assertThat(caller.localAddress()).isNull();
        assertThat(caller.remoteAddress()).isNull();

        caller.connect(loopback.address()).sync();
        SrtChannel accepted = loopback.accepted();
        InetSocketAddress local = caller.localAddress();
        assertThat(caller.remoteAddress()).isEqualTo(loopback.address());
        assertThat(accepted.localAddress()).isEqualTo(loopback.address());
        assertThat(accepted.remoteAddress()).isEqualTo(local);
        caller.close().sync();
        accepted.closeFuture().sync();

        assertThat(caller.localAddress()).isEqualTo(local);
        assertThat(caller.remoteAddress()).isEqualTo(loopback.address());
        assertThat(accepted.remoteAddress()).isEqualTo(local);
    }

    @Test
    void aListenerHasALocalAddressAndNoPeer() throws InterruptedException {
        loopback.listen(channel -> {});

        assertThat(loopback.address().getPort()).isPositive();
        assertThat(loopback.listener().remoteAddress()).isNull();
        InetSocketAddress before = loopback.address();
        loopback.listener().close().sync();
        assertThat(loopback.address()).isEqualTo(before);
    }

    @Test
    void returnsItsValues_afterTheClose() throws InterruptedException {
        loopback.listen(channel -> {});
        SrtChannel caller = loopback.connect(new ChannelInboundHandlerAdapter());
        caller.writeAndFlush(Unpooled.wrappedBuffer(new byte[100])).sync();

        caller.close().sync();

        assertThat(caller.statistics()).isNotNull();
        assertThat(caller.config().getOptions()).isNotEmpty();
        assertThat(caller.isWritable()).isFalse();
        assertThat(caller.toString()).contains("! R:");
    }
}
