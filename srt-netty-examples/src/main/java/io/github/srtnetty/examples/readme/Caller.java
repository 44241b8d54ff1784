// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.readme;

import io.github.srtnetty.bootstrap.SrtUri;
import io.github.srtnetty.channel.SrtIoHandler;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;

/** Sends one payload. */
public final class Caller {
    private Caller() {}

    /** Runs once; the argument is an address like {@code srt://host:port?latency=120}. */
    public static void main(String[] args) throws InterruptedException {
        EventLoopGroup group = new MultiThreadIoEventLoopGroup(SrtIoHandler.newFactory());
        SrtUri uri = SrtUri.parse(args[0]); // srt://host:port?latency=120&passphrase=...
        Channel channel =
                uri.open(group, new ChannelInboundHandlerAdapter()).sync().channel();
        channel.writeAndFlush(Unpooled.wrappedBuffer(new byte[1316]));
        channel.close().sync(); // done when the listener has it
        group.shutdownGracefully();
    }
}
