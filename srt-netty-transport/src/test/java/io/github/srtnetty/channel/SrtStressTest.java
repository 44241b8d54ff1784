// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.srtnetty.channel.testing.Loopback;
import io.github.srtnetty.channel.testing.StreamMode;
import io.github.srtnetty.libsrt.SrtException;
import io.github.srtnetty.libsrt.SrtPoller;
import io.github.srtnetty.testing.Await;
import io.github.srtnetty.testing.ThrowingBuffer;
import io.github.srtnetty.testing.ThrowingRegion;
import io.netty.bootstrap.AbstractBootstrap;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.ReferenceCounted;
import java.time.Duration;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Many connections on three loops that do all that applications do wrong; afterwards nothing is left of any. */
@Tag("slow")
class SrtStressTest {
    private static final int CONNECTIONS = Integer.getInteger("srt.test.stress", 250);
    private static final int AT_ONCE = 16;
    private static final int LONGEST_MILLIS = 30;
    private static final Duration END = Duration.ofSeconds(60);

    private enum CallerAct {
        CANCEL,
        CLOSE_WHEN_ACTIVE,
        MOVE,
        THROWING_WRITE,
        FILL,
        PLAIN
    }

    private enum ChildAct {
        THROW_IN_INIT,
        CLOSE_WHEN_ACTIVE,
        CLOSE_WHEN_READ,
        THROWING_ALLOCATOR,
        TOGGLE_AUTO_READ,
        NEVER_READ,
        ECHO
    }

    private final long seed = Long.getLong("srt.test.seed", System.nanoTime());
    private final Queue<Watcher> watchers = new ConcurrentLinkedQueue<>();
    private final Queue<ChannelFuture> futures = new ConcurrentLinkedQueue<>();
    private final Queue<ReferenceCounted> buffers = new ConcurrentLinkedQueue<>();
    private final AtomicInteger numbers = new AtomicInteger();
    private boolean stream;

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    @Timeout(300)
    void nothingIsLeft_whateverApplicationsDo(boolean inStreamMode) throws Exception {
        System.err.println("stress, stream mode " + inStreamMode + ": -Dsrt.test.seed=" + seed);
        stream = inStreamMode;
        int before = SrtPoller.instance().size();
        Semaphore free = new Semaphore(AT_ONCE);
        try (Loopback loopback = new Loopback(3)) {
            loopback.listen(this::initChild, b -> set(b.childOption(ChannelOption.SO_LINGER, 0)));
            for (int i = 0; i < CONNECTIONS; i++) {
                assertThat(free.tryAcquire(60, TimeUnit.SECONDS)).isTrue();
                call(loopback, new Random(seed + i)).closeFuture().addListener(closed -> free.release());
            }
            assertThat(free.tryAcquire(AT_ONCE, 60, TimeUnit.SECONDS))
                    .as("all callers have closed")
                    .isTrue();
            watchers.forEach(watcher -> watcher.channel.close());
            assertNothingIsLeft();
            loopback.listener().close().sync();
            Await.until("all left the poller", END, () -> pollerSize() <= before);
        }
    }

    private void assertNothingIsLeft() {
        for (Watcher watcher : watchers) {
            assertThat(watcher.channel.closeFuture().awaitUninterruptibly(END.toMillis()))
                    .as("%s has closed", watcher)
                    .isTrue();
            Await.until(watcher + " is unregistered", END, () -> !watcher.channel.isRegistered());
            Await.until(watcher + " became inactive", END, () -> watcher.active.get() <= watcher.inactive.get());
            assertThat(watcher.active.get()).as("%s", watcher).isLessThanOrEqualTo(1);
            assertThat(watcher.inactive.get()).as("%s", watcher).isLessThanOrEqualTo(1);
        }
        for (ChannelFuture future : futures) {
            assertThat(future.awaitUninterruptibly(END.toMillis()))
                    .as("%s is done", future)
                    .isTrue();
        }
        Await.until("all buffers are released", END, () -> buffers.stream().allMatch(buf -> buf.refCnt() == 0));
    }

    private Channel call(Loopback loopback, Random random) {
        CallerAct act = any(CallerAct.values(), random);
        Bootstrap bootstrap = loopback.caller(
                new ChannelInitializer<SrtChannel>() {
                    @Override
                    protected void initChannel(SrtChannel channel) {
                        channel.pipeline().addLast(new Watcher(channel, act));
                        if (act == CallerAct.CLOSE_WHEN_ACTIVE) {
                            channel.pipeline().addLast(new CloseWhenActive());
                        }
                    }
                },
                b -> set(b.option(ChannelOption.SO_LINGER, random.nextInt(2))));
        ChannelFuture connect = bootstrap.connect(loopback.address());
        futures.add(connect);
        if (act == CallerAct.CANCEL) {
            connect.cancel(false);
        }
        connect.addListener(done -> {
            if (done.isSuccess()) {
                act((SrtChannel) connect.channel(), act, random, loopback);
            } else {
                connect.channel().close(); // a cancelled one that had not begun stays open
            }
        });
        return connect.channel();
    }

