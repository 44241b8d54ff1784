// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.srtnetty.channel.testing.CompleteDelivery;
import io.github.srtnetty.channel.testing.Loopback;
import io.github.srtnetty.libsrt.SrtPacing;
import io.github.srtnetty.testing.Await;
import io.github.srtnetty.testing.Pacer;
import io.github.srtnetty.testing.Recorder;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A connection that brings much is read a little later, all at once; nothing is lost or left behind by that. */
class ReadCoalescerTest {
    private static final SrtPacing.Reading PACING = SrtPacing.DEFAULT.reading();
    private static final long WINDOW = PACING.batchNanos();
    /** 100 Mbit/s: twice what is fast. */
    private static final int FAST = 2 * PACING.fastMessages();

    private final Loopback loopback = new Loopback();
    private final FakeLoop loop = new FakeLoop();
    private long lastSendNanos = loop.nanoTime() - PACING.oneWayNanos();
    private int resumed;
    private final ReadCoalescer coalescer = new ReadCoalescer(loop, PACING, () -> lastSendNanos, () -> resumed++);

    @AfterEach
    void close() {
        loopback.close();
    }

    @Test
    void aFastConnectionPauses_onceItIsEmpty() {
        coalescer.connected(ConnectionParameters.live());
        receive(PACING.fastMessages());
        emptiedAfter(WINDOW - 1);
        assertThat(coalescer.isPausing()).as("before a window is over").isFalse();
        emptiedAfter(1);
        assertThat(coalescer.isPausing()).isTrue();
        assertThat(loop.muted()).isSameAs(SrtIoOps.IN);
        assertThat(loop.backOffs).as("the poller serves others").isZero();

        loop.pass(WINDOW);
        assertThat(resumed).isOne();
        assertThat(loop.muted()).isSameAs(SrtIoOps.NONE);
    }

    @Test
    void aSlowConnectionDoesNot() {
        coalescer.connected(ConnectionParameters.live());
        receive(PACING.fastMessages() - 1);
        emptiedAfter(WINDOW);
        assertThat(coalescer.isPausing()).isFalse();
        receive(50 * PACING.fastMessages() - 1);
        emptiedAfter(50 * WINDOW);
        assertThat(coalescer.isPausing()).as("a burst after a silence").isFalse();
    }

    @Test
    void aLowLatencyDoesNot() {
        coalescer.connected(ConnectionParameters.live(PACING.leastLatencyMillis() - 1));
        receive(1000);
        emptiedAfter(WINDOW);
        assertThat(coalescer.isPausing()).isFalse();
    }

    @Test
    void aFastStreamPauses_whereNobodyWaitsForAnAnswer() {
        coalescer.connected(ConnectionParameters.stream(PACING.leastBufferBytes()));
        coalescer.received(PACING.fastBytes());
        emptiedAfter(WINDOW);
        assertThat(coalescer.isPausing()).isTrue();
        assertThat(loop.backOffs).isOne();
        loop.pass(WINDOW);

        coalescer.received(2 * PACING.fastBytes() - 1);
        emptiedAfter(WINDOW);
        assertThat(coalescer.isPausing()).as("a slower one").isFalse();

        lastSendNanos = loop.nanoTime();
        coalescer.received(PACING.fastBytes());
        emptiedAfter(WINDOW);
        assertThat(coalescer.isPausing()).as("after it answered").isFalse();
    }

    @Test
    void aFastStreamWithASmallBufferDoesNot() {
        coalescer.connected(ConnectionParameters.stream(PACING.leastBufferBytes() - 1));
        coalescer.received(1000 * PACING.fastBytes());
        emptiedAfter(WINDOW);
        assertThat(coalescer.isPausing()).isFalse();
    }

    @Test
    void aConnectionOnNoLoopDoesNot() {
        coalescer.connected(ConnectionParameters.live());
        loop.onLoop = false;
        receive(1000);
        emptiedAfter(WINDOW);
        assertThat(coalescer.isPausing()).isFalse();
    }

    @Test
    void aPauseEndsWithTheStayOnTheLoop() {
        coalescer.connected(ConnectionParameters.live());
        receive(1000);
        emptiedAfter(WINDOW);
        assertThat(coalescer.isPausing()).isTrue();

        coalescer.stop();

        assertThat(coalescer.isPausing()).isFalse();
        assertThat(loop.muted()).isSameAs(SrtIoOps.NONE);
        loop.pass(WINDOW);
        assertThat(resumed).isZero();
    }

    @Test
    void asksForMore_onceHalfAsManyCameAsTheLastTime() {
        assertThat(coalescer.received(Pacer.MESSAGE_BYTES))
                .as("the first of all")
                .isTrue();
        receive(9);
        emptiedAfter(1);
        for (int i = 1; i <= 10; i++) {
            assertThat(coalescer.received(Pacer.MESSAGE_BYTES))
                    .as("message %s after ten", i)
                    .isEqualTo(i > 5);
        }
    }

    @Tag("slow")
    @Test
    void aFastStreamArrivesWhole_inOrder_andInFewTurns() throws Exception {
        Numbers numbers = new Numbers();
        SrtChannel caller = fastTo(numbers);
        new Pacer(caller, 10_000, FAST).start().await();

        Await.until("all", Duration.ofSeconds(20), () -> numbers.next == 10_000);
        assertThat(numbers.wrong).as("out of order").isZero();
        assertThat(numbers.pauses).as("looks that found it pausing").isPositive();

        caller.close().sync(); // what comes after a pause is reported again
        Await.until("the end", () -> !numbers.active);
    }

    @Tag("slow")
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

    /** Returns a caller of a listener that reads with these handlers. */
    private SrtChannel fastTo(ChannelHandler... handlers) {
        loopback.listen(channel -> channel.pipeline().addLast(handlers), CompleteDelivery::set);
        return loopback.connect(new ChannelInboundHandlerAdapter(), CompleteDelivery::set);
    }

    private void receive(int count) {
        for (int i = 0; i < count; i++) {
            coalescer.received(Pacer.MESSAGE_BYTES);
        }
    }

    private void emptiedAfter(long nanos) {
        loop.pass(nanos);
        coalescer.emptied();
    }

    private static boolean isPausing(ChannelHandlerContext ctx) {
        return ((SrtChannel) ctx.channel()).loop().muted().intersects(SrtIoOps.IN);
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
