// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.cluster;

import io.github.srtnetty.channel.SrtChannel;
import io.github.srtnetty.channel.testing.Callers;
import io.github.srtnetty.testing.Sequence;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import java.net.InetSocketAddress;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** An encoder or a player that connects again, to whichever relay it is given, until it is ended. */
final class Client {
    private static final long SEND_MILLIS = 20;
    private static final int RETRY_MILLIS = 500;

    private final EventLoopGroup group;
    private final Supplier<InetSocketAddress> relays;
    private final String streamId;
    private volatile boolean ended;
    private volatile long received;
    private volatile ChannelFuture connection;

    private Client(EventLoopGroup group, Supplier<InetSocketAddress> relays, String streamId) {
        this.group = group;
        this.relays = relays;
        this.streamId = streamId;
    }

    /** Starts one that publishes, or plays, as its stream id says. */
    static Client start(EventLoopGroup group, Supplier<InetSocketAddress> relays, String streamId) {
        Client client = new Client(group, relays, streamId);
        client.connect();
        return client;
    }

    private void connect() {
        if (ended) {
            return;
        }
        ChannelFuture connect = Callers.connect(group, relays.get(), streamId, "", handler());
        connection = connect;
        connect.addListener(done -> {
            if (done.isSuccess()) {
                connect.channel().closeFuture().addListener(closed -> again());
                send((SrtChannel) connect.channel());
            } else {
                again();
            }
        });
        if (ended) {
            connect.channel().close();
        }
    }

    private void again() {
        int millis = ThreadLocalRandom.current().nextInt(1, RETRY_MILLIS);
        group.schedule(this::connect, millis, TimeUnit.MILLISECONDS);
    }

    private void send(SrtChannel channel) {
        if (streamId.startsWith("publish:") && channel.isActive()) {
            channel.writeAndFlush(Sequence.payload(0));
            channel.eventLoop().schedule(() -> send(channel), SEND_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private ChannelHandler handler() {
        return new SimpleChannelInboundHandler<ByteBuf>() {
            @Override
            protected void channelRead0(ChannelHandlerContext ctx, ByteBuf payload) {
                received++;
            }
        };
    }

    /** Returns how many payloads it got. */
    long received() {
        return received;
    }

    /** Closes its connection, and makes no other. */
    void end() {
        ended = true;
        connection.channel().close();
    }
}
