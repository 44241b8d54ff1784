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
 * Fires the {@link SrtStatistics} of its channel periodically as a user event while the channel is active. Each sample
 * begins a new interval for all readers of the interval fields. After a stall of the event loop, missed periods are
 * skipped and the next interval is longer. Not sharable: add a new sampler to each pipeline.
 */
public final class SrtStatisticsSampler extends ChannelInboundHandlerAdapter {
    private final long periodNanos;
    private @Nullable Future<?> timer;

    /**
     * Creates a sampler.
     *
     * @param period the time between two samples
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
        startIfActive(ctx); // already active: the channel has moved from another loop
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

    // Samples and restarts the timer. The due time stays in step with the last one, but periods that are over are
    // skipped.
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
