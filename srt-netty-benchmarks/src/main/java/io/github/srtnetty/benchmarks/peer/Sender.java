// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.benchmarks.peer;

import io.github.srtnetty.channel.SrtChannel;
import io.github.srtnetty.channel.SrtIoHandler;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Sends live payloads at a rate, or a stream as fast as it goes; see {@code bench.c}. */
public final class Sender {
    private static final int PAYLOAD = 1316;
    private static final int PIECE = 65536;

    private Sender() {}

    /** Runs one. */
    public static void main(String[] args) throws InterruptedException {
        Arguments arguments = Arguments.parse(args);
        MultiThreadIoEventLoopGroup group = new MultiThreadIoEventLoopGroup(1, SrtIoHandler.newFactory());
        Channel[] channels = new Channel[arguments.connections()];
        CountDownLatch done = new CountDownLatch(1);
        long end = System.nanoTime() + (long) (arguments.sixth() * TimeUnit.SECONDS.toNanos(1));
        for (int i = 0; i < channels.length; i++) {
            Bootstrap bootstrap = new Bootstrap().group(group).channel(SrtChannel.class);
            bootstrap.handler(arguments.live() ? new ChannelInboundHandlerAdapter() : new StreamPump(end, done));
            arguments.applyTo(bootstrap);
            channels[i] = bootstrap.connect(arguments.address()).sync().channel();
        }
        if (arguments.live()) {
            sendLive(channels, arguments.fifth(), end);
        } else {
            done.await();
        }
        System.exit(0);
    }

    private static void sendLive(Channel[] channels, double bitsPerSecond, long end) {
        double interval = PAYLOAD * 8.0 * 1e9 / bitsPerSecond;
        long start = System.nanoTime();
        long sent = 0;
        while (System.nanoTime() - end < 0) {
            long due = (long) ((System.nanoTime() - start) / interval) + 1;
            for (; sent < due; sent++) {
                Channel channel = channels[(int) (sent % channels.length)];
                ByteBuf payload = channel.alloc().directBuffer(PAYLOAD);
                payload.writeLongLE(System.nanoTime()).writeZero(PAYLOAD - Long.BYTES);
                channel.writeAndFlush(payload, channel.voidPromise());
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
    }

    /** Writes while the channel is writable. */
    private static final class StreamPump extends ChannelInboundHandlerAdapter {
        private final long end;
        private final CountDownLatch done;

        StreamPump(long end, CountDownLatch done) {
            this.end = end;
            this.done = done;
        }

        @Override
        public void channelActive(ChannelHandlerContext ctx) {
            ctx.channel().eventLoop().execute(() -> pump(ctx));
        }

        @Override
        public void channelWritabilityChanged(ChannelHandlerContext ctx) {
            pump(ctx);
        }

        @Override
        public void channelInactive(ChannelHandlerContext ctx) {
            done.countDown();
        }

        /** Ends the sender: the receiver ends first, and writes that are not sent by then fail. */
        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            ctx.close();
        }

        private void pump(ChannelHandlerContext ctx) {
            while (ctx.channel().isActive() && ctx.channel().isWritable()) {
                if (System.nanoTime() - end >= 0) {
                    done.countDown();
                    return;
                }
                ByteBuf piece = ctx.alloc().directBuffer(PIECE);
                piece.writerIndex(PIECE);
                ctx.writeAndFlush(piece, ctx.voidPromise());
            }
        }
    }
}
