// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.srtnetty.libsrt.SrtPacing;
import io.github.srtnetty.libsrt.SrtSocketState;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Reading, without libsrt and without a channel of this library. */
class SrtReaderTest {
    private static final int TAIL_POLL_MILLIS = 5;
    private static final int TAIL_GRACE_MILLIS = 3000;
    private static final long BATCH_NANOS = SrtPacing.DEFAULT.reading().batchNanos();
    private static final int FAST = SrtPacing.DEFAULT.reading().fastMessages();

    private final FakeLoop loop = new FakeLoop();
    private final FakeSocket socket = new FakeSocket();
    private final Events events = new Events();
    private final EmbeddedChannel channel = new EmbeddedChannel(events);
    private final CloseReasonTracker reasons = new CloseReasonTracker();
    private int closes;
    private final SrtReader reader = reader();

    @AfterEach
    void close() {
        channel.close();
    }

    @Test
    void firesAllThatIsThere_inOneTurn() {
        socket.arrive("a", "b", "c");

        reader.ready(SrtIoOps.IN);

        assertThat(events.all).containsExactly("a", "b", "c", "complete");
        assertThat(socket.receives).as("no receive that finds nothing").isEqualTo(3);
        assertThat(loop.submitted).isEmpty();
    }

    @Test
    void readsOneTurnForEachRead_whileAutoReadIsOff() {
        channel.config().setAutoRead(false);
        socket.arrive("a");
        reader.ready(SrtIoOps.IN);
        assertThat(events.all).isEmpty();

        reader.beginRead();
        assertThat(loop.submitted).as("looks again").containsExactly(SrtIoOps.IN);
        reader.ready(SrtIoOps.IN);
        socket.arrive("b");
        reader.ready(SrtIoOps.IN);

        assertThat(events.all).containsExactly("a", "complete");
    }

    @Test
    void leavesTheRestOfManyToTheNextTurn() {
        for (int i = 0; i < 20; i++) {
            socket.arrive("m");
        }

        reader.ready(SrtIoOps.IN);

        assertThat(events.all).hasSize(16 + 1);
        assertThat(loop.submitted).containsExactly(SrtIoOps.IN);
    }

    @Test
    void readsAFastConnectionInBatches_withoutEventsInBetween() {
        loop.pass(BATCH_NANOS);
        receive(FAST);
        assertThat(loop.muted()).isSameAs(SrtIoOps.IN);
        socket.arrive("late");

        loop.pass(BATCH_NANOS - 1);
        assertThat(events.all).doesNotContain("late");
        loop.pass(1);

        assertThat(events.all).contains("late");
        assertThat(loop.muted()).isSameAs(SrtIoOps.NONE);
    }

    @Test
    void deliversWhatBecomesDueAfterABreak_andThenCloses() {
        socket.notDue = 1;
        breakOff();
        loop.passMillis(ConnectionParameters.LATENCY_MILLIS);
        assertThat(closes).isZero();

        socket.notDue = 0;
        socket.arrive("last");
        loop.passMillis(TAIL_POLL_MILLIS);

        assertThat(events.all).contains("last");
        assertThat(closes).isOne();
        assertThat(reasons.reason()).isSameAs(SrtCloseReason.PEER_CLOSED);
    }

    @Test
    void closesAfterTheLatencyAndAMoment_whenTheRestNeverBecomesDue() {
        socket.notDue = 1;
        breakOff();

        loop.passMillis(ConnectionParameters.LATENCY_MILLIS + TAIL_GRACE_MILLIS - 1);
        assertThat(closes).isZero();
        loop.passMillis(TAIL_POLL_MILLIS + 1);

        assertThat(closes).isOne();
    }

    @Test
    void keepsTheRestForAReaderThatReadsLate() {
        channel.config().setAutoRead(false);
        socket.arrive("rest");
        breakOff();
        loop.pass(TimeUnit.MINUTES.toNanos(1));
        assertThat(closes).isZero();

        reader.beginRead();
        loop.passMillis(0);

        assertThat(events.all).containsExactly("rest", "complete");
        assertThat(closes).isOne();
    }

    @Test
    void endsWithOverflow_whenLibsrtDropsTheRestBeforeAnybodyReads() {
        channel.config().setAutoRead(false);
        socket.notDue = 1;
        breakOff();
        loop.passMillis(1100);
        assertThat(closes).isZero();

        socket.notDue = 0;
        loop.passMillis(1100);

        assertThat(closes).isOne();
        assertThat(reasons.reason()).isSameAs(SrtCloseReason.OVERFLOW);
    }

    @Test
    void waitsWithTheRestForTheNextLoop_whileItIsOnNone() {
        socket.arrive("rest");
        loop.onLoop = false;
        breakOff();
        loop.passMillis(10_000);
        assertThat(events.all).isEmpty();

        loop.onLoop = true;
        reader.joinedLoop();
        loop.passMillis(0);

        assertThat(events.all).contains("rest");
    }

    @Test
    void closesAndReports_whenReceivingFails() {
        socket.failure = new IOException("on purpose");

        reader.ready(SrtIoOps.IN);

        assertThat(events.all).containsExactly("complete", "on purpose");
        assertThat(closes).isOne();
    }

    @Test
    void readsNothingAfterTheClose_andStopsItsTimers() {
        loop.pass(BATCH_NANOS);
        receive(FAST);
        events.all.clear();

        reader.closed();
        socket.arrive("late");
        reader.ready(SrtIoOps.IN);
        loop.passMillis(1000);

        assertThat(events.all).isEmpty();
        assertThat(loop.timers()).isZero();
        assertThat(loop.muted()).isSameAs(SrtIoOps.NONE);
    }

    @Test
    void firesTheBytesOfAStream_andClosesAtItsEnd() {
        reader.connected(ConnectionParameters.stream(8 << 20));
        socket.arrive("bytes");
        reader.ready(SrtIoOps.IN);
        socket.arrive(""); // what libsrt returns at the end

        reader.ready(SrtIoOps.IN);
        loop.passMillis(0);

        assertThat(events.all).containsExactly("bytes", "complete");
        assertThat(closes).isOne();
    }

    private void receive(int messages) {
        for (int i = 0; i < messages; i++) {
            socket.arrive("m");
        }
        reader.ready(SrtIoOps.IN);
    }

    private void breakOff() {
        socket.state = SrtSocketState.BROKEN;
        reader.ready(SrtIoOps.ERR);
    }

    private SrtReader reader() {
        RecvByteBufAllocator.ExtendedHandle handle =
                (RecvByteBufAllocator.ExtendedHandle) channel.unsafe().recvBufAllocHandle();
        Inbound inbound = new Inbound(channel.pipeline(), channel.config(), () -> handle, () -> {
            closes++;
            closed();
        });
        SrtReader created = new SrtReader(
                socket,
                loop,
                inbound,
                SrtPacing.DEFAULT.reading(),
                () -> false,
                loop::nanoTime,
                new StatisticsCache(clear -> null, loop, reasons),
                reasons);
        reasons.connected(loop.nanoTime(), true);
        created.connected(ConnectionParameters.live());
        return created;
    }

    /** Closes the reader, as the channel does. */
    private void closed() {
        reader.closed();
    }

    /** Writes down what is fired. */
    private static final class Events extends ChannelInboundHandlerAdapter {
        private final List<String> all = new ArrayList<>();

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object msg) {
            ByteBuf buf = (ByteBuf) msg;
            all.add(buf.toString(StandardCharsets.US_ASCII));
            buf.release();
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext ctx) {
            all.add("complete");
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            all.add(String.valueOf(cause.getMessage()));
        }
    }
}
