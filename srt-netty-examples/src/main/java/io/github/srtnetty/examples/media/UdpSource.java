// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.media;

import io.github.srtnetty.codec.bits.BufferMemory;
import io.github.srtnetty.examples.cli.Failures;
import io.github.srtnetty.examples.cli.Notices;
import io.github.srtnetty.relay.stream.Intake;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.socket.SocketProtocolFamily;
import io.netty.channel.socket.nio.NioDatagramChannel;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Reads datagrams, of a multicast group too; each is a payload. */
final class UdpSource implements MediaSource {
    /** As many as fit into the length field of UDP; a datagram over IPv4 has 65,507 bytes at most. */
    private static final int LONGEST_DATAGRAM = 65535;

    private static final int SOCKET_BUFFER_BYTES = 4 << 20;

    private final UdpAddress address;
    private final EventLoopGroup group;
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private @Nullable Channel channel;

    UdpSource(UdpAddress address, EventLoopGroup group) {
        this.address = address;
        this.group = group;
    }

    @Override
    public void open(Intake intake) throws IOException, InterruptedException {
        InetSocketAddress local = address.localAddress();
        boolean multicast = local.getAddress().isMulticastAddress();
        boolean v6 = local.getAddress() instanceof Inet6Address;
        Bootstrap bootstrap = new Bootstrap()
                .group(group)
                .channelFactory(
                        () -> new NioDatagramChannel(v6 ? SocketProtocolFamily.INET6 : SocketProtocolFamily.INET))
                .option(ChannelOption.SO_RCVBUF, SOCKET_BUFFER_BYTES)
                .option(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(LONGEST_DATAGRAM))
                .handler(new Reader(intake, address.shown()));
        if (multicast) {
            bootstrap.option(ChannelOption.SO_REUSEADDR, true);
        }
        address.applyTo(bootstrap, multicast);
        ChannelFuture bound = bootstrap.bind(local).await();
        if (!bound.isSuccess()) {
            throw new IOException("cannot listen on " + address.shown() + ": " + Failures.describe(bound.cause()));
        }
        channel = bound.channel();
        if (multicast) {
            join((DatagramChannel) bound.channel(), local.getAddress());
        }
    }

    @Override
    public boolean isLive() {
        return true;
    }

    @Override
    public CompletableFuture<Void> ended() {
        return ended;
    }

    @Override
    public void close() {
        if (channel != null) {
            channel.close();
        }
    }

    private void join(DatagramChannel socket, InetAddress multicast) throws IOException, InterruptedException {
        String source = address.parameters().get("source");
        ChannelFuture joined = socket.joinGroup(
                        multicast,
                        address.interfaceTo(multicast),
                        source == null ? null : InetAddress.getByName(source))
                .await();
        if (!joined.isSuccess()) {
            throw new IOException("cannot join " + address.shown() + ": " + Failures.describe(joined.cause()));
        }
    }

    private static final class Reader extends ChannelInboundHandlerAdapter {
        private final Notices notices = new Notices();
        private final Intake intake;
        private final String from;

        Reader(Intake intake, String from) {
            this.intake = intake;
            this.from = from;
        }

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object msg) {
            intake.payload(BufferMemory.compacted(((DatagramPacket) msg).content()), Intake.NO_TIME);
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext ctx) {
            intake.flush();
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            notices.print("reading from " + from + ": " + Failures.describe(cause));
        }
    }
}
