// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.bootstrap;

import io.github.srtnetty.channel.SrtChannel;
import io.github.srtnetty.channel.SrtCloseEvent;
import io.github.srtnetty.channel.SrtCloseReason;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.function.Consumer;

/** The pipeline of a blocking connection: passes payloads on, and keeps {@link BlockingState} up to date. */
final class BlockingHandler extends ChannelInboundHandlerAdapter {
    private final BlockingState state;
    private final Consumer<ByteBuf> payloads;
    private boolean isPeer;

    /** Creates a handler; {@code payloads} takes ownership of each buffer. */
    BlockingHandler(BlockingState state, Consumer<ByteBuf> payloads) {
        this.state = state;
        this.payloads = payloads;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        isPeer = state.connected((SrtChannel) ctx.channel());
        if (!isPeer) {
            ctx.close();
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object msg) {
        if (isPeer) {
            payloads.accept((ByteBuf) msg);
        } else {
            ((ByteBuf) msg).release();
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        state.change(() -> {});
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (isPeer && event instanceof SrtCloseEvent close) {
            state.closes(close.reason());
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (isPeer) {
            state.failed(cause);
        }
        ctx.close();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        if (isPeer) {
            state.end(SrtCloseReason.LOCAL);
        }
    }
}
