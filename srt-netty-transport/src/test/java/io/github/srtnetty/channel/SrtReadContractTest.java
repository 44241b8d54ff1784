// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.srtnetty.channel.testing.Loopback;
import io.github.srtnetty.testing.Await;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.DefaultMaxMessagesRecvByteBufAllocator;
import io.netty.channel.EventLoop;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.MaxMessagesRecvByteBufAllocator;
import io.netty.util.ReferenceCountUtil;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** When a channel reads and how much. In live mode, where each message is one packet. */
class SrtReadContractTest {
    private static final int LATENCY_MILLIS = 20;

    private final Loopback loopback = new Loopback(1);
    private final AtomicInteger reads = new AtomicInteger();

    @AfterEach
    void close() {
        loopback.close();
    }

    @Test
    void readsNothing_withoutARead() throws InterruptedException {
        SrtChannel accepted = acceptedWithMessages(3, new Reading());

        turn(accepted);
        assertThat(reads).hasValue(0);

        accepted.read();
        Await.until("the read", () -> reads.get() > 0);
        turn(accepted);
        assertThat(reads).hasValue(1);
    }

    @Test
    void stopsAfterThatMessage_whenAutoReadIsSwitchedOffInARead() throws InterruptedException {
        SrtChannel accepted = acceptedWithMessages(3, new Reading() {
            @Override
            void onRead(ChannelHandlerContext ctx) {
                ctx.channel().config().setAutoRead(false);
            }
        });

        switchAutoReadOn(accepted);

        Await.until("the read", () -> reads.get() > 0);
        turn(accepted);
        assertThat(reads).hasValue(1);
    }

    @Test
    void readsTheRemainingMessages_withoutANewEventAndNeverInline() throws InterruptedException {
        AtomicInteger deepest = new AtomicInteger();
        SrtChannel accepted = acceptedWithMessages(50, new Reading() {
            private int depth;

            @Override
            void onRead(ChannelHandlerContext ctx) {
                depth++;
                deepest.accumulateAndGet(depth, Math::max);
                ctx.read();
                depth--;
            }
        });

        accepted.read();

        Await.until("all that had arrived", () -> reads.get() == 50);
        assertThat(deepest).hasValue(1);
    }

    @Test
    void firesReadComplete_onlyAfterARead() throws InterruptedException {
        List<String> order = new CopyOnWriteArrayList<>();
        SrtChannel accepted = acceptedWithMessages(5, new Reading() {
            @Override
            void onRead(ChannelHandlerContext ctx) {
                order.add("read");
            }

            @Override
            public void channelReadComplete(ChannelHandlerContext ctx) {
                order.add("complete");
            }
        });
        switchAutoReadOn(accepted);
        Await.until("all that had arrived", () -> reads.get() == 5);
        turn(accepted);
        assertThat(order.get(0)).isEqualTo("read");
        order.clear();

        accepted.loop().submit(SrtIoOps.IN); // a look that finds nothing
        turn(accepted);

        assertThat(order).isEmpty();
    }

    @Test
    void firesAnExceptionOfTheReceiveAllocator_andReadsOn() throws InterruptedException {
        List<Throwable> failures = new CopyOnWriteArrayList<>();
        SrtChannel accepted = acceptedWithMessages(3, new Reading() {
            @Override
            public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
                failures.add(cause);
            }
        });
        accepted.config().setRecvByteBufAllocator(new FailsOnce());

        switchAutoReadOn(accepted);

