// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.srtnetty.channel.testing.Loopback;
import io.github.srtnetty.libsrt.Srt;
import io.github.srtnetty.libsrt.SrtException;
import io.github.srtnetty.testing.Await;
import io.github.srtnetty.testing.Recorder;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class SrtMessageTest {
    private static final int PACKET = 1316;
    /** The default. */
    private static final long LATENCY_MICROS = 120_000;

    private static final long CLOCK_MICROS = 1_000;

    private final Loopback loopback = new Loopback(1);
    private final Recorder received = new Recorder();
    private final List<SrtMessage> messages = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() {
        messages.forEach(SrtMessage::release);
        loopback.close();
    }

    @Test
    void arrivesWithSourceTimeAndNumbers() throws InterruptedException {
        long before = Srt.timeNowMicros();
        SrtChannel caller = connectForMessages();
        long made = Srt.timeNowMicros();
        long handshake = made - before; // the receiver counts from when it read the handshake

        for (int i = 0; i < 3; i++) {
            caller.write(new SrtMessage(payload(100 + i), made + i * 40_000L, SrtMessage.NO_LIMIT, false));
        }
        caller.flush();

        Await.until("three messages", () -> messages.size() == 3);
        SrtMessage first = messages.get(0);
        assertThat(first.sourceTimeMicros())
                .isBetween(made + LATENCY_MICROS - CLOCK_MICROS, made + LATENCY_MICROS + handshake);
        for (int i = 0; i < 3; i++) {
            SrtMessage message = messages.get(i);
            assertThat(message.content().readableBytes()).isEqualTo(100 + i);
            assertThat(message.messageNumber()).isEqualTo(1 + i);
            assertThat(message.packetSequence()).isEqualTo(first.packetSequence() + i & 0x7FFFFFFF);
            assertThat(message.sourceTimeMicros() - first.sourceTimeMicros()).isCloseTo(i * 40_000L, within(5_000L));
            assertThat(message.timeToLiveMillis()).isEqualTo(SrtMessage.NO_LIMIT);
        }
    }

    @Test
    void keepsItsPace_whenItIsRelayed() throws InterruptedException {
        long before = Srt.timeNowMicros();
        SrtChannel caller = connectForMessages();
        long made = Srt.timeNowMicros();
        long handshake = made - before;
        caller.writeAndFlush(new SrtMessage(payload(10), made, SrtMessage.NO_LIMIT, false));
        Await.until("the message", () -> messages.size() == 1);

        SrtMessage relayed = messages.get(0).retainedDuplicate();
        assertThat(caller.writeAndFlush(relayed).awaitUninterruptibly().isSuccess())
                .isTrue();

        Await.until("the message again", () -> messages.size() == 2);
        assertThat(messages.get(1).sourceTimeMicros())
                .isBetween(made + 2 * (LATENCY_MICROS - CLOCK_MICROS), made + 2 * (LATENCY_MICROS + handshake));
        assertThat(messages.get(1).messageNumber()).isEqualTo(2);
    }

    @Test
    void aSourceTimeBeforeTheConnection_failsAlone() throws InterruptedException {
        SrtChannel caller = connectForMessages();

        ChannelFuture wrong = caller.write(new SrtMessage(payload(10), 1, SrtMessage.NO_LIMIT, false));
        ChannelFuture right = caller.writeAndFlush(new SrtMessage(payload(11)));

        assertThat(wrong.awaitUninterruptibly().cause()).isInstanceOf(SrtException.class);
        assertThat(right.awaitUninterruptibly().isSuccess()).isTrue();
        Await.until("the right one", () -> messages.size() == 1);
        assertThat(caller.isActive()).isTrue();
    }

    @Tag("slow")
    @Test
    void isDroppedByTheSender_whenItsTimeIsOver() throws InterruptedException {
        loopback.listen(
                channel -> channel.pipeline().addLast(received),
                b -> SrtModesTest.fileMessages(
                        b.childOption(ChannelOption.AUTO_READ, false).option(SrtChannelOption.SRTO_RCVBUF, 47_104)));
        SrtChannel caller = loopback.connect(new ChannelInboundHandlerAdapter(), SrtModesTest::fileMessages);
        for (int i = 1; i < 200; i++) { // the receiver has room for 32, so libsrt keeps far more than it may
            caller.write(new SrtMessage(payload(PACKET)));
        }
        caller.writeAndFlush(new SrtMessage(payload(PACKET))).sync();
        List<ChannelFuture> expired = new ArrayList<>();
        for (int i = 0; i < 100; i++) { // more than the receiver has room for
            expired.add(caller.write(new SrtMessage(payload(100), 0, 100, false)));
        }
        caller.writeAndFlush(new SrtMessage(payload(7))).sync();
        assertThat(expired)
                .allSatisfy(write -> assertThat(write.cause()).isInstanceOf(SrtMessageExpiredException.class));

        loopback.accepted().config().setAutoRead(true);

        Await.until("the last one", () -> lengthOfLast() == 7);
        assertThat(received.messages()).hasSize(201).noneMatch(message -> message.length == 100);
    }

    @Test
    void isReleasedWhereverItEnds() throws InterruptedException {
        SrtChannel caller = connectForMessages();
        ByteBuf tooLong = payload(2000);
        ByteBuf onHeap = Unpooled.buffer().writeZero(10);
        ByteBuf empty = Unpooled.directBuffer();
        ByteBuf afterClose = payload(10);

        caller.write(new SrtMessage(tooLong)).awaitUninterruptibly(1);
        caller.write(new SrtMessage(empty));
        caller.writeAndFlush(new SrtMessage(onHeap)).sync();
        Await.until("the one message", () -> messages.size() == 1);
        caller.close().sync();
        caller.writeAndFlush(new SrtMessage(afterClose)).awaitUninterruptibly();

        for (ByteBuf buf : List.of(tooLong, onHeap, empty, afterClose)) {
            assertThat(buf.refCnt()).isZero();
        }
    }

    @Test
    void isRefusedAndReleased_inStreamMode() throws InterruptedException {
        loopback.listen(channel -> channel.pipeline().addLast(received), SrtModesTest::stream);
        SrtChannel caller = loopback.connect(new ChannelInboundHandlerAdapter(), SrtModesTest::stream);
        ByteBuf content = payload(10);

        assertThat(caller.writeAndFlush(new SrtMessage(content))
                        .awaitUninterruptibly()
                        .cause())
                .isInstanceOf(UnsupportedOperationException.class);
        assertThat(content.refCnt()).isZero();
        assertThat(caller.writeAndFlush(payload(10)).awaitUninterruptibly().isSuccess())
                .isTrue();
    }

    @Test
    void longOnesArriveWhole_afterManyShortOnes() {
        loopback.listen(channel -> channel.pipeline().addLast(received));
        SrtChannel caller = loopback.connect(new ChannelInboundHandlerAdapter());

        for (int i = 0; i < 100; i++) {
            caller.write(payload(20));
        }
        caller.writeAndFlush(payload(PACKET));

        received.awaitMessages(101);
        assertThat(received.messages().get(100)).hasSize(PACKET);
    }

    @Test
    void aPlainBufferArrives_unlessMessagesAreAskedFor() {
        loopback.listen(channel -> channel.pipeline().addLast(received));
        SrtChannel caller = loopback.connect(new ChannelInboundHandlerAdapter());

        caller.writeAndFlush(new SrtMessage(payload(10), 0, 500, true));

        received.awaitMessages(1);
        assertThat(received.messages().get(0)).hasSize(10);
    }

    @Test
    void keepsItsData_whenCopiedDuplicatedOrReplaced() {
        SrtMessage message = new SrtMessage(payload(3), 5, 6, true, 7, 8);
        SrtMessage copy = message.copy();
        SrtMessage replaced = message.replace(payload(4));

        for (SrtMessage other : List.of(copy, message.duplicate(), replaced)) {
            assertThat(other.sourceTimeMicros()).isEqualTo(5);
            assertThat(other.timeToLiveMillis()).isEqualTo(6);
            assertThat(other.isInOrder()).isTrue();
            assertThat(other.messageNumber()).isEqualTo(7);
            assertThat(other.packetSequence()).isEqualTo(8);
        }
        assertThat(copy).isEqualTo(message).hasSameHashCodeAs(message).isNotEqualTo(replaced);
        assertThat(new SrtMessage(message.content(), 5, 6, false, 7, 8)).isNotEqualTo(message);
        assertThat(message.retain().refCnt()).isEqualTo(2);
        assertThat(message.release(2)).isTrue();
        copy.release();
        replaced.release();
        assertThatThrownBy(() -> new SrtMessage(Unpooled.EMPTY_BUFFER, -1, 0, false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("source time -1");
    }

    private SrtChannel connectForMessages() {
        loopback.listen(
                channel -> channel.pipeline().addLast(new ChannelInboundHandlerAdapter() {
                    @Override
                    public void channelRead(ChannelHandlerContext ctx, Object msg) {
                        messages.add((SrtMessage) msg);
                    }
                }),
                b -> b.childOption(SrtChannelOption.RECEIVE_MESSAGES, true));
        return loopback.connect(new ChannelInboundHandlerAdapter());
    }

    private int lengthOfLast() {
        return received.messages().isEmpty()
                ? 0
                : received.messages().get(received.messages().size() - 1).length;
    }

    private static ByteBuf payload(int length) {
        return Unpooled.directBuffer(Math.max(1, length)).writeZero(length);
    }
}
