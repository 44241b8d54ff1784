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
 * Fires the {@link SrtStatistics} of its channel as a user event, again and again while it is active. Each sample
 * begins a new interval, for everybody who reads the interval fields. After a stall of the event loop the periods that
 * were missed are skipped, and the next interval is longer. One for each pipeline.
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
        startIfActive(ctx);
    }

    @Override
    public void channelRegistered(ChannelHandlerContext ctx) {
        startIfActive(ctx); // active already: it has come from another loop
        ctx.fireChannelRegistered();
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        startIfActive(ctx);
        ctx.fireChannelActive();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        stop();
        ctx.fireChannelInactive();
    }

    @Override
    public void channelUnregistered(ChannelHandlerContext ctx) {
        stop();
        ctx.fireChannelUnregistered();
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        stop();
    }

    private void startIfActive(ChannelHandlerContext ctx) {
        if (timer == null && ctx.channel().isActive() && ctx.channel().isRegistered()) {
            startAt(ctx, System.nanoTime() + periodNanos);
        }
    }

    private void startAt(ChannelHandlerContext ctx, long dueNanos) {
        timer = ctx.executor()
                .schedule(() -> sample(ctx, dueNanos), dueNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
    }

    private void stop() {
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }

    // Samples, and starts the timer again: in step with the last time, but skips the periods that are over already.
    private void sample(ChannelHandlerContext ctx, long dueNanos) {
        long next = dueNanos + periodNanos;
        long now = System.nanoTime();
        startAt(ctx, next - now > 0 ? next : now + periodNanos);
        SrtStatistics statistics = ((SrtChannel) ctx.channel()).sampleStatistics();
        if (statistics != null) {
            ctx.fireUserEventTriggered(statistics);
        }
    }
}
