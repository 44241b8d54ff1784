// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.endpoint;

import io.github.srtnetty.channel.SrtCloseEvent;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.nio.channels.ClosedChannelException;
import java.util.function.Supplier;

/** The last handler of a publisher or player: closes the channel after a failure, and logs how it ended. */
final class ConnectionEnd extends ChannelInboundHandlerAdapter {
    private final ConnectionLog log;
    private final Supplier<String> details;
    private String reason = "LOCAL";

    /** Logs with {@code details} behind the reason. */
    ConnectionEnd(ConnectionLog log, Supplier<String> details) {
        this.log = log;
        this.details = details;
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof SrtCloseEvent close) {
            reason = close.reason().name();
        }
        ctx.fireUserEventTriggered(event);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (!(cause instanceof ClosedChannelException)) { // the last writes to a peer that disconnected
            log.line("failed: %s", cause);
            ctx.close();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        log.line("left after %.1f s: %s%s", log.connection().seconds(), reason, details.get());
    }
}
