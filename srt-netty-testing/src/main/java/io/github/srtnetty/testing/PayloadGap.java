// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.testing;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import java.util.concurrent.TimeUnit;

/** Measures the longest time between two payloads. Its getters may be called by any thread. */
public final class PayloadGap extends SimpleChannelInboundHandler<ByteBuf> {
    private volatile long count;
    private volatile boolean inactive;
    private volatile long longestNanos;
    private long lastNanos;

    public long count() {
        return count;
    }

    public boolean isInactive() {
        return inactive;
    }

    public long longestMillis() {
        return TimeUnit.NANOSECONDS.toMillis(longestNanos);
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, ByteBuf payload) {
        long now = System.nanoTime();
        longestNanos = count == 0 ? 0 : Math.max(longestNanos, now - lastNanos);
        lastNanos = now;
        count++;
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        inactive = true;
    }
}
