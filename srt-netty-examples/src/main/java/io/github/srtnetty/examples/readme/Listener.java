// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.readme;

import io.github.srtnetty.channel.SrtChannel;
import io.github.srtnetty.channel.SrtChannelOption;
import io.github.srtnetty.channel.SrtIoHandler;
import io.github.srtnetty.channel.SrtServerChannel;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;

/** Prints the sizes of the payloads that arrive on a port. */
public final class Listener {
    private Listener() {}

    /** Runs until it is killed; the argument is the port. */
    public static void main(String[] args) throws InterruptedException {
        int port = Integer.parseInt(args[0]);
        EventLoopGroup group = new MultiThreadIoEventLoopGroup(SrtIoHandler.newFactory());
        try {
            Channel listener = new ServerBootstrap()
                    .group(group)
                    .channel(SrtServerChannel.class)
                    .option(SrtChannelOption.SRTO_LATENCY, 120)
                    .childHandler(new ChannelInitializer<SrtChannel>() {
                        @Override
                        protected void initChannel(SrtChannel channel) {
                            channel.pipeline().addLast(new SimpleChannelInboundHandler<ByteBuf>() {
                                @Override
                                protected void channelRead0(ChannelHandlerContext ctx, ByteBuf payload) {
                                    System.out.println(payload.readableBytes() + " bytes");
                                }
                            });
                        }
                    })
                    .bind(port)
                    .sync()
                    .channel();
            listener.closeFuture().sync(); // until another thread calls listener.close()
        } finally {
            group.shutdownGracefully().sync(); // closes the accepted channels
        }
    }
}
