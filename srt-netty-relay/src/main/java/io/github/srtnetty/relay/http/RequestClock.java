// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Bounds how long a client may take for a request, however busy it is meanwhile, and how long a connection may be idle.
 *
 * <table>
 * <caption>States</caption>
 * <tr><th>state</th><th>begins with</th><th>when the time is over</th></tr>
 * <tr><td>idle</td><td>the connection, {@link #answered}</td><td>closes</td></tr>
 * <tr><td>reads</td><td>the first bytes in the state idle</td><td>fires {@link Expired}</td></tr>
 * <tr><td>answers</td><td>{@link #received}</td><td>never</td></tr>
 * </table>
 */
final class RequestClock extends ChannelInboundHandlerAdapter {
    /** The event for a request that did not arrive in time. */
    enum Expired {
        REQUEST
    }

    private final HttpLimits limits;
    private final IdleConnections connections;
    private @Nullable ChannelHandlerContext context;
    private @Nullable Future<?> timer;
    private boolean idle;

    RequestClock(HttpLimits limits, IdleConnections connections) {
        this.limits = limits;
        this.connections = connections;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
        idleFor(limits.request());
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        connections.remove(ctx.channel());
        stop();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (idle) {
            idle = false;
            connections.remove(ctx.channel());
            after(limits.request(), () -> ctx.fireUserEventTriggered(Expired.REQUEST));
        }
        ctx.fireChannelRead(message);
    }

    /** Notes that a request was read completely. */
    void received() {
        idle = false;
        stop();
    }

    /** Notes that a request was answered and none waits. */
    void answered() {
        connections.add(context().channel());
        idleFor(limits.idle());
    }

    private void idleFor(Duration duration) {
        idle = true;
        after(duration, context()::close);
    }

    private void after(Duration duration, Runnable task) {
        stop();
        timer = context().executor().schedule(task, duration.toMillis(), TimeUnit.MILLISECONDS);
    }

    private ChannelHandlerContext context() {
        return Objects.requireNonNull(context, "added to a pipeline first");
    }

    private void stop() {
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }
}
