// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay;

import io.github.srtnetty.relay.config.RelaySetting;
import io.github.srtnetty.relay.streamid.StreamRequest;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The sender of a stream: hands each payload on as it came. On its own event loop, which it never lets wait. */
final class Publisher extends Member {
    private @Nullable LiveStream stream;
    private volatile long readNanos = System.nanoTime();

    Publisher(Hub hub, StreamRequest request, Channel channel) {
        super(hub, request, channel);
    }

    /** Returns whether it has sent nothing for so long that another may take its place. Any thread. */
    boolean isSilent(long nowNanos) {
        long limitMillis = hub.config().number(RelaySetting.SILENT_PUBLISHER_MILLIS);
        return nowNanos - readNanos > TimeUnit.MILLISECONDS.toNanos(limitMillis);
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        stream = hub.publish(this);
        if (stream == null) { // two asked at the same moment, and both passed the filter
            log("closed: the name was taken in the meantime");
            ctx.close();
            return;
        }
        log("publishes, %d players wait", stream.players().size());
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object msg) {
        ByteBuf payload = (ByteBuf) msg;
        try {
            long now = System.nanoTime();
            readNanos = now;
            if (stream != null) {
                stream.relay(payload, now);
            }
        } finally {
            payload.release();
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        if (stream != null) {
            stream.wakePlayers();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        if (stream != null) {
            stream.wakePlayers();
            hub.unpublish(this);
            log("left after %.1f s: %s", seconds(), closeReason());
        }
    }
}
