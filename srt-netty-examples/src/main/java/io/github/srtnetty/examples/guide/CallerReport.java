// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.guide;

import io.github.srtnetty.channel.SrtAcceptRequest;
import io.github.srtnetty.channel.SrtChannel;
import io.github.srtnetty.channel.SrtCloseEvent;
import io.github.srtnetty.channel.SrtIoHandler;
import io.github.srtnetty.channel.SrtServerChannel;
import io.github.srtnetty.channel.SrtStatisticsSampler;
import io.github.srtnetty.libsrt.SrtStatistics;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import java.time.Duration;

/** Prints peer, stream id, bytes and round trip time of an accepted connection each second, and at its end. */
public final class CallerReport extends SimpleChannelInboundHandler<ByteBuf> {
    private long bytes;

    /** Listens on port 4201 of this host until it is ended. */
    public static void main(String[] args) throws InterruptedException {
        EventLoopGroup group = new MultiThreadIoEventLoopGroup(SrtIoHandler.newFactory());
        try {
            listen(group, 4201).sync().channel().closeFuture().sync();
        } finally {
            group.shutdownGracefully();
        }
    }

    static ChannelFuture listen(EventLoopGroup group, int port) {
        ServerBootstrap listener = new ServerBootstrap()
                .group(group)
                .channel(SrtServerChannel.class)
                .childHandler(new ChannelInitializer<SrtChannel>() {
                    @Override
                    protected void initChannel(SrtChannel channel) {
                        channel.pipeline().addLast(new SrtStatisticsSampler(Duration.ofSeconds(1)), new CallerReport());
                    }
                });
        return listener.bind("127.0.0.1", port); // bind(port) accepts callers of other hosts too
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, ByteBuf payload) {
        bytes += payload.readableBytes();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof SrtStatistics || event instanceof SrtCloseEvent) { // each second, and at the end
            print((SrtChannel) ctx.channel());
        }
        ctx.fireUserEventTriggered(event);
    }

    private void print(SrtChannel caller) {
        SrtAcceptRequest request = caller.acceptRequest();
        SrtStatistics statistics = caller.statistics();
        if (request != null && statistics != null) {
            System.out.printf(
                    "%s %s: %d bytes, RTT %.1f ms%n",
                    request.peer(), request.shownStreamId(), bytes, statistics.rttMillis());
        }
    }
}
