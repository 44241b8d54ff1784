// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.srtnetty.channel.testing.Loopback;
import io.github.srtnetty.channel.testing.StreamMode;
import io.github.srtnetty.testing.Await;
import io.github.srtnetty.testing.Pacer;
import io.github.srtnetty.testing.Recorder;
import io.netty.bootstrap.AbstractBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A connection that brings much is read a little later, all at once; nothing is lost or left behind by that. */
class SrtGatheringTest {
    private static final long WINDOW = TimeUnit.MILLISECONDS.toNanos(SrtGathering.PAUSE_MILLIS);
    /** 100 Mbit/s: twice what is fast. */
    private static final int FAST = 2 * SrtGathering.FAST_MESSAGES;

    private final Loopback loopback = new Loopback();
    private final AtomicInteger resumed = new AtomicInteger();

    @AfterEach
    void close() {
        loopback.close();
    }

    @Test
    void aFastConnectionPauses_onceItIsEmpty() throws Exception {
        onLoop(connected(bootstrap -> {}), gathering -> {
            receive(gathering, SrtGathering.FAST_MESSAGES);
            gathering.emptied(WINDOW - 1);
            assertThat(gathering.isPausing()).as("before a window is over").isFalse();
            gathering.emptied(WINDOW);
            assertThat(gathering.isPausing()).isTrue();
        });
        Await.until("resumed", () -> resumed.get() == 1);
    }

    @Test
    void aSlowConnectionDoesNot() throws Exception {
        onLoop(connected(bootstrap -> {}), gathering -> {
            receive(gathering, SrtGathering.FAST_MESSAGES - 1);
            gathering.emptied(WINDOW);
            assertThat(gathering.isPausing()).isFalse();
            receive(gathering, 50 * SrtGathering.FAST_MESSAGES - 1);
            gathering.emptied(51 * WINDOW);
            assertThat(gathering.isPausing()).as("a burst after a silence").isFalse();
        });
    }

    @Test
    void aLowLatencyDoesNot() throws Exception {
        onLoop(connected(bootstrap -> bootstrap.option(SrtChannelOption.SRTO_LATENCY, 19)), gathering -> {
            receive(gathering, 1000);
            gathering.emptied(WINDOW);
            assertThat(gathering.isPausing()).isFalse();
        });
    }

    @Test
    void aFastStreamPauses_whereNobodyWaitsForAnAnswer() throws Exception {
        SrtChannel channel = connected(StreamMode::set);
        assertThat(pauses(channel, SrtGathering.FAST_BYTES, System::nanoTime)).isTrue();
        Await.until("resumed", () -> resumed.get() == 1);
        assertThat(pauses(channel, SrtGathering.FAST_BYTES - 1, System::nanoTime))
                .isFalse();
        channel.writeAndFlush(Unpooled.wrappedBuffer(new byte[1])).sync();
        assertThat(pauses(channel, SrtGathering.FAST_BYTES, channel::lastSendNanos))
                .as("after it answered")
                .isFalse();
    }

    @Test
    void aFastStreamWithASmallBufferDoesNot() throws Exception {
        SrtChannel channel = connected(bootstrap -> {
            StreamMode.set(bootstrap);
            bootstrap.option(SrtChannelOption.SRTO_RCVBUF, SrtGathering.LEAST_BUFFER_BYTES / 2);
        });
        assertThat(pauses(channel, 1000 * SrtGathering.FAST_BYTES, System::nanoTime))
                .isFalse();
    }

    @Test
    void aPauseEndsWithTheStayOnTheLoop() throws Exception {
        onLoop(connected(bootstrap -> {}), gathering -> {
            receive(gathering, 1000);
            gathering.emptied(WINDOW);
            assertThat(gathering.isPausing()).isTrue();
            gathering.stop();
            assertThat(gathering.isPausing()).isFalse();
        });
        assertThat(resumed).hasValue(0);
    }

    @Test
    void asksForMore_onceHalfAsManyCameAsTheLastTime() {
        SrtChannel channel = new SrtChannel();
        SrtGathering gathering = new SrtGathering(channel, () -> {}, 0);
        assertThat(gathering.received(Pacer.MESSAGE_BYTES))
                .as("the first of all")
                .isTrue();
        receive(gathering, 9);
        gathering.emptied(1);
        for (int i = 1; i <= 10; i++) {
            assertThat(gathering.received(Pacer.MESSAGE_BYTES))
                    .as("message %s after ten", i)
                    .isEqualTo(i > 5);
        }
        channel.unsafe().closeForcibly();
    }

