// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.guide;

import io.github.srtnetty.bootstrap.SrtUri;
import io.github.srtnetty.channel.SrtChannel;
import io.github.srtnetty.channel.SrtIoHandler;
import io.github.srtnetty.codec.mpegts.TsPacketDecoder;
import io.github.srtnetty.codec.scte35.Scte35Cue;
import io.github.srtnetty.codec.scte35.Scte35Handler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import java.util.OptionalLong;

/** Prints the cues of a stream with their pre-roll. */
public final class CuePrinter extends SimpleChannelInboundHandler<Scte35Cue> {
    /** Runs until a caller's connection ends; a listener runs until it is stopped. The argument is an address. */
    public static void main(String[] args) throws InterruptedException {
        EventLoopGroup group = new MultiThreadIoEventLoopGroup(SrtIoHandler.newFactory());
        try {
            SrtUri.parse(args[0])
                    .open(group, new Cues())
                    .sync()
                    .channel()
                    .closeFuture()
                    .sync();
        } finally {
            group.shutdownGracefully().sync();
        }
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, Scte35Cue cue) {
        OptionalLong preRoll = cue.preRollMillis(); // empty for a cue without a time
        String ahead = preRoll.isPresent() ? preRoll.getAsLong() + " ms ahead" : "no time";
        System.out.println(cue.section().command().name() + ", " + ahead + ": "
                + cue.section().toBase64());
    }

    /** The pipeline of a connection. */
    static final class Cues extends ChannelInitializer<SrtChannel> {
        @Override
        protected void initChannel(SrtChannel channel) {
            channel.pipeline().addLast(new TsPacketDecoder(), new Scte35Handler(), new CuePrinter());
        }
    }
}
