// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.media;

import io.github.srtnetty.bootstrap.SrtUri;
import io.github.srtnetty.channel.SrtChannel;
import io.github.srtnetty.channel.SrtMessage;
import io.github.srtnetty.relay.stream.Intake;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoopGroup;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Reads from SRT: each message is a payload. */
final class SrtSource implements MediaSource, SrtMedium {
    private final SrtLink link;
    private final boolean sourceTime;

    SrtSource(SrtUri uri, EventLoopGroup group, MediaOptions options) {
        link = new SrtLink(uri, group, options.once());
        sourceTime = options.sourceTime();
    }

    @Override
    public void open(Intake intake) throws IOException, InterruptedException {
        link.open(channel -> {
            channel.config().setReceiveMessages(sourceTime);
            channel.pipeline().addLast(new Reader(intake));
        });
    }

    @Override
    public boolean isLive() {
        return true;
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
        private final Intake intake;

        Reader(Intake intake) {
            this.intake = intake;
        }

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object msg) {
            if (msg instanceof SrtMessage message) {
                intake.payload(message.content(), message.sourceTimeMicros());
            } else {
                intake.payload((ByteBuf) msg, Intake.NO_TIME);
            }
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext ctx) {
            intake.flush();
        }
    }
}
