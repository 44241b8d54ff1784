// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.timer;

import io.netty.channel.ChannelHandlerContext;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Runs the task of a handler periodically while the channel is active and the handler is in its pipeline, and fires the
 * handler's events. From each of its own methods the handler calls the method with the same name. Event loop.
 */
public final class ActiveTimer {
    private final long periodNanos;
    private final Runnable task;
    private @Nullable ChannelHandlerContext context;
    private @Nullable Future<?> running;

    /**
     * Creates a timer that does not run yet.
     *
     * @param periodNanos the time from the end of one run to the start of the next, in nanoseconds
     */
    public ActiveTimer(long periodNanos, Runnable task) {
        this.periodNanos = periodNanos;
        this.task = task;
    }

    /** Starts the task if the channel is already active. */
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
        if (ctx.channel().isActive()) {
            start(ctx);
        }
    }

    /** Starts the task, and passes the event on. */
    public void channelActive(ChannelHandlerContext ctx) {
        start(ctx);
        ctx.fireChannelActive();
    }

    /** Stops the task permanently: later events are not fired. */
    public void handlerRemoved() {
        stop();
        context = null;
    }

    /** Stops the task, and passes the event on. */
    public void channelInactive(ChannelHandlerContext ctx) {
        stop();
        ctx.fireChannelInactive();
    }

    /** Fires a user event to the next handler if this handler is in a pipeline. */
    public void fire(Object event) {
        if (context != null) {
            context.fireUserEventTriggered(event);
        }
    }

    private void start(ChannelHandlerContext ctx) {
        if (running == null) {
            running = ctx.executor().scheduleWithFixedDelay(task, periodNanos, periodNanos, TimeUnit.NANOSECONDS);
        }
    }

    private void stop() {
        if (running != null) {
            running.cancel(false);
            running = null;
        }
    }
}
