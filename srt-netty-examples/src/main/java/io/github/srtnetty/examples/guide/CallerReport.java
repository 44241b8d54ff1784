// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.guide;

import io.github.srtnetty.channel.SrtAcceptRequest;
import io.github.srtnetty.channel.SrtChannel;
import io.github.srtnetty.channel.SrtServerChannel;
import io.github.srtnetty.channel.SrtStatisticsSampler;
import io.github.srtnetty.libsrt.SrtStatistics;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import java.time.Duration;

/** Prints stream id, bytes and round trip time of an accepted connection each second. */
public final class CallerReport extends SimpleChannelInboundHandler<ByteBuf> {
    private long bytes;

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
        return listener.bind(port);
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, ByteBuf payload) {
        bytes += payload.readableBytes();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        SrtAcceptRequest request = ((SrtChannel) ctx.channel()).acceptRequest();
        if (event instanceof SrtStatistics statistics && request != null) {
            System.out.printf("%s: %d bytes, RTT %.1f ms%n", request.shownStreamId(), bytes, statistics.rttMillis());
        }
        ctx.fireUserEventTriggered(event);
    }
}
