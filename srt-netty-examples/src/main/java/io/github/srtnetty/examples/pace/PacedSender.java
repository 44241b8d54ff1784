// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.pace;

import io.github.srtnetty.channel.SrtPacer;
import io.github.srtnetty.channel.SrtTimedPayload;
import io.github.srtnetty.codec.mpegts.TimedPayloads;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;

/**
 * Writes timed payloads to its channel from a blocking thread. An {@link SrtPacer}, which it adds to the pipeline,
 * sends each when it is due and not before there is room for it.
 */
public final class PacedSender extends ChannelInboundHandlerAdapter {
    /**
     * Sends everything, and blocks until it is written. Not on an event loop.
     *
     * @throws ClosedChannelException when the channel closes before
     */
    public void send(Channel channel, TimedPayloads payloads) throws IOException, InterruptedException {
        ChannelFuture last = channel.newSucceededFuture();
        for (var payload = payloads.next(); payload != null; payload = payloads.next()) {
            waitForRoom(channel);
            last = channel.writeAndFlush(
                    new SrtTimedPayload(Unpooled.wrappedBuffer(payload.bytes()), payload.dueNanos()));
        }
        last.sync();
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        ctx.pipeline().addBefore(ctx.name(), null, new SrtPacer());
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object msg) {
        ReferenceCountUtil.release(msg); // a sender is sent nothing that it could use
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        changed();
        ctx.fireChannelWritabilityChanged();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        changed();
        ctx.fireChannelInactive();
    }

    private synchronized void changed() {
        notifyAll();
    }

    private synchronized void waitForRoom(Channel channel) throws IOException, InterruptedException {
        while (channel.isActive() && !channel.isWritable()) {
            wait();
        }
        if (!channel.isActive()) {
            throw new ClosedChannelException();
        }
    }
}
