// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.media;

import io.github.srtnetty.examples.cli.Failures;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.socket.SocketProtocolFamily;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Writes a datagram for each payload, to one host or to a multicast group; nobody tells whether it arrives. */
final class UdpOutput implements Output {
    private final UdpAddress address;
    private final EventLoopGroup group;
    private final CompletableFuture<Void> ready = new CompletableFuture<>();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private final AtomicLong dropped = new AtomicLong();
    private @Nullable Channel channel;
    private @Nullable InetSocketAddress target;
    private @Nullable CompletableFuture<Void> finished;

    UdpOutput(UdpAddress address, EventLoopGroup group) {
        this.address = address;
        this.group = group;
    }

    @Override
    public void open() throws IOException, InterruptedException {
        InetSocketAddress resolved = address.socketAddress();
        boolean v6 = resolved.getAddress() instanceof Inet6Address;
        Bootstrap bootstrap = new Bootstrap()
                .group(group)
                .channelFactory(
                        () -> new NioDatagramChannel(v6 ? SocketProtocolFamily.INET6 : SocketProtocolFamily.INET))
                .handler(new Quiet());
        boolean multicast = resolved.getAddress().isMulticastAddress();
        if (address.hasTtl() && !multicast) {
            throw new IOException("cannot send to " + name()
                    + ": leave out ttl, it is for multicast groups: Java has no way to set it for a single host");
        }
        address.applyTo(bootstrap, multicast);
        InetAddress adapter = address.adapter();
        ChannelFuture bound = bootstrap
                .bind(adapter == null ? new InetSocketAddress(0) : new InetSocketAddress(adapter, 0))
                .await();
        if (!bound.isSuccess()) {
            throw new IOException("cannot send to " + name() + ": " + Failures.describe(bound.cause()));
        }
        target = resolved;
        channel = bound.channel();
        channel.config()
                .setWriteBufferWaterMark(new WriteBufferWaterMark(QUEUE_BYTES / 2, QUEUE_BYTES))
                .setMessageSizeEstimator(QueueCost.ESTIMATOR);
        ready.complete(null);
    }

    @Override
    public void payload(ByteBuf payload, long sourceTimeMicros) {
        if (channel == null || target == null || !channel.isWritable()) {
            payload.release();
            dropped.incrementAndGet();
            return;
        }
        channel.write(new DatagramPacket(payload, target), channel.voidPromise());
    }

    @Override
    public void burstEnded() {
        if (channel != null) {
            channel.flush();
        }
    }

    @Override
    public CompletableFuture<Void> ready() {
        return ready;
    }

    @Override
    public CompletableFuture<Void> ended() {
        return ended;
    }

    @Override
    public boolean hasRoom() {
        return channel != null && channel.isWritable();
    }

    @Override
    public long dropped() {
        return dropped.get();
    }

    @Override
    public synchronized CompletableFuture<Void> finish() {
        if (finished == null) {
            finished = close();
        }
        return finished;
    }

    private CompletableFuture<Void> close() {
        CompletableFuture<Void> closed = new CompletableFuture<>();
        if (channel == null) {
            closed.complete(null);
        } else {
            channel.flush();
            channel.close().addListener(done -> closed.complete(null));
        }
        return closed;
    }

    private String name() {
        return "udp " + address.host() + ':' + address.port();
    }

    /** Who does not listen is told by ICMP, and may listen later. */
    private static final class Quiet extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext ctx, Object msg) {
            ReferenceCountUtil.release(msg);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            if (ctx.channel().isOpen() && !(cause instanceof PortUnreachableException)) {
                System.err.println("srt-netty: " + Failures.describe(cause));
            }
        }
    }
}