    @Test
    void aFastStreamArrivesWhole_inOrder_andInFewTurns() throws Exception {
        Numbers numbers = new Numbers();
        SrtChannel caller = fastTo(numbers);
        new Pacer(caller, 10_000, FAST).start().await();

        Await.until("all", Duration.ofSeconds(20), () -> numbers.next == 10_000);
        assertThat(numbers.wrong).as("out of order").isZero();
        assertThat(numbers.pauses).as("looks that found it pausing").isPositive();

        caller.close().sync(); // what comes after a pause is told again
        Await.until("the end", () -> !numbers.active);
    }

    @Test
    void aSingleMessageAfterAFastStreamArrives() throws Exception {
        Numbers numbers = new Numbers();
        SrtChannel caller = fastTo(numbers);
        for (int round = 1; round <= 10; round++) {
            new Pacer(caller, 400, FAST).start().await();
            int wanted = 400 * round;
            Await.until("round " + round, () -> numbers.count == wanted);
        }
        assertThat(numbers.active).isTrue();
    }

    @Test
    void whatComesInAPauseWaits_whileAutoReadIsOff() throws Exception {
        Recorder received = new Recorder();
        SrtChannel caller = fastTo(new StopsReading(), received);
        SrtChannel accepted = loopback.accepted();
        new Pacer(caller, 4_000, FAST).start().await();
        Await.until("auto-read is off", () -> !accepted.config().isAutoRead());
        Await.until("libsrt has the rest", () -> accepted.socket().receivablePackets() > 0);
        accepted.config().setAutoRead(true);
        received.awaitMessages(4_000);
        assertThat(received.failures()).isEmpty();
    }

    /** Returns a caller of a listener that reads with these handlers; what comes too late is not dropped. */
    private SrtChannel fastTo(ChannelHandler... handlers) {
        loopback.listen(
                channel -> channel.pipeline().addLast(handlers), b -> b.option(SrtChannelOption.SRTO_TLPKTDROP, false));
        return loopback.connect(
                new ChannelInboundHandlerAdapter(), b -> b.option(SrtChannelOption.SRTO_TLPKTDROP, false));
    }

    private SrtChannel connected(Consumer<AbstractBootstrap<?, ?>> options) {
        loopback.listen(channel -> {}, options::accept);
        return loopback.connect(new ChannelInboundHandlerAdapter(), options::accept);
    }

    private void onLoop(SrtChannel channel, Consumer<SrtGathering> test)
            throws InterruptedException, ExecutionException {
        channel.eventLoop()
                .submit(() -> test.accept(new SrtGathering(channel, resumed::incrementAndGet, 0)))
                .get();
    }

    /** Returns whether it pauses after so many bytes in a window; the loop asks when that begins. */
    private boolean pauses(SrtChannel channel, int bytes, LongSupplier clock)
            throws InterruptedException, ExecutionException {
        return channel.eventLoop()
                .submit(() -> {
                    long start = clock.getAsLong();
                    SrtGathering gathering = new SrtGathering(channel, resumed::incrementAndGet, start);
                    gathering.received(bytes);
                    gathering.emptied(start + WINDOW);
                    return gathering.isPausing();
                })
                .get();
    }

    private static void receive(SrtGathering gathering, int count) {
        for (int i = 0; i < count; i++) {
            gathering.received(Pacer.MESSAGE_BYTES);
        }
    }

    private static boolean isPausing(ChannelHandlerContext ctx) {
        return ((SrtIoHandle) ctx.channel().unsafe()).quietEvents() != 0;
    }

    /** Switches auto-read off once, in the first pause after 1000 messages; after 3000 even if there was none. */
    private static final class StopsReading extends ChannelInboundHandlerAdapter {
        private int count;
        private boolean stopped;

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object msg) {
            count++;
            ctx.fireChannelRead(msg);
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext ctx) {
            if (!stopped && count >= (isPausing(ctx) ? 1000 : 3000)) {
                stopped = true;
                ctx.channel().config().setAutoRead(false);
            }
        }
    }

    /** Checks the numbers of a {@link Pacer}. */
    private static final class Numbers extends ChannelInboundHandlerAdapter {
        volatile int next;
        volatile int count;
        volatile int wrong;
        volatile int pauses;
        volatile boolean active = true;

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object msg) {
            ByteBuf buf = (ByteBuf) msg;
            int number = buf.readInt();
            buf.release();
            if (number != 0 && number != next) {
                wrong++;
            }
            next = number + 1;
            count++;
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext ctx) {
            if (isPausing(ctx)) {
                pauses++;
            }
        }

        @Override
        public void channelInactive(ChannelHandlerContext ctx) {
            active = false;
        }
    }
}
