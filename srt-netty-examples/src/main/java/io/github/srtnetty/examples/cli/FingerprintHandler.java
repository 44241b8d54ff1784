// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.cli;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.concurrent.CompletableFuture;

/** Hashes what arrives, and passes it on, until the sender is done. One for each channel. */
public final class FingerprintHandler extends ChannelInboundHandlerAdapter {
    private final Fingerprint arrived = new Fingerprint();
    private final CompletableFuture<Fingerprint> complete = new CompletableFuture<>();

    /** Returns what holds the fingerprint when the channel is closed. */
    public CompletableFuture<Fingerprint> complete() {
        return complete;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object msg) {
        arrived.add(((ByteBuf) msg).nioBuffer());
        ctx.fireChannelRead(msg);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        complete.complete(arrived);
        ctx.fireChannelInactive();
    }
}
