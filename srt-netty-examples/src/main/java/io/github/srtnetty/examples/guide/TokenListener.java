// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.guide;

import io.github.srtnetty.channel.SrtIoHandler;
import io.github.srtnetty.channel.SrtServerChannel;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import java.util.Map;

/** Prints how many bytes each user has sent, when their connection ends. */
public final class TokenListener extends SimpleChannelInboundHandler<ByteBuf> {
    private final String user;
    private long bytes;

    /** Creates the handler of one connection. */
    public TokenListener(String user) {
        this.user = user;
    }

    /** Listens on port 4201 of all addresses until it is ended. */
    public static void main(String[] args) throws InterruptedException {
        EventLoopGroup group = new MultiThreadIoEventLoopGroup(SrtIoHandler.newFactory());
        try {
            listen(group, 4201).sync().channel().closeFuture().sync();
        } finally {
            group.shutdownGracefully();
        }
    }

    static ChannelFuture listen(EventLoopGroup group, int port) {
        TokenFilter filter = new TokenFilter(
                Map.of(
                        "t0ken-of-ann", new TokenFilter.Permit("ann", "studio"),
                        "t0ken-of-bob", new TokenFilter.Permit("bob", "news")),
                Map.of("studio", "correct horse battery", "news", "another passphrase"));
        ServerBootstrap listener = new ServerBootstrap().group(group).channel(SrtServerChannel.class);
        return TokenFilter.configure(listener, filter, TokenListener::new).bind(port);
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, ByteBuf payload) {
        bytes += payload.readableBytes();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        System.out.println(user + " sent " + bytes + " bytes");
        ctx.fireChannelInactive();
    }
}
