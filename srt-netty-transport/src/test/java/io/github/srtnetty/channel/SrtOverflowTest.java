// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.srtnetty.channel.testing.Loopback;
import io.github.srtnetty.libsrt.SrtStatistic;
import io.github.srtnetty.testing.Await;
import io.github.srtnetty.testing.Sequence;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A live receiver that reads too slowly: libsrt breaks the connection, which looks like a close of the peer. */
@Tag("slow")
@SuppressWarnings("try") // a sender works by being there
class SrtOverflowTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int PACKETS = 100;
    private static final long RATE = 8_000_000;

    private final Loopback loopback = new Loopback(2);
    private final CompletableFuture<SrtCloseReason> reason = new CompletableFuture<>();

    @AfterEach
    void close() {
        loopback.close();
    }

    @Test
    void endsWithOverflow_whereTheApplicationPausedReading() throws Exception {
        loopback.listen(channel -> channel.pipeline().addLast(new Reason()), SrtOverflowTest::smallBuffer);
        SrtChannel caller = loopback.connect(new ChannelInboundHandlerAdapter());
        SrtChannel accepted = loopback.accepted();
        accepted.config().setAutoRead(false);
        try (Sequence.Sender sender = new Sequence.Sender(caller, RATE)) {
            awaitSkippedMoreThanFits(caller);

            accepted.config().setAutoRead(true);

            assertThat(reason.get(LIMIT.toSeconds(), TimeUnit.SECONDS)).isSameAs(SrtCloseReason.OVERFLOW);
        }
    }

    @Test
    void endsWithOverflow_whereAHandlerBlockedTheLoop() throws Exception {
        CompletableFuture<Void> woken = new CompletableFuture<>();
        loopback.listen(
                channel -> channel.pipeline().addLast(new Blocking(woken), new Reason()), SrtOverflowTest::smallBuffer);
        SrtChannel caller = loopback.connect(new ChannelInboundHandlerAdapter());
        try (Sequence.Sender sender = new Sequence.Sender(caller, RATE)) {
            awaitSkippedMoreThanFits(caller);

            woken.complete(null);

            assertThat(reason.get(LIMIT.toSeconds(), TimeUnit.SECONDS)).isSameAs(SrtCloseReason.OVERFLOW);
        }
    }

    private static void smallBuffer(ServerBootstrap bootstrap) {
        bootstrap.option(SrtChannelOption.SRTO_FC, PACKETS).option(SrtChannelOption.SRTO_RCVBUF, PACKETS * 1456);
    }

    private static void awaitSkippedMoreThanFits(SrtChannel caller) {
        Await.until(
                "libsrt has skipped packets",
                LIMIT,
                () -> caller.statistics().asLong(SrtStatistic.PKT_SND_DROP_TOTAL) > 2 * PACKETS);
    }

    private static final class Blocking extends ChannelInboundHandlerAdapter {
        private final CompletableFuture<Void> woken;

        Blocking(CompletableFuture<Void> woken) {
            this.woken = woken;
        }

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object msg) {
            woken.join();
            ctx.fireChannelRead(msg);
        }
    }

    private final class Reason extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext ctx, Object msg) {
            ReferenceCountUtil.release(msg);
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
            if (event instanceof SrtCloseEvent close) {
                reason.complete(close.reason());
            }
        }
    }
}
