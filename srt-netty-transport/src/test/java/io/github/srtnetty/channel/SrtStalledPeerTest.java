// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.srtnetty.channel.testing.Loopback;
import io.github.srtnetty.testing.Await;
import io.github.srtnetty.testing.Recorder;
import io.netty.bootstrap.AbstractBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.WriteBufferWaterMark;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SrtStalledPeerTest {
    private static final int PACKET = 1316;
    private static final int HIGH = 256 * 1024;
    private static final int BUFFER = 128 * 1472;
    /** Memory that the allocator may take at once. */
    private static final long CHUNKS = 12L << 20;

    private enum Mode {
        LIVE(b -> {}),
        STREAM(SrtModesTest::stream);

        final Consumer<AbstractBootstrap<?, ?>> options;

        Mode(Consumer<AbstractBootstrap<?, ?>> options) {
            this.options = options;
        }
    }

    private final Loopback loopback = new Loopback(1);
    private final PooledByteBufAllocator allocator = new PooledByteBufAllocator(true);

    @AfterEach
    void close() {
        loopback.close();
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void blocksItsWriterOnly_andHoldsNoMoreThanTheWaterMark(Mode mode) throws Exception {
        loopback.listen(
                channel -> channel.config().setAutoRead(false),
                b -> mode.options.accept(
                        b.option(SrtChannelOption.SRTO_RCVBUF, BUFFER).childOption(ChannelOption.AUTO_READ, false)));
        Flood flood = new Flood();
        SrtChannel caller = loopback.connect(
                flood,
                b -> mode.options.accept(b.option(ChannelOption.ALLOCATOR, allocator)
                        .option(SrtChannelOption.SRTO_SNDBUF, BUFFER)
                        .option(SrtChannelOption.SRTO_TLPKTDROP, false)
                        .option(ChannelOption.WRITE_BUFFER_WATER_MARK, new WriteBufferWaterMark(HIGH / 2, HIGH))));

        Await.until(
                "the writer is blocked",
                () -> !caller.isWritable() && caller.socket().events() % 8 < 4);
        long taken = flood.bytes.get();
        assertOthersGoOn(10);
        assertOthersGoOn(10);

        assertThat(taken).isBetween((long) HIGH, HIGH + 3L * BUFFER + 100_000);
        assertThat(flood.bytes.get() - taken).as("bytes taken meanwhile").isLessThan(HIGH);
        assertThat(allocator.metric().usedDirectMemory()).isLessThanOrEqualTo(CHUNKS);
        assertThat(caller.unsafe().outboundBuffer().totalPendingWriteBytes()).isLessThan(2L * HIGH);
        caller.config().setSoLinger(0);
        caller.close().sync();
    }

    /** A second pair on the same loop exchanges messages. */
    private void assertOthersGoOn(int count) {
        Recorder received = new Recorder();
        loopback.listen(channel -> channel.pipeline().addLast(received));
        SrtChannel other = loopback.connect(new ChannelInboundHandlerAdapter());
        for (int i = 0; i < count; i++) {
            other.writeAndFlush(ByteBufAllocator.DEFAULT.directBuffer(PACKET).writeZero(PACKET));
        }
        received.awaitMessages(count);
    }

    /** Writes as long as its channel is writable. */
    private static final class Flood extends ChannelInboundHandlerAdapter {
        final AtomicLong bytes = new AtomicLong();

        @Override
        public void channelActive(ChannelHandlerContext ctx) {
            write(ctx);
        }

        @Override
        public void channelWritabilityChanged(ChannelHandlerContext ctx) {
            write(ctx);
        }

        private void write(ChannelHandlerContext ctx) {
            while (ctx.channel().isWritable()) {
                ByteBuf buf = ctx.alloc().directBuffer(PACKET).writeZero(PACKET);
                bytes.addAndGet(PACKET);
                ctx.writeAndFlush(buf);
            }
        }
    }
}
