// SPDX-License-Identifier: Apache-2.0
package com.example;

import io.github.srtnetty.channel.SrtChannel;
import io.github.srtnetty.channel.SrtChannelOption;
import io.github.srtnetty.channel.SrtIoHandler;
import io.github.srtnetty.channel.SrtServerChannel;
import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import java.net.InetAddress;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Connects to itself, sends, receives, and prints what the statistics say. */
public final class Transfer {
    private static final int MESSAGES = 100;
    private static final int BYTES = 1316;

    private Transfer() {}

    public static void main(String[] args) throws Exception {
        CountDownLatch received = new CountDownLatch(MESSAGES);
        EventLoopGroup group = new MultiThreadIoEventLoopGroup(2, SrtIoHandler.newFactory());
        Channel listener = new ServerBootstrap()
                .group(group)
                .channel(SrtServerChannel.class)
                .option(SrtChannelOption.SRTO_PASSPHRASE, "a passphrase of the consumer")
                .childHandler(new Receiver(received))
                .bind(InetAddress.getLoopbackAddress(), 0)
                .sync()
                .channel();
        SrtChannel caller = (SrtChannel) new Bootstrap()
                .group(group)
                .channel(SrtChannel.class)
                .option(SrtChannelOption.SRTO_PASSPHRASE, "a passphrase of the consumer")
                .handler(new ChannelInitializer<SrtChannel>() {
                    @Override
                    protected void initChannel(SrtChannel channel) {}
                })
                .connect(listener.localAddress())
                .sync()
                .channel();
        for (int i = 0; i < MESSAGES; i++) {
            caller.writeAndFlush(Unpooled.wrappedBuffer(new byte[BYTES])).sync();
        }
        boolean all = received.await(20, TimeUnit.SECONDS);
        long sent = caller.sampleStatistics().pktSentTotal();
        caller.close().sync();
        group.shutdownGracefully(0, 5, TimeUnit.SECONDS).sync();
        System.out.println("received " + (MESSAGES - received.getCount()) + ", sent " + sent);
        System.exit(all && sent >= MESSAGES ? 0 : 1);
    }

    private static final class Receiver extends ChannelInitializer<SrtChannel> {
        private final CountDownLatch received;

        Receiver(CountDownLatch received) {
            this.received = received;
        }

        @Override
        protected void initChannel(SrtChannel channel) {
            channel.pipeline().addLast(new SimpleChannelInboundHandler<ByteBuf>() {
                @Override
                protected void channelRead0(ChannelHandlerContext ctx, ByteBuf payload) {
                    received.countDown();
                }
            });
        }
    }
}
