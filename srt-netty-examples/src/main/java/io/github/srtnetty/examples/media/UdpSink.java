// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.media;

import io.github.srtnetty.examples.cli.Failures;
import io.github.srtnetty.relay.stream.ChannelSender;
import io.github.srtnetty.relay.stream.SendQueue;
import io.github.srtnetty.relay.stream.TrafficCounters;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoopGroup;
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

/** Writes a datagram for each payload, to one host or to a multicast group; whether it arrives is not known. */
final class UdpSink implements MediaSink {
    private final UdpAddress address;
    private final EventLoopGroup group;
    private final CompletableFuture<Void> ready = new CompletableFuture<>();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private final TrafficCounters counters = new TrafficCounters(null);
    private final SendQueue queue = new SendQueue(CHANNEL_QUEUE, counters);
    private final AtomicLong refused = new AtomicLong();
    private @Nullable ChannelSender sender;
    private @Nullable Channel channel;
    private @Nullable CompletableFuture<Void> finished;

    UdpSink(UdpAddress address, EventLoopGroup group) {
        this.address = address;
        this.group = group;
    }

    @Override
    public void open() throws IOException, InterruptedException {
        InetSocketAddress resolved = address.socketAddress();
        InetAddress adapter = address.adapterFor(resolved.getAddress());
        boolean v6 = resolved.getAddress() instanceof Inet6Address;
        Bootstrap bootstrap = new Bootstrap()
                .group(group)
                .channelFactory(
                        () -> new NioDatagramChannel(v6 ? SocketProtocolFamily.INET6 : SocketProtocolFamily.INET))
                .handler(new Writer());
        boolean multicast = resolved.getAddress().isMulticastAddress();
        if (address.hasTtl() && !multicast) {
            throw new IOException(
                    "cannot send to " + address.shown() + ": leave out ttl: Java can set it for multicast groups only");
        }
        address.applyTo(bootstrap, multicast);
        ChannelFuture bound = bootstrap
                .bind(adapter == null ? new InetSocketAddress(0) : new InetSocketAddress(adapter, 0))
                .await();
        if (!bound.isSuccess()) {
            throw new IOException("cannot send to " + address.shown() + ": " + Failures.describe(bound.cause()));
        }
        Channel socket = bound.channel();
        channel = socket;
        sender = new ChannelSender(
                socket,
                queue,
                (payload, time) -> socket.write(new DatagramPacket(payload, resolved), socket.voidPromise()),
                socket::close);
        ready.complete(null);
    }

    @Override
    public void payload(ByteBuf payload, long sourceTimeMicros) {
        if (sender == null) {
            counters.dropped(payload.readableBytes());
            payload.release();
        } else {
            sender.payload(payload, sourceTimeMicros);
        }
    }

    @Override
    public void flush() {
        if (sender != null) {
            sender.flush();
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
        return sender != null && queue.hasRoom();
    }

    @Override
    public long dropped() {
        return counters.droppedPackets.sum();
    }

    @Override
    public long refused() {
        return refused.get();
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
        if (channel == null || sender == null) {
            closed.complete(null);
        } else {
            channel.closeFuture().addListener(done -> {
                queue.close();
                closed.complete(null);
            });
            sender.finish();
        }
        return closed;
    }

    /**
     * Reports the first datagram that cannot be sent, and counts them. Ignores "port unreachable" from ICMP: a receiver
     * may start later.
     */
    private final class Writer extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext ctx, Object msg) {
            ReferenceCountUtil.release(msg);
        }

        @Override
        public void channelWritabilityChanged(ChannelHandlerContext ctx) {
            if (sender != null) {
                sender.send();
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            boolean counts = ctx.channel().isOpen() && !(cause instanceof PortUnreachableException);
            if (counts && refused.getAndIncrement() == 0) {
                System.err.println("srt-netty: cannot send to " + address.shown() + ": " + Failures.describe(cause));
            }
        }
    }
}