        Await.until("all that had arrived", () -> reads.get() == 3);
        assertThat(failures).singleElement().isInstanceOf(IllegalStateException.class);
        assertThat(accepted.isActive()).isTrue();
    }

    @Test
    void readsNoMoreThanMaxMessagesPerReadInATurn_andTheOthersInTheNext() throws InterruptedException {
        List<Integer> turns = new CopyOnWriteArrayList<>();
        SrtChannel accepted = acceptedWithMessages(7, new Reading() {
            private int before;

            @Override
            public void channelReadComplete(ChannelHandlerContext ctx) {
                turns.add(reads.get() - before);
                before = reads.get();
            }
        });
        accepted.config()
                .<MaxMessagesRecvByteBufAllocator>getRecvByteBufAllocator()
                .maxMessagesPerRead(2);

        switchAutoReadOn(accepted);

        Await.until("all that had arrived", () -> reads.get() == 7);
        turn(accepted);
        assertThat(turns).containsExactly(2, 2, 2, 1);
    }

    @Test
    void readsInTurnsWithTheOtherChannelsOfItsLoop() throws Exception {
        List<Channel> order = new CopyOnWriteArrayList<>();
        Reading ordered = new Reading() {
            @Override
            void onRead(ChannelHandlerContext ctx) {
                order.add(ctx.channel());
            }
        };
        listen(ordered);
        SrtChannel one = acceptedWithMessages(10);
        SrtChannel two = acceptedWithMessages(10);
        EventLoop loop = one.eventLoop();

        loop.submit(() -> {
                    for (SrtChannel channel : List.of(one, two)) {
                        channel.config()
                                .<MaxMessagesRecvByteBufAllocator>getRecvByteBufAllocator()
                                .maxMessagesPerRead(1);
                        channel.config().setAutoRead(true);
                    }
                })
                .sync();

        Await.until("all that had arrived", () -> reads.get() == 20);
        for (int i = 0; i < 20; i += 2) {
            assertThat(order.subList(i, i + 2)).containsExactlyInAnyOrder(one, two);
        }
    }

    @Test
    void readsAgain_whenAReadIsRequestedInARead() throws InterruptedException {
        AtomicBoolean asked = new AtomicBoolean();
        SrtChannel accepted = acceptedWithMessages(3, new Reading() {
            @Override
            void onRead(ChannelHandlerContext ctx) {
                if (asked.compareAndSet(false, true)) {
                    ctx.read();
                }
            }
        });

        accepted.read();

        Await.until("the second read", () -> reads.get() >= 2);
        turn(accepted);
        assertThat(reads).hasValue(2);
    }

    @Test
    void callsTheReceiveAllocatorInNettysOrder() throws Exception {
        RecordingAllocator recording = new RecordingAllocator(new FixedRecvByteBufAllocator(2048));
        SrtChannel accepted = acceptedWithMessages(5, new Reading());
        accepted.config().setRecvByteBufAllocator(recording);
        switchAutoReadOn(accepted);
        Await.until("all that had arrived", () -> reads.get() == 5);

        accepted.loop().submit(SrtIoOps.IN); // a look that finds nothing
        turn(accepted);

        String message = "allocate attempted last1316 inc ";
        String nothing = "allocate attempted last0 ";
        assertThat(callsUpToNow(accepted, recording))
                .matches("(reset (" + message + ")+(" + nothing + ")?complete |reset " + nothing + ")+")
                .contains("reset " + nothing);
    }

    @Test
    void callsTheAllocatorOfAListenerInNettysOrder() throws Exception {
        RecordingAllocator recording = new RecordingAllocator(new FixedRecvByteBufAllocator(2048));
        loopback.listen(channel -> {}, b -> b.option(ChannelOption.RECVBUF_ALLOCATOR, recording));

        loopback.connect(new ChannelInboundHandlerAdapter());
        loopback.accepted();
        loopback.connect(new ChannelInboundHandlerAdapter());
        loopback.accepted();
        turn(loopback.listener());

        assertThat(callsUpToNow(loopback.listener(), recording))
                .matches("(reset attempted ((last1 inc )+(last-1 )?complete |last-1 ))+")
                .contains("inc");
    }

    /** Asks on the loop: elsewhere the text may end in the middle of a read. */
    private static String callsUpToNow(Channel channel, RecordingAllocator recording) throws Exception {
        return channel.eventLoop().submit(recording::calls).get();
    }

    private void listen(Reading handler) {
        loopback.listen(
                channel -> channel.pipeline().addLast(handler),
                b -> b.option(SrtChannelOption.SRTO_LATENCY, LATENCY_MILLIS)
                        .childOption(ChannelOption.AUTO_READ, false));
    }

    private SrtChannel acceptedWithMessages(int count, Reading handler) throws InterruptedException {
        listen(handler);
        return acceptedWithMessages(count);
    }

    /** Returns an accepted channel without auto-read that has so many messages of 1316 bytes, all due. */
    private SrtChannel acceptedWithMessages(int count) throws InterruptedException {
        long start = System.nanoTime();
        SrtChannel caller = loopback.connect(
                new ChannelInboundHandlerAdapter(), b -> b.option(SrtChannelOption.SRTO_LATENCY, LATENCY_MILLIS));
        SrtChannel accepted = loopback.accepted();
        long handshake = System.nanoTime() - start; // the receiver counts from when it read the handshake
        for (int i = 0; i < count; i++) {
            caller.write(Unpooled.wrappedBuffer(new byte[1316]));
        }
        caller.flush();
        Await.until("what was sent", () -> accepted.socket().receivablePackets() == count);
        long arrived = System.nanoTime();
        Await.until("the latency", () -> System.nanoTime() - arrived > LATENCY_MILLIS * 2_000_000L + handshake);
        turn(accepted);
        return accepted;
    }

    /** Elsewhere an event between the switch and the read that it asks for would be read too. */
    private static void switchAutoReadOn(Channel channel) throws InterruptedException {
        channel.eventLoop().submit(() -> channel.config().setAutoRead(true)).sync();
    }

    /** Returns when the loop has handled all earlier events. */
    private static void turn(Channel channel) throws InterruptedException {
        for (int i = 0; i < 3; i++) {
            channel.eventLoop().submit(() -> {}).sync();
        }
    }

    @ChannelHandler.Sharable
    private class Reading extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext ctx, Object msg) {
            ReferenceCountUtil.release(msg);
            onRead(ctx);
            reads.incrementAndGet(); // last: the test looks at what onRead keeps
        }

        void onRead(ChannelHandlerContext ctx) {}
    }

    private static final class FailsOnce extends DefaultMaxMessagesRecvByteBufAllocator {
        private final AtomicBoolean failed = new AtomicBoolean();

        @Override
        @SuppressWarnings("deprecation")
        public Handle newHandle() {
            return new MaxMessageHandle() {
                @Override
                public int guess() {
                    if (failed.compareAndSet(false, true)) {
                        throw new IllegalStateException("thrown on purpose");
                    }
                    return 2048;
                }
            };
        }
    }
}
