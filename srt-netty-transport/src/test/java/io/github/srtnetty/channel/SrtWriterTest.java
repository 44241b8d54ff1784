// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.srtnetty.libsrt.SrtPacing;
import io.github.srtnetty.libsrt.SrtSocketState;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.DefaultChannelConfig;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedChannelException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Writing, without libsrt and without a channel of this library. */
class SrtWriterTest {
    private static final SrtPacing.Writing PACING = SrtPacing.DEFAULT.writing();

    private final FakeLoop loop = new FakeLoop();
    private final FakeSocket socket = new FakeSocket();
    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final DefaultChannelConfig config = new DefaultChannelConfig(channel);
    private final SrtWriter writer = new SrtWriter(socket, loop, config, PACING, this::flush);
    private int flushes;

    @AfterEach
    void close() {
        channel.close();
    }

    @Test
    void sendsAllInOrder() {
        writer.connected(ConnectionParameters.live());
        ChannelFuture first = write("a");
        ChannelFuture second = write("b");

        flush();

        assertThat(socket.sent).containsExactly("a", "b");
        assertThat(first.isSuccess() && second.isSuccess()).isTrue();
        assertThat(writer.isBlocked()).isFalse();
        assertThat(writer.lastSendNanos()).isEqualTo(loop.nanoTime());
    }

    @Test
    void hasSentLongAgo_beforeTheFirstSend() {
        writer.connected(ConnectionParameters.live());

        assertThat(loop.nanoTime() - writer.lastSendNanos()).isGreaterThanOrEqualTo(TimeUnit.HOURS.toNanos(1));
    }

    @Test
    void retriesByATimer_whileAMessageDoesNotFit() {
        writer.connected(ConnectionParameters.live());
        socket.room = 0;
        ChannelFuture written = write("a");
        flush();
        assertThat(writer.isBlocked()).isTrue();
        assertThat(loop.muted()).as("events count, too").isSameAs(SrtIoOps.NONE);

        loop.pass(PACING.retryNanos()); // without success
        socket.room = 1;
        loop.pass(PACING.retryNanos() - 1);
        assertThat(written.isDone()).isFalse();
        loop.pass(1);

        assertThat(written.isSuccess()).isTrue();
        assertThat(flushes).isEqualTo(3);
        assertThat(loop.timers()).isZero();
    }

    @Test
    void refillsAStreamByATimer_asLongAsLibsrtTakesSomething() {
        writer.connected(ConnectionParameters.stream(PACING.leastBufferBytes()));
        socket.room = 1;
        write("a");
        write("b");
        write("c");
        flush();
        assertThat(loop.muted()).isSameAs(SrtIoOps.OUT);
        assertThat(loop.backOffs).isOne();

        socket.room = 1;
        loop.pass(PACING.refillNanos());
        assertThat(socket.sent).containsExactly("a", "b");
        assertThat(loop.muted()).isSameAs(SrtIoOps.OUT);

        loop.pass(PACING.refillNanos()); // nothing fits: the peer does not read
        assertThat(loop.muted()).as("waits for an event").isSameAs(SrtIoOps.NONE);
        assertThat(loop.timers()).isZero();
        socket.room = 1;
        flush();
        assertThat(socket.sent).containsExactly("a", "b", "c");
    }

    @Test
    void waitsForAnEvent_whereTheBufferOfAStreamIsSmall() {
        writer.connected(ConnectionParameters.stream(PACING.leastBufferBytes() - 1));
        socket.room = 1;
        write("a");
        write("b");

        flush();

        assertThat(writer.isBlocked()).isTrue();
        assertThat(loop.timers()).isZero();
        assertThat(loop.muted()).isSameAs(SrtIoOps.NONE);
    }

    @Test
    void failsAllAndReportsTheBreak_whenThePeerIsGone() {
        writer.connected(ConnectionParameters.live());
        socket.state = SrtSocketState.BROKEN;
        ChannelFuture first = write("a");
        ChannelFuture second = write("b");

        flush();

        assertThat(first.cause()).isInstanceOf(ClosedChannelException.class);
        assertThat(second.cause()).isInstanceOf(ClosedChannelException.class);
        assertThat(loop.submitted).containsExactly(SrtIoOps.ERR);
    }

