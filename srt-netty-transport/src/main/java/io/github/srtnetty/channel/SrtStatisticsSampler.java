// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.channel;

import io.github.srtnetty.libsrt.SrtStatistics;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Fires the {@link SrtStatistics} of its channel as a user event, again and again while it is active. Each sample begins a
 * new interval, for everybody who reads the interval fields. One for each pipeline.
 */
public final class SrtStatisticsSampler extends ChannelInboundHandlerAdapter {
    private final long periodNanos;
    private @Nullable Future<?> timer;

    /**
     * Creates a sampler.
     *
     * @throws IllegalArgumentException when the period is not positive
     */
    public SrtStatisticsSampler(Duration period) {
        if (period.isZero() || period.isNegative()) {
            throw new IllegalArgumentException("sampling period " + period + ": must be positive");
        }
        periodNanos = period.toNanos();
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        if (ctx.channel().isActive()) {
            start(ctx);
        }
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        start(ctx);
        ctx.fireChannelActive();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        stop();
        ctx.fireChannelInactive();
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        stop();
    }

    private void start(ChannelHandlerContext ctx) {
        if (timer == null) {
            timer = ctx.executor()
                    .scheduleAtFixedRate(() -> sample(ctx), periodNanos, periodNanos, TimeUnit.NANOSECONDS);
        }
    }

    private void stop() {
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }

    private static void sample(ChannelHandlerContext ctx) {
        SrtStatistics statistics = ((SrtChannel) ctx.channel()).sampleStatistics();
        if (statistics != null) {
            ctx.fireUserEventTriggered(statistics);
        }
    }
}
