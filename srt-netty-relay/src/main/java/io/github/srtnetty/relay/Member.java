// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay;

import io.github.srtnetty.channel.SrtChannel;
import io.github.srtnetty.channel.SrtCloseEvent;
import io.github.srtnetty.libsrt.PeerText;
import io.github.srtnetty.libsrt.SrtStatistics;
import io.github.srtnetty.relay.streamid.StreamRequest;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.net.InetSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What publishers and players share: who they are, what they asked for, and that each line of the log says so. */
abstract sealed class Member extends ChannelInboundHandlerAdapter permits Publisher, Player {
    final StreamRequest request;
    final Hub hub;
    private final Channel channel;
    private final String peer;
    private final long sinceNanos = System.nanoTime();
    private String closeReason = "LOCAL";

    Member(Hub hub, StreamRequest request, Channel channel) {
        this.hub = hub;
        this.request = request;
        this.channel = channel;
        peer = channel.remoteAddress() instanceof InetSocketAddress inet ? PeerText.hostAndPort(inet) : "?";
    }

    final Channel channel() {
        return channel;
    }

    final String name() {
        return request.name();
    }

    final String peer() {
        return peer;
    }

    final double seconds() {
        return (System.nanoTime() - sinceNanos) / 1e9;
    }

    /** Returns what libsrt knows of the connection, null where nothing. */
    final @Nullable SrtStatistics statistics() {
        return channel instanceof SrtChannel srt ? srt.statistics() : null;
    }

    final String closeReason() {
        return closeReason;
    }

    /** Logs with stream and peer. */
    final void log(String what, Object... values) {
        hub.log()
                .member("stream=" + name() + " peer=" + peer + " role=" + request.role() + " "
                        + String.format(Locale.ROOT, what, values));
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof SrtCloseEvent close) {
            closeReason = close.reason().name();
        }
        ctx.fireUserEventTriggered(event);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (!(cause instanceof ClosedChannelException)) { // what was written last to a peer that left
            log("failed: %s", cause);
            ctx.close();
        }
    }
}