    @Test
    void failsOnlyTheMessageThatIsTooLong() {
        writer.connected(ConnectionParameters.live());
        ChannelFuture tooLong = write("x".repeat(1317));
        ChannelFuture next = write("next");

        flush();

        assertThat(tooLong.cause()).isInstanceOf(SrtMessageTooLongException.class);
        assertThat(next.isSuccess()).isTrue();
        assertThat(socket.sent).containsExactly("next");
    }

    @Test
    void givesUpAMessageOfFileMode_whoseTimeIsOver_andGoesOn() {
        writer.connected(ConnectionParameters.fileMessages());
        socket.backlog = new SendBacklog(1, true);
        ChannelFuture late = write("late", 100);
        ChannelFuture next = write("next", SrtMessage.NO_LIMIT);
        flush();
        assertThat(writer.isBlocked()).isTrue();

        loop.pass(TimeUnit.MILLISECONDS.toNanos(100) + PACING.retryNanos());

        assertThat(late.cause())
                .isInstanceOf(SrtMessageExpiredException.class)
                .hasMessageContaining("time to live of 100 ms");
        assertThat(next.isSuccess()).isTrue();
        assertThat(socket.sent).containsExactly("next");
    }

    @Test
    void sendsAMessageOfFileMode_withoutItsTimeToLive_onceTheBacklogIsShort() {
        writer.connected(ConnectionParameters.fileMessages());
        socket.backlog = new SendBacklog(PACING.mostUnsentPackets(), false);
        ChannelFuture written = write("a", 100);
        flush();
        assertThat(written.isDone()).isFalse();

        socket.backlog = new SendBacklog(PACING.mostUnsentPackets() - 1, false);
        loop.pass(PACING.retryNanos());

        assertThat(written.isSuccess()).isTrue();
        assertThat(socket.lastTimeToLiveMillis).isEqualTo(SrtMessage.NO_LIMIT);
    }

    @Test
    void leavesTheTimeToLiveToLibsrt_inLiveMode() {
        writer.connected(ConnectionParameters.live());
        socket.backlog = new SendBacklog(1000, true);

        write("a", 100);
        flush();

        assertThat(socket.sent).containsExactly("a");
        assertThat(socket.lastTimeToLiveMillis).isEqualTo(100);
    }

    @Test
    void leavesTheLoopToOthers_afterItsShare() {
        writer.connected(ConnectionParameters.stream(PACING.leastBufferBytes()));
        config.setWriteSpinCount(2);
        write("a");
        write("b");
        write("c");

        flush();

        assertThat(socket.sent).containsExactly("a", "b");
        assertThat(loop.submitted).containsExactly(SrtIoOps.OUT);
    }

    @Test
    void stopsItsTimer_whenItLeavesTheLoop() {
        writer.connected(ConnectionParameters.stream(PACING.leastBufferBytes()));
        socket.room = 1;
        write("a");
        write("b");
        flush();

        writer.leftLoop();

        assertThat(loop.timers()).isZero();
        assertThat(loop.muted()).isSameAs(SrtIoOps.NONE);
    }

    private ChannelFuture write(String text) {
        return channel.write(bytes(text));
    }

    private ChannelFuture write(String text, int timeToLiveMillis) {
        return channel.write(writer.timed(new SrtMessage(bytes(text), 0, timeToLiveMillis, false)));
    }

    private ByteBuf bytes(String text) {
        ByteBuf buf = channel.alloc().directBuffer();
        buf.writeCharSequence(text, StandardCharsets.US_ASCII);
        return buf;
    }

    private void flush() {
        flushes++;
        writer.unblock();
        ChannelOutboundBuffer out = channel.unsafe().outboundBuffer();
        out.addFlush();
        try {
            writer.write(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
