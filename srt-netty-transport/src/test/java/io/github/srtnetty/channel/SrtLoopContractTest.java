// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.srtnetty.channel.testing.FullChannel;
import io.github.srtnetty.channel.testing.Loopback;
import io.github.srtnetty.channel.testing.StreamMode;
import io.github.srtnetty.libsrt.SrtPoller;
import io.github.srtnetty.testing.Await;
import io.github.srtnetty.testing.ChildJvm;
import io.github.srtnetty.testing.Recorder;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.ConnectTimeoutException;
import io.netty.channel.EventLoop;
import io.netty.channel.IoEventLoopGroup;
import io.netty.channel.ManualIoEventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Loops that change, are interrupted and end. */
@Tag("slow")
class SrtLoopContractTest {
    private final Loopback loopback = new Loopback();
    private final Recorder received = new Recorder();

    @AfterEach
    void close() {
        loopback.close();
    }

    /** Several waiting threads steal each other's wake-ups. */
    @Test
    void oneThreadWaitsInLibsrt_forAllLoops() throws InterruptedException {
        try (Loopback fourLoops = new Loopback(4)) {
            Set<EventLoop> loops = ConcurrentHashMap.newKeySet();
            fourLoops.listen(channel -> loops.add(channel.eventLoop()), StreamMode::set);
            Set<String> waiting = new HashSet<>();
            for (int i = 0; i < 8; i++) {
                loops.add(fourLoops
                        .connect(new ChannelInboundHandlerAdapter(), StreamMode::set)
                        .eventLoop());
            }
            Await.until("channels on all loops", () -> loops.size() == 4);
            Await.until("a thread that waits in libsrt", () -> waiting.addAll(threadsInEpollWait()));

            assertThat(waiting).containsExactly("srt-poller");
        }
    }

    private static List<String> threadsInEpollWait() {
        return Thread.getAllStackTraces().entrySet().stream()
                .filter(thread -> Arrays.stream(thread.getValue())
                        .anyMatch(frame -> frame.getMethodName().equals("srt_epoll_uwait")))
                .map(thread -> thread.getKey().getName())
                .toList();
    }

    @Test
    void readsOnTheNextLoop_whatArrivedWhileRegisteredWithNone() throws InterruptedException {
        loopback.listen(channel -> channel.pipeline().addLast(received), StreamMode::set);
        SrtChannel caller = loopback.connect(new ChannelInboundHandlerAdapter(), StreamMode::set);
        SrtChannel accepted = loopback.accepted();
        accepted.deregister().sync();
        caller.writeAndFlush(Unpooled.wrappedBuffer(new byte[100])).sync();
        Await.until("what was sent", () -> accepted.socket().receivablePackets() > 0);
        assertThat(received.messages()).isEmpty();

        other(accepted).register(accepted).sync();

        received.awaitMessages(1);
        assertThat(accepted.isActive()).isTrue();
    }

    @Test
    void becomesInactiveOnTheNextLoop_whenThePeerClosedWhileRegisteredWithNone() throws InterruptedException {
        loopback.listen(
                channel -> channel.pipeline().addLast(received), b -> b.childOption(ChannelOption.AUTO_READ, false));
        SrtChannel caller =
                loopback.connect(new ChannelInboundHandlerAdapter(), b -> b.option(ChannelOption.SO_LINGER, 30));
        SrtChannel accepted = loopback.accepted();
        caller.writeAndFlush(Unpooled.wrappedBuffer(new byte[100])).sync();
        caller.close().sync();
        Await.until("the break", () -> accepted.socket().state().isGone());
        accepted.loop().submit(SrtIoOps.ERR); // its old loop has begun to wait for the tail
        accepted.eventLoop().submit(() -> {}).sync();

        accepted.deregister().sync();
        EventLoop next = other(accepted);
        next.register(accepted).sync();
        accepted.config().setAutoRead(true);

        received.awaitEvent("inactive");
        assertThat(received.messages()).hasSize(1);
        assertThat(accepted.eventLoop()).isSameAs(next);
    }

    @Test
    void continuesAWaitingWriteOnTheNextLoop() throws InterruptedException {
        loopback.listen(channel -> channel.pipeline().addLast(received), b -> {
            StreamMode.set(b);
            b.childOption(ChannelOption.AUTO_READ, false);
        });
        SrtChannel caller = loopback.connect(new ChannelInboundHandlerAdapter(), StreamMode::set);
        SrtChannel accepted = loopback.accepted();
        List<ChannelFuture> writes = FullChannel.fill(caller, accepted);

        caller.deregister().sync();
        accepted.config().setAutoRead(true);
        Await.until("room", () -> caller.socket().unacknowledgedPackets() == 0);
        other(caller).register(caller).sync();

        for (ChannelFuture write : writes) {
            assertThat(write.awaitUninterruptibly(20_000)).isTrue();
            assertThat(write.isSuccess()).isTrue();
        }
    }

    @Test
    void completesAConnectOnTheNextLoop_whenItEndedWhileRegisteredWithNone() throws Exception {
        try (DatagramSocket silent = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            SrtChannel caller = new SrtChannel();
            caller.config().setConnectTimeoutMillis(300);
            loopback.group().register(caller).sync();

            ChannelFuture connect = caller.eventLoop()
                    .submit(
                            () -> { // in one task, so that the time-out cannot come in between
                                ChannelFuture pending = caller.connect(silent.getLocalSocketAddress());
                                caller.deregister();
                                return pending;
                            })
                    .get();
            Await.until("off its loop", () -> !caller.isRegistered());
            Await.until("libsrt gave up", () -> caller.socket().state().isGone());
            assertThat(connect.isDone()).isFalse();
            other(caller).register(caller).sync();

            assertThat(connect.awaitUninterruptibly(20_000)).isTrue();
            assertThat(connect.cause()).isInstanceOf(ConnectTimeoutException.class);
        }
    }

