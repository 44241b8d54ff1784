// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.guide;

import io.github.srtnetty.channel.SrtChannel;
import io.github.srtnetty.channel.SrtPacer;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Sends what a source has, as fast as the connection, or a pacer before it, takes it. */
public final class Pump extends ChannelInboundHandlerAdapter {
    private final Supplier<@Nullable ByteBuf> source;

    /** Creates a handler; the source returns null when it has nothing more. */
    public Pump(Supplier<@Nullable ByteBuf> source) {
        this.source = source;
    }

    static void live(SrtChannel channel, long bitsPerSecond, Supplier<@Nullable ByteBuf> source) {
        channel.pipeline().addLast(SrtPacer.atBitRate(bitsPerSecond), new Pump(source));
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        pump(ctx);
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        pump(ctx);
    }

    private void pump(ChannelHandlerContext ctx) {
        while (ctx.channel().isWritable()) {
            ByteBuf payload = source.get();
            if (payload == null) {
                // close() here would fail the writes that still wait in the channel
                ctx.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
                return;
            }
            ctx.writeAndFlush(payload, ctx.voidPromise());
        }
    }
}
