// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.srtnetty.channel.testing.Loopback;
import io.github.srtnetty.libsrt.SrtStatistics;
import io.github.srtnetty.testing.Await;
import io.github.srtnetty.testing.Recorder;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.buffer.UnpooledUnsafeDirectByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.WriteBufferWaterMark;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A channel that moves from one event loop to another takes all of its timers with it. */
@Tag("slow")
class SrtReregisterTest {
    private static final int MESSAGES = 200;
    private static final Duration PERIOD = Duration.ofMillis(100);

    private final Loopback loopback = new Loopback();

    @AfterEach
    void close() {
        loopback.close();
    }

    @Test
    void writesThatWaitForRoom_areSentByTheNewLoopAlone() throws Exception {
        loopback.listen(channel -> channel.pipeline().addLast(new Recorder()), b -> {
            b.option(SrtChannelOption.SRTO_RCVBUF, 64_000);
            b.option(SrtChannelOption.SRTO_FC, 64);
        });
        SrtChannel caller = loopback.connect(new ChannelInboundHandlerAdapter(), b -> {
            b.option(SrtChannelOption.SRTO_SNDBUF, 30_000);
            b.option(SrtChannelOption.SRTO_TLPKTDROP, false);
            b.option(ChannelOption.WRITE_BUFFER_WATER_MARK, new WriteBufferWaterMark(1 << 24, 1 << 25));
            b.option(ChannelOption.SO_LINGER, 0);
        });
        EventLoop first = caller.eventLoop();
        EventLoop second = other(first);
        List<String> wrong = new CopyOnWriteArrayList<>();
        CountDownLatch sent = new CountDownLatch(MESSAGES);

        first.submit(() -> caller.deregister().addListener(future -> {
                    for (int i = 0; i < MESSAGES; i++) {
                        caller.write(new WatchedBuffer(caller, second, wrong)).addListener(done -> sent.countDown());
                    }
                    caller.flush();
                    second.register(caller);
                }))
                .sync();

        assertThat(sent.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(wrong).isEmpty();
    }

    @Test
    void theSamplerFiresOnTheNewLoop() throws Exception {
        loopback.listen(channel -> {});
        List<EventLoop> loops = new CopyOnWriteArrayList<>();
        List<EventLoop> all = List.of(loopback.group().next(), loopback.group().next());
        SrtChannel caller =
                loopback.connect(sampling(() -> loops.add(all.get(all.get(0).inEventLoop() ? 0 : 1))));
        EventLoop first = caller.eventLoop();
        EventLoop second = other(first);
        Await.until("a sample", () -> loops.contains(first));

        caller.deregister().sync();
        second.register(caller).sync();
        loops.clear();

        Await.until("three samples", () -> loops.size() >= 3);
        assertThat(loops).containsOnly(second);
    }

    @Test
    void theSamplerSkipsThePeriodsThatAStallTook() throws Exception {
        loopback.listen(channel -> {});
        List<Long> times = new CopyOnWriteArrayList<>();
        SrtChannel caller = loopback.connect(sampling(() -> times.add(System.nanoTime())));
        Await.until("a sample", () -> !times.isEmpty());

        long stallEnd = caller.eventLoop()
                .submit(() -> {
                    LockSupport.parkNanos(6 * PERIOD.toNanos()); // the stall
                    return System.nanoTime();
                })
                .get();
        Await.until("later samples", () -> times.get(times.size() - 1) - stallEnd > 2 * PERIOD.toNanos());

        assertThat(times)
                .as("samples in half a period after a stall of six")
                .filteredOn(time -> time - stallEnd >= 0 && time - stallEnd < PERIOD.toNanos() / 2)
                .hasSizeLessThanOrEqualTo(2);
    }

    private SrtStatisticsSamplerAndWatcher sampling(Runnable sampled) {
        return new SrtStatisticsSamplerAndWatcher(sampled);
    }

    private EventLoop other(EventLoop loop) {
        EventLoop next = loopback.group().next();
        return next == loop ? loopback.group().next() : next;
    }

    /** Adds a sampler in front of itself, and notes its samples. */
    private static final class SrtStatisticsSamplerAndWatcher extends ChannelInboundHandlerAdapter {
        private final Runnable sampled;

        SrtStatisticsSamplerAndWatcher(Runnable sampled) {
            this.sampled = sampled;
        }

        @Override
        public void handlerAdded(ChannelHandlerContext ctx) {
            ctx.pipeline().addFirst(new SrtStatisticsSampler(PERIOD));
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
            if (event instanceof SrtStatistics) {
                sampled.run();
            }
        }
    }

    /** Notes when it is sent by another loop than the one that has the channel. */
    private static final class WatchedBuffer extends UnpooledUnsafeDirectByteBuf {
        private final SrtChannel channel;
        private final EventLoop second;
        private final List<String> wrong;

        WatchedBuffer(SrtChannel channel, EventLoop second, List<String> wrong) {
            super(UnpooledByteBufAllocator.DEFAULT, 1316, 1316);
            writeBytes(Unpooled.wrappedBuffer(new byte[1316]));
            this.channel = channel;
            this.second = second;
            this.wrong = wrong;
        }

        @Override
        public long memoryAddress() {
            if (channel != null && channel.isRegistered() && channel.eventLoop() == second && !second.inEventLoop()) {
                wrong.add("sent by " + Thread.currentThread().getName());
            }
            return super.memoryAddress();
        }
    }
}
