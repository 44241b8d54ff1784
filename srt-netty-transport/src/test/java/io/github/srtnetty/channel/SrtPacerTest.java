// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Pacing with the time of a test: no thread sleeps. */
class SrtPacerTest {
    private static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);
    private static final Duration SECOND = Duration.ofSeconds(1);

    /** A payload that was sent, and when. */
    private record Sent(long number, long nanos) {}

    private final List<Sent> sent = new ArrayList<>();
    private final List<ChannelPromise> held = new ArrayList<>();
    private EmbeddedChannel channel = new EmbeddedChannel();
    private boolean holds;
    private long now = Long.MAX_VALUE - 3 * MILLI; // the clock of the system may overflow

    private final long start = now;

    @AfterEach
    void close() {
        holds = false;
        held.forEach(ChannelPromise::trySuccess);
        channel.finishAndReleaseAll();
    }

    @Test
    void sendsEachPayloadAtItsTime_inOrder() {
        open(new SrtPacer(null, SECOND, () -> now));
        for (int i = 0; i < 200; i++) {
            channel.write(payload(i, i * MILLI));
        }

        pass(300, MILLI / 10);

        assertThat(sent).hasSize(31);
        pass(2000, MILLI / 10);
        assertThat(sent).hasSize(200);
        for (int i = 0; i < 200; i++) {
            assertThat(sent.get(i)).isEqualTo(new Sent(i, i * MILLI));
        }
    }

    @Test
    void keepsABitRate_withoutDrift() {
        open(new SrtPacer(SrtBitRate.of(10_000_000), Duration.ofMillis(100), () -> now));
        long written = 0;
        while (written < 9_500) { // 10 s of 10 Mbit/s
            while (channel.isWritable() && written < 9_500) {
                channel.write(Unpooled.buffer(1316).writeLong(written++).writeZero(1308));
            }
            pass(1, MILLI / 10);
        }
        pass(1_000, MILLI / 10);

        assertThat(sent).hasSize(9_500);
        for (Sent payload : sent) {
            long due = payload.number * 1316 * 8 * 100; // 100 ns for each bit
            assertThat(payload.nanos - due).isBetween(0L, MILLI / 10);
        }
    }

    @Test
    void isNotWritable_whileMoreThanFiftyMillisecondsWait() {
        open(new SrtPacer(null, SECOND, () -> now));
        channel.write(payload(0, 0));
        channel.write(payload(1, 50 * MILLI));
        assertThat(channel.isWritable()).isTrue();

        channel.write(payload(2, 51 * MILLI));
        assertThat(channel.isWritable()).isFalse();
        pass(510, MILLI / 10);

        assertThat(channel.isWritable()).isTrue();
        assertThat(sent).hasSize(3);
    }

    @Test
    void catchesUpAShortStall_andMovesTheTimesAfterALongOne() {
        open(new SrtPacer(null, Duration.ofMillis(100), () -> now));
        channel.write(payload(0, 0));
        pass(1, 90 * MILLI); // the source was late
        channel.write(payload(1, 10 * MILLI));
        channel.write(payload(2, 91 * MILLI));
        assertThat(sent).extracting(Sent::number).containsExactly(0L, 1L);
        pass(1, MILLI);
        assertThat(sent).hasSize(3);

        pass(1, 500 * MILLI);
        channel.write(payload(3, 100 * MILLI)); // 491 ms late
        channel.write(payload(4, 130 * MILLI));

        assertThat(sent).hasSize(4);
        pass(30, MILLI);
        assertThat(sent.get(4)).isEqualTo(new Sent(4, 621 * MILLI));
    }

    @Test
    void closesAfterTheLastPayload_andSendsNothingThatComesLater() {
        open(new SrtPacer(null, SECOND, () -> now));
        channel.write(payload(0, 0));
        ChannelFuture last = channel.write(payload(1, 40 * MILLI));
        ChannelFuture closed = channel.pipeline().close();
        ChannelFuture again = channel.pipeline().close();
        ChannelFuture tooLate = channel.write(payload(2, 0));

        pass(39, MILLI);
        assertThat(channel.isOpen()).isTrue();
        assertThat(tooLate.cause()).isInstanceOf(ClosedChannelException.class);
        pass(1, MILLI);

        assertThat(last.isSuccess()).isTrue();
        assertThat(closed.isSuccess()).isTrue();
        assertThat(again.isSuccess()).isTrue();
        assertThat(sent).hasSize(2);
    }

    @Test
    void closesWhenTheLastWriteIsDone_notBefore() {
        open(new SrtPacer(null, SECOND, () -> now));
        holds = true;
        channel.write(payload(0, 0));
        ChannelFuture closed = channel.pipeline().close();
        assertThat(closed.isDone()).isFalse();

        held.forEach(ChannelPromise::setSuccess);

        assertThat(closed.isSuccess()).isTrue();
    }

    @Test
    void givesUpALastWriteThatNeverEnds() {
        open(new SrtPacer(null, SECOND, () -> now));
        holds = true;
        channel.write(payload(0, 0));
        ChannelFuture closed = channel.pipeline().close();

        pass(179, 1_000 * MILLI);
        assertThat(closed.isDone()).isFalse();
        pass(1, 1_000 * MILLI);

        assertThat(closed.isSuccess()).isTrue();
    }

    @Test
    void failsAndReleasesWhatWaits_whenTheChannelBreaks() {
        open(new SrtPacer(null, SECOND, () -> now));
        channel.write(payload(0, 0));
        SrtTimedPayload waiting = payload(1, 40 * MILLI);
        ChannelFuture last = channel.write(waiting);

        channel.unsafe().close(channel.unsafe().voidPromise());
        channel.runPendingTasks();

        assertThat(last.cause()).isInstanceOf(ClosedChannelException.class);
        assertThat(waiting.refCnt()).isZero();
        SrtTimedPayload tooLate = payload(2, 80 * MILLI);
        assertThat(channel.write(tooLate).cause()).isInstanceOf(ClosedChannelException.class);
        assertThat(tooLate.refCnt()).isZero();
    }

    @Test
    void sendsAtOnce_whenItIsRemoved() {
        open(new SrtPacer(null, SECOND, () -> now));
        channel.write(payload(0, 0));
        channel.write(payload(1, 10_000 * MILLI));
        assertThat(channel.isWritable()).isFalse();

        channel.pipeline().remove(SrtPacer.class);

        assertThat(sent).hasSize(2);
        assertThat(channel.isWritable()).isTrue();
    }

    @Test
    void passesOtherMessagesOn_inOrderWithPayloads() {
        open(new SrtPacer(null, SECOND, () -> now));
        channel.write(Unpooled.buffer().writeLong(7));
        assertThat(sent).hasSize(1);
        channel.write(payload(0, 0));
        channel.write(payload(1, 40 * MILLI));
        channel.write(Unpooled.buffer().writeLong(8));
        assertThat(sent).hasSize(2);

        pass(40, MILLI);

        assertThat(sent).extracting(Sent::number).containsExactly(7L, 0L, 1L, 8L);
    }

    @Test
    void failsAPayload_whoseClockThrows() {
        open(new SrtPacer(
                payload -> {
                    throw new IllegalStateException("no clock");
                },
                SECOND,
                () -> now));
        ByteBuf payload = Unpooled.buffer().writeLong(1);

        ChannelFuture written = channel.write(payload);

        assertThat(written.cause()).hasMessage("no clock");
        assertThat(payload.refCnt()).isZero();
        assertThat(channel.isOpen()).isTrue();
    }

    @Test
    void refusesTimesAndRatesThatCannotBe() {
        ByteBuf empty = Unpooled.EMPTY_BUFFER;
        assertThatThrownBy(() -> new SrtTimedPayload(empty, -1)).hasMessageContaining("-1 ns: must be 0 or more");
        assertThatThrownBy(() -> SrtPacer.atBitRate(0)).hasMessageContaining("0 bit/s: must be more than 0");
        assertThatThrownBy(() -> SrtPacer.atBitRate(1, Duration.ofNanos(-1))).hasMessageContaining("must be 0 or more");
        assertThat(SrtPacer.atBitRate(Long.MAX_VALUE, Duration.ofSeconds(Long.MAX_VALUE)))
                .isNotNull();
    }

    private void open(SrtPacer pacer) {
        channel = new EmbeddedChannel(new Sink(), pacer);
        channel.freezeTime();
    }

    private static SrtTimedPayload payload(long number, long dueNanos) {
        return new SrtTimedPayload(Unpooled.buffer().writeLong(number), dueNanos);
    }

    private void pass(int times, long nanos) {
        for (int i = 0; i < times; i++) {
            now += nanos;
            channel.advanceTimeBy(nanos, TimeUnit.NANOSECONDS);
            channel.runScheduledPendingTasks();
            channel.runPendingTasks();
        }
    }

    private final class Sink extends ChannelOutboundHandlerAdapter {
        @Override
        public void write(ChannelHandlerContext ctx, Object msg, ChannelPromise promise) {
            ByteBuf buf = (ByteBuf) msg;
            sent.add(new Sent(buf.getLong(buf.readerIndex()), now - start));
            buf.release();
            if (holds) {
                held.add(promise);
            } else {
                promise.trySuccess();
            }
        }
    }
}