    @Test
    void endsAWaitingClose_whenTheChannelIsDeregistered() throws InterruptedException {
        loopback.listen(channel -> {}, b -> {
            StreamMode.set(b);
            b.childOption(ChannelOption.AUTO_READ, false).option(SrtChannelOption.SRTO_RCVBUF, 64 * 1472);
        });
        SrtChannel caller = loopback.connect(new ChannelInboundHandlerAdapter(), StreamMode::set);
        caller.writeAndFlush(Unpooled.wrappedBuffer(new byte[1_000_000])).sync();
        ChannelFuture closing = caller.close();
        caller.eventLoop().submit(() -> {}).sync();
        assertThat(closing.isDone()).isFalse();

        caller.deregister().sync();

        assertThat(closing.awaitUninterruptibly(20_000)).isTrue();
        assertThat(caller.socket().state().isGone()).isTrue();
    }

    @Test
    void neitherSpinsNorStops_whenItsThreadIsInterrupted() throws Exception {
        EventLoop loop = loopback.group().next();
        Thread thread = loop.submit(Thread::currentThread).get();
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();

        thread.interrupt();
        loop.submit(() -> {}).get();
        long before = threads.getThreadCpuTime(thread.getId());
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(500));
        long used = threads.getThreadCpuTime(thread.getId()) - before;

        assertThat(TimeUnit.NANOSECONDS.toMillis(used)).as("CPU ms in 500 ms").isLessThan(50);
        assertThat(loop.submit(() -> "runs").get()).isEqualTo("runs");
    }

    @Test
    void closesItsChannelsAtOnce_whenItEnds() throws Exception {
        int before = SrtPoller.instance().size();
        loopback.listen(channel -> channel.pipeline().addLast(received));
        SrtChannel caller = loopback.connect(new ChannelInboundHandlerAdapter());
        SrtChannel accepted = loopback.accepted();

        loopback.group().shutdownGracefully(0, 1, TimeUnit.MINUTES);

        assertThat(loopback.group().awaitTermination(30, TimeUnit.SECONDS))
                .as("ended long before the time-out")
                .isTrue();
        for (AbstractSrtChannel channel : List.of(caller, accepted, loopback.listener())) {
            assertThat(channel.isOpen()).isFalse();
            assertThat(channel.closeFuture().isDone()).isTrue();
            assertThat(channel.socket().state().isGone()).isTrue();
        }
        assertThat(received.events()).containsExactly("registered", "active", "inactive", "unregistered");
        assertThat(SrtPoller.instance().size()).isLessThanOrEqualTo(before); // others may go meanwhile
    }

    @Test
    void aSecondGroupWorks_whenTheFirstHasEnded() throws InterruptedException {
        IoEventLoopGroup first = new MultiThreadIoEventLoopGroup(1, SrtIoHandler.newFactory());
        first.next().submit(() -> {}).sync();
        first.shutdownGracefully(0, 1, TimeUnit.SECONDS).sync();

        loopback.listen(channel -> channel.pipeline().addLast(received));
        loopback.connect(new ChannelInboundHandlerAdapter())
                .writeAndFlush(Unpooled.wrappedBuffer(new byte[10]))
                .sync();

        received.awaitMessages(1);
    }

    @Test
    void rejectsATask_afterItsEnd() throws InterruptedException {
        IoEventLoopGroup group = new MultiThreadIoEventLoopGroup(1, SrtIoHandler.newFactory());
        EventLoop loop = group.next();
        loop.submit(() -> {}).sync();
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).sync();

        for (int i = 0; i < 10; i++) {
            assertThatThrownBy(() -> loop.execute(() -> {})).isInstanceOf(RejectedExecutionException.class);
        }
    }

    @Test
    void runsChannelsOnALoopThatTheProgramRunsItself() {
        loopback.listen(channel -> channel.pipeline().addLast(received));
        ManualIoEventLoop loop = new ManualIoEventLoop(Thread.currentThread(), SrtIoHandler.newFactory());
        ChannelFuture connect = new Bootstrap()
                .group(loop)
                .channel(SrtChannel.class)
                .handler(new ChannelInboundHandlerAdapter())
                .connect(loopback.address());
        runUntilDone(loop, connect);

        runUntilDone(loop, connect.channel().writeAndFlush(Unpooled.wrappedBuffer(new byte[10])));
        received.awaitMessages(1);
        runUntilDone(loop, connect.channel().close());

        loop.shutdownGracefully(0, 1, TimeUnit.SECONDS);
        while (!loop.isTerminated()) {
            loop.run(1_000_000);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"exit", "return"})
    void theJvmExitsCleanly_withLiveConnections(String how) throws Exception {
        ChildJvm.Result result = ChildJvm.run(LiveExitProgram.class, how);
        assertThat(result.exitCode()).as(result.output()).isZero();
        assertThat(LiveExitProgram.linesOf(result)).containsExactly("live");
    }

    private static void runUntilDone(ManualIoEventLoop loop, ChannelFuture future) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!future.isDone() && System.nanoTime() - deadline < 0) {
            loop.run(TimeUnit.MILLISECONDS.toNanos(10));
        }
        assertThat(future.isSuccess()).isTrue();
    }

    private EventLoop other(SrtChannel channel) {
        EventLoop loop = loopback.group().next();
        return loop == channel.eventLoop() ? loopback.group().next() : loop;
    }
}
