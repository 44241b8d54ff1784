// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.cli;

import io.github.srtnetty.channel.SrtChannel;
import io.github.srtnetty.channel.SrtCloseEvent;
import io.github.srtnetty.channel.SrtCloseReason;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Consumer;

/** Reports the end of a connection, and whether it broke: then what arrived is not all that the peer has sent. */
public final class ConnectionEnd extends ChannelInboundHandlerAdapter {
    private final Consumer<Optional<IOException>> listener;
    private Optional<IOException> broken = Optional.empty();
    private boolean wasActive;

    /**
     * Reports to {@code listener}, once and on the event loop, after the handlers before this one have seen the end:
     * nothing when a side closed the connection, otherwise a failure that names the peer. A connect that failed is not
     * reported.
     */
    public ConnectionEnd(Consumer<Optional<IOException>> listener) {
        this.listener = listener;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        wasActive = true;
        ctx.fireChannelActive();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof SrtCloseEvent close) {
            broken = failure((SrtChannel) ctx.channel(), close.reason());
        }
        ctx.fireUserEventTriggered(event);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        if (wasActive) {
            listener.accept(broken);
        }
    }

    private static Optional<IOException> failure(SrtChannel channel, SrtCloseReason reason) {
        String lost = "lost the connection to " + SingleConnection.peer(channel) + ": ";
        return switch (reason) {
            case OVERFLOW ->
                Optional.of(new IOException(lost + "data is missing, because it was read too slowly (OVERFLOW)"));
            case IDLE_TIMEOUT ->
                Optional.of(new IOException(lost + "the peer does not answer any more (IDLE_TIMEOUT)"));
            case LOST ->
                Optional.of(new IOException(
                        lost + "the peer closed it after a silence, or does not answer any more (LOST)"));
            case LOCAL, PEER_CLOSED, REJECTED, CONNECT_TIMEOUT -> Optional.empty();
        };
    }
}
