// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Writes timed payloads to its channel, each when it is due and not before there is room for it. Due times count from
 * the first payload, so that nothing drifts; only who is late by over a second starts to count anew, instead of
 * catching up in a burst.
 */
final class PacedSender extends ChannelInboundHandlerAdapter {
    private static final long LATE_NANOS = TimeUnit.SECONDS.toNanos(1);

    /**
     * Sends everything, and blocks until it is written. Not on an event loop.
     *
     * @throws ClosedChannelException when the channel closes before
     */
    void send(Channel channel, TimedPayloads payloads) throws IOException, InterruptedException {
        long start = System.nanoTime();
        ChannelFuture last = channel.newSucceededFuture();
        for (var payload = payloads.next(); payload != null; payload = payloads.next()) {
            start += waitUntil(start + payload.dueNanos());
            waitForRoom(channel);
            last = channel.writeAndFlush(Unpooled.wrappedBuffer(payload.bytes()));
        }
        last.sync();
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

    /** Waits until it is time; returns by how much the clock has to be set back, 0 mostly. */
    private static long waitUntil(long dueNanos) throws InterruptedException {
        long left = dueNanos - System.nanoTime();
        while (left > 0) {
            LockSupport.parkNanos(left);
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            left = dueNanos - System.nanoTime();
        }
        return -left > LATE_NANOS ? -left : 0;
    }
}
