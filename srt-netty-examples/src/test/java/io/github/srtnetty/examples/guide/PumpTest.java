// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.guide;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.srtnetty.channel.SrtChannel;
import io.github.srtnetty.channel.SrtChannelOption;
import io.github.srtnetty.channel.testing.Loopback;
import io.github.srtnetty.channel.testing.StreamMode;
import io.github.srtnetty.testing.Await;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.WriteBufferWaterMark;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class PumpTest {
    private static final int PIECES = 200;
    private static final int PIECE_BYTES = 10_000;
    private static final int LIVE_PAYLOADS = 40_000;
    private static final int LIVE_PAYLOAD_BYTES = 1316;
    private static final long LIVE_BITS_PER_SECOND = 100_000_000;

    private final AtomicLong received = new AtomicLong();
    private final AtomicInteger taken = new AtomicInteger();

    /** The end of the source comes while the channel waits for room. */
    @Test
    void losesNothing_whenTheReceiverIsSlowerThanTheSource() throws InterruptedException {
        try (Loopback loopback = new Loopback()) {
            loopback.listen(channel -> channel.pipeline().addLast(new Counter()), b -> {
                StreamMode.set(b);
                b.childOption(ChannelOption.AUTO_READ, false).option(SrtChannelOption.SRTO_RCVBUF, 64 * 1472);
            });
            loopback.connect(new Pump(this::next), b -> {
                StreamMode.set(b);
                b.option(SrtChannelOption.SRTO_SNDBUF, 64 * 1472);
                b.option(ChannelOption.WRITE_BUFFER_WATER_MARK, new WriteBufferWaterMark(1 << 20, 4 << 20));
            });
            SrtChannel accepted = loopback.accepted();
            Await.until("the source is at its end", () -> taken.get() > PIECES);

            accepted.config().setAutoRead(true);

            assertThat(accepted.closeFuture().await(20_000)).isTrue();
            assertThat(received).hasValue((long) PIECES * PIECE_BYTES);
        }
    }

    @Test
    @Tag("slow")
    void losesNothingOf40000Payloads_inLiveMode() throws InterruptedException {
        try (Loopback loopback = new Loopback()) {
            loopback.listen(
                    channel -> channel.pipeline().addLast(new Counter()),
                    b -> b.option(SrtChannelOption.SRTO_LATENCY, 500).option(SrtChannelOption.SRTO_TLPKTDROP, false));
            loopback.connect(
                    new ChannelInitializer<SrtChannel>() {
                        @Override
                        protected void initChannel(SrtChannel channel) {
                            Pump.live(channel, LIVE_BITS_PER_SECOND, PumpTest.this::nextPayload);
                        }
                    },
                    b -> b.option(SrtChannelOption.SRTO_TLPKTDROP, false));
            assertThat(loopback.accepted().closeFuture().await(60_000)).isTrue();
        }
        assertThat(received).hasValue((long) LIVE_PAYLOADS * LIVE_PAYLOAD_BYTES);
    }

    @Tag("slow")
    @Test
    void losesNothingOf40000Payloads_inStreamMode() throws InterruptedException {
        try (Loopback loopback = new Loopback()) {
            loopback.listen(channel -> channel.pipeline().addLast(new Counter()), StreamMode::set);
            loopback.connect(new Pump(this::nextPayload), StreamMode::set);
            assertThat(loopback.accepted().closeFuture().await(60_000)).isTrue();
        }
        assertThat(received).hasValue((long) LIVE_PAYLOADS * LIVE_PAYLOAD_BYTES);
    }

    private ByteBuf nextPayload() {
        return taken.getAndIncrement() < LIVE_PAYLOADS ? Unpooled.wrappedBuffer(new byte[LIVE_PAYLOAD_BYTES]) : null;
    }

    private ByteBuf next() {
        return taken.getAndIncrement() < PIECES ? Unpooled.wrappedBuffer(new byte[PIECE_BYTES]) : null;
    }

    private final class Counter extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext ctx, Object msg) {
            received.addAndGet(((ByteBuf) msg).readableBytes());
            ((ByteBuf) msg).release();
        }
    }
}