    private void act(SrtChannel channel, CallerAct act, Random random, Loopback loopback) {
        write(channel, random);
        switch (act) {
            case THROWING_WRITE -> writeThrowing(channel, random);
            case FILL -> fill(channel);
            case MOVE -> {
                move(channel, random, loopback.group().next());
                return;
            }
            default -> {}
        }
        closeSoon(channel, random);
    }

    private void move(SrtChannel channel, Random random, EventLoop next) {
        channel.deregister().addListener(left -> {
            fill(channel); // on no loop: it waits
            next.register(channel).addListener(joined -> {
                write(channel, random);
                closeSoon(channel, random);
            });
        });
    }

    private static void closeSoon(SrtChannel channel, Random random) {
        int millis = random.nextInt(LONGEST_MILLIS);
        channel.eventLoop().schedule(() -> channel.close(), millis, TimeUnit.MILLISECONDS);
    }

    private void write(Channel channel, Random random) {
        for (int i = random.nextInt(5); i >= 0; i--) {
            futures.add(channel.write(kept(channel.alloc().buffer(1000).writeZero(1 + random.nextInt(1000)))));
        }
        channel.flush();
    }

    private void fill(Channel channel) {
        for (int i = 0; i < 200; i++) {
            int bytes = stream ? 50_000 : 1316;
            futures.add(channel.write(kept(channel.alloc().directBuffer(bytes).writeZero(bytes))));
        }
        channel.flush();
    }

    private void writeThrowing(Channel channel, Random random) {
        Throwable failure = random.nextBoolean() ? new IllegalStateException("on purpose") : new OutOfMemoryError();
        boolean region = stream && random.nextBoolean();
        Object message = region ? new ThrowingRegion(failure) : new ThrowingBuffer(100, failure);
        buffers.add((ReferenceCounted) message);
        futures.add(channel.writeAndFlush(message));
        write(channel, random);
    }

    private ByteBuf kept(ByteBuf buf) {
        buffers.add(buf);
        return buf;
    }

    private void initChild(Channel channel) {
        Random random = new Random(seed ^ numbers.incrementAndGet());
        ChildAct act = any(ChildAct.values(), random);
        channel.pipeline().addLast(new Watcher(channel, act));
        switch (act) {
            case THROW_IN_INIT -> throw new IllegalStateException("on purpose");
            case CLOSE_WHEN_ACTIVE -> channel.pipeline().addLast(new CloseWhenActive());
            case THROWING_ALLOCATOR ->
                channel.config()
                        .setRecvByteBufAllocator(new ThrowingAllocator(
                                any(ThrowingAllocator.Call.values(), random), new IllegalStateException("on purpose")));
            case NEVER_READ -> channel.config().setAutoRead(false);
            default -> {}
        }
        channel.pipeline().addLast(new ChildHandler(act));
    }

    private void set(AbstractBootstrap<?, ?> bootstrap) {
        bootstrap.option(SrtChannelOption.SRTO_LATENCY, 20);
        if (stream) {
            StreamMode.set(bootstrap);
        }
    }

    private static <T> T any(T[] values, Random random) {
        return values[random.nextInt(values.length)];
    }

    private static int pollerSize() {
        try {
            return SrtPoller.instance().size();
        } catch (SrtException e) {
            throw new AssertionError(e);
        }
    }

    /** Counts what must happen once, and drops failures. */
    private final class Watcher extends ChannelInboundHandlerAdapter {
        final Channel channel;
        final AtomicInteger active = new AtomicInteger();
        final AtomicInteger inactive = new AtomicInteger();
        private final Enum<?> act;

        Watcher(Channel channel, Enum<?> act) {
            this.channel = channel;
            this.act = act;
            watchers.add(this);
        }

        @Override
        public void channelActive(ChannelHandlerContext ctx) {
            active.incrementAndGet();
            ctx.fireChannelActive();
        }

        @Override
        public void channelInactive(ChannelHandlerContext ctx) {
            inactive.incrementAndGet();
            ctx.fireChannelInactive();
        }

        @Override
        public String toString() {
            return act + " " + channel + " active " + active + ", inactive " + inactive;
        }
    }

    private static final class CloseWhenActive extends ChannelInboundHandlerAdapter {
        @Override
        public void channelActive(ChannelHandlerContext ctx) {
            ctx.close();
            ctx.fireChannelActive();
        }
    }

    private final class ChildHandler extends ChannelInboundHandlerAdapter {
        private final ChildAct act;

        ChildHandler(ChildAct act) {
            this.act = act;
        }

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            switch (act) {
                case CLOSE_WHEN_READ -> ctx.close();
                case TOGGLE_AUTO_READ -> {
                    ctx.channel().config().setAutoRead(false);
                    ctx.executor().schedule(() -> ctx.channel().config().setAutoRead(true), 1, TimeUnit.MILLISECONDS);
                }
                case ECHO -> {
                    futures.add(ctx.writeAndFlush(message));
                    return;
                }
                default -> {}
            }
            ReferenceCountUtil.release(message);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            // on purpose
        }
    }
}
