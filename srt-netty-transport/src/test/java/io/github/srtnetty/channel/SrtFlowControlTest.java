// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.srtnetty.channel.testing.Loopback;
import io.github.srtnetty.channel.testing.StreamMode;
import io.github.srtnetty.libsrt.SrtTransmissionType;
import io.github.srtnetty.testing.Await;
import io.github.srtnetty.testing.ByteStream;
import io.github.srtnetty.testing.Recorder;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class SrtFlowControlTest {
    private static final int PACKET = 1316;
    /** More than the buffers of both sides hold. */
    private static final int BLOCKING_BYTES = 40 << 20;

    private final Loopback loopback = new Loopback();
    private final Recorder received = new Recorder();

    @AfterEach
    void close() {
        loopback.close();
    }

    @Test
    void readsOnlyWhatIsAskedFor() throws InterruptedException {
        loopback.listen(
                channel -> channel.pipeline().addLast(received), b -> b.childOption(ChannelOption.AUTO_READ, false));
        SrtChannel caller = loopback.connect(new ChannelInboundHandlerAdapter());
        SrtChannel accepted = loopback.accepted();
        for (int i = 0; i < 3; i++) {
            caller.writeAndFlush(Unpooled.wrappedBuffer(new byte[PACKET])).sync();
        }
        Await.until("three packets in libsrt", () -> accepted.socket().receivablePackets() == 3);

        for (int i = 1; i <= 3; i++) {
            accepted.read();
            received.awaitMessages(i);
            accepted.eventLoop().submit(() -> {}).sync();
            assertThat(received.messages()).hasSize(i);
        }
    }

    @Test
    void stopsWithinATurn_whenAutoReadIsSwitchedOff() throws InterruptedException {
        AtomicInteger reads = new AtomicInteger();
        loopback.listen(channel -> channel.pipeline().addLast(new ChannelInboundHandlerAdapter() {
            @Override
            public void channelRead(ChannelHandlerContext ctx, Object msg) {
                ReferenceCountUtil.release(msg);
                reads.incrementAndGet();
                ctx.channel().config().setAutoRead(false);
            }
        }));
        SrtChannel caller = loopback.connect(new ChannelInboundHandlerAdapter());
        for (int i = 0; i < 20; i++) {
            caller.write(Unpooled.wrappedBuffer(new byte[PACKET]));
        }
        caller.flush();
        SrtChannel accepted = loopback.accepted();
        for (int i = 1; i <= 20; i++) {
            int wanted = i;
            Await.until("read " + wanted, () -> reads.get() >= wanted);
            accepted.eventLoop().submit(() -> {}).sync();
            assertThat(reads).hasValue(wanted);
            // elsewhere an event between the switch and the read that it asks for would be read too
            accepted.eventLoop()
                    .submit(() -> accepted.config().setAutoRead(true))
                    .sync();
        }
    }

    @Test
    void aFullSendBufferTurnsTheChannelUnwritable_andBackWhenThePeerReads() throws InterruptedException {
        loopback.listen(
                channel -> channel.pipeline().addLast(received),
                b -> b.childOption(ChannelOption.AUTO_READ, false)
                        .option(SrtChannelOption.SRTO_TRANSTYPE, SrtTransmissionType.FILE)
                        .option(SrtChannelOption.SRTO_MESSAGEAPI, true)
                        .option(SrtChannelOption.SRTO_RCVBUF, 64 * 1472));
        SrtChannel caller = loopback.connect(
                new ChannelInboundHandlerAdapter(),
                b -> b.option(SrtChannelOption.SRTO_TRANSTYPE, SrtTransmissionType.FILE)
                        .option(SrtChannelOption.SRTO_MESSAGEAPI, true)
                        .option(SrtChannelOption.SRTO_SNDBUF, 64 * 1472)
                        .option(ChannelOption.WRITE_BUFFER_WATER_MARK, new WriteBufferWaterMark(10_000, 20_000)));
        List<ChannelFuture> writes = new ArrayList<>();
        for (int i = 0; i < 300; i++) { // both sides together hold about 128
            writes.add(caller.writeAndFlush(Unpooled.wrappedBuffer(new byte[PACKET])));
        }
        caller.eventLoop().submit(() -> {}).sync();
        assertThat(caller.isWritable()).isFalse();
        assertThat(caller.bytesBeforeWritable()).isPositive();

        loopback.accepted().config().setAutoRead(true);

        Await.until("writable again", caller::isWritable);
        for (ChannelFuture write : writes) {
            assertThat(write.awaitUninterruptibly().isSuccess()).isTrue();
        }
        received.awaitMessages(writes.size());
        assertThat(received.messages()).hasSize(writes.size());
    }

    @Tag("slow")
    @Test
    void aBlockedStreamRetriesByATimerOnce_thenWaitsForAnEvent() throws Exception {
        ByteStream all = new ByteStream(1, 0, BLOCKING_BYTES);
        loopback.listen(
                channel -> channel.pipeline().addLast(all),
                b -> StreamMode.set(b.childOption(ChannelOption.AUTO_READ, false)));
        SrtChannel caller = loopback.connect(new ChannelInboundHandlerAdapter(), StreamMode::set);
        ChannelFuture write = caller.write(Unpooled.wrappedBuffer(new byte[BLOCKING_BYTES]));

        SrtIoOps mutedAtOnce = caller.eventLoop()
                .submit(() -> {
                    caller.flush();
                    return caller.loop().muted();
                })
                .get();

        assertThat(mutedAtOnce).isSameAs(SrtIoOps.OUT);
        Await.until(
                "waiting for an event",
                () -> isUnmuted(caller) && caller.socket().unacknowledgedPackets() > 0);
        loopback.accepted().config().setAutoRead(true);
        assertThat(write.await(60, TimeUnit.SECONDS) && write.isSuccess()).isTrue();
        assertThat(all.receivedAll().get(60, TimeUnit.SECONDS)).isNotNull();
    }

    private static boolean isUnmuted(SrtChannel channel) {
        return channel.eventLoop()
                .submit(() -> channel.loop().muted() == SrtIoOps.NONE)
                .syncUninterruptibly()
                .getNow();
    }

    @Test
    void aMessageThatIsTooLongFailsAlone() throws InterruptedException {
        loopback.listen(channel -> channel.pipeline().addLast(received));
        SrtChannel caller = loopback.connect(new ChannelInboundHandlerAdapter());

        ChannelFuture tooLong = caller.write(Unpooled.wrappedBuffer(new byte[1317]));
        ChannelFuture right = caller.writeAndFlush(Unpooled.wrappedBuffer(new byte[1316]));

        assertThat(tooLong.awaitUninterruptibly().cause())
                .isInstanceOf(SrtMessageTooLongException.class)
                .hasMessageContaining("1317 bytes")
                .hasMessageContaining("at most 1316");
        assertThat(right.awaitUninterruptibly().isSuccess()).isTrue();
        received.awaitMessages(1);
    }

    @Test
    void whatArrivedIsReadBeforeTheChannelBecomesInactive_alsoWithoutAutoRead() throws InterruptedException {
        loopback.listen(
                channel -> channel.pipeline().addLast(received), b -> b.childOption(ChannelOption.AUTO_READ, false));
        SrtChannel caller =
                loopback.connect(new ChannelInboundHandlerAdapter(), b -> b.option(ChannelOption.SO_LINGER, 30));
        SrtChannel accepted = loopback.accepted();
        for (int i = 0; i < 5; i++) {
            caller.write(Unpooled.wrappedBuffer(new byte[PACKET]));
        }
        caller.flush().close().sync();
        Await.until("the break", () -> accepted.socket().state().isGone());
        assertThat(received.events()).doesNotContain("inactive");

        accepted.config().setAutoRead(true);

        received.awaitEvent("inactive");
        assertThat(received.messages()).hasSize(5);
    }
}
