// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.readme;

import io.github.srtnetty.bootstrap.SrtUri;
import io.github.srtnetty.channel.SrtChannel;
import io.github.srtnetty.channel.SrtIoHandler;
import io.github.srtnetty.channel.SrtPacer;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import java.io.IOException;

/** Sends standard input as payloads of 1316 bytes, at 5 Mbit/s. */
public final class Caller {
    private Caller() {}

    /** Runs until the input ends; the argument is an address like {@code srt://host:port?latency=120}. */
    public static void main(String[] args) throws IOException, InterruptedException {
        EventLoopGroup group = new MultiThreadIoEventLoopGroup(SrtIoHandler.newFactory());
        try {
            SrtUri uri = SrtUri.parse(args[0]); // srt://host:port?latency=120&passphrase=...
            ChannelFuture connected = uri.open(group, new ChannelInitializer<SrtChannel>() {
                @Override
                protected void initChannel(SrtChannel channel) {
                    channel.pipeline().addLast(SrtPacer.atBitRate(5_000_000));
                }
            });
            Channel channel = connected.sync().channel();
            ChannelFuture last = connected;
            for (byte[] payload; (payload = System.in.readNBytes(1316)).length > 0; ) {
                last = channel.writeAndFlush(Unpooled.wrappedBuffer(payload));
                if (!channel.isWritable()) {
                    last.sync();
                }
            }
            last.sync(); // close() would fail the writes that still wait in the channel
            channel.close().sync(); // until the listener has all of it, or is gone
        } finally {
            group.shutdownGracefully().sync();
        }
    }
}
