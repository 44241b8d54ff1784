// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.media;

import io.github.srtnetty.bootstrap.SrtUri;
import io.github.srtnetty.channel.SrtChannel;
import io.github.srtnetty.channel.SrtMessage;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoopGroup;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Reads from SRT: each message is a payload. */
final class SrtInput implements Input, Connection {
    private final SrtLink link;
    private final boolean sourceTime;

    SrtInput(SrtUri uri, EventLoopGroup group, MediaOptions options) {
        link = new SrtLink(uri, group, options.once());
        sourceTime = options.sourceTime();
    }

    @Override
    public void open(Receiver receiver) throws IOException, InterruptedException {
        link.open(channel -> {
            channel.config().setReceiveMessages(sourceTime);
            channel.pipeline().addLast(new Reader(receiver));
        });
    }

    @Override
    public CompletableFuture<Void> ended() {
        return link.ended();
    }

    @Override
    public @Nullable SrtChannel channel() {
        return link.channel();
    }

    @Override
    public void close() {
        link.finish();
    }

    private static final class Reader extends ChannelInboundHandlerAdapter {
        private final Receiver receiver;

        Reader(Receiver receiver) {
            this.receiver = receiver;
        }

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object msg) {
            if (msg instanceof SrtMessage message) {
                receiver.payload(message.content(), message.sourceTimeMicros());
            } else {
                receiver.payload((ByteBuf) msg, Receiver.NO_TIME);
            }
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext ctx) {
            receiver.burstEnded();
        }
    }
}
