// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.pull;

import io.github.srtnetty.channel.SrtChannel;
import io.github.srtnetty.channel.SrtChannelOption;
import io.github.srtnetty.channel.SrtCloseEvent;
import io.github.srtnetty.channel.SrtPeerGoneEvent;
import io.github.srtnetty.relay.directory.StreamEntry;
import io.github.srtnetty.relay.stream.Connection;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import java.net.InetSocketAddress;
import java.util.Locale;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One connection to the node that has a stream, from the attempt to the last payload. Any thread. */
final class PullConnection {
    private static final int LONGEST_PAYLOAD = 1456;
    /** A connection that ends earlier counts as a failure: the delay until the next one grows. */
    private static final long LASTING_NANOS = TimeUnit.SECONDS.toNanos(2);

    /** Is notified of the end of a connection, on its event loop. */
    interface Listener {
        /** Is called when the connection could not be established; no other method is called then. */
        void failed(PullConnection connection, Throwable cause);

        /** Is called when the other node has disconnected or closed; its last data may still be delivered. */
        void left(PullConnection connection);

        /** Is called at the end. */
        void closed(PullConnection connection);
    }

    private final StreamEntry origin;
    private final PullParts parts;
    private final Listener listener;
    private volatile @Nullable Channel channel;
    private volatile boolean connected;
    private volatile long connectedNanos;
    private volatile boolean ending;

    PullConnection(StreamEntry origin, PullParts parts, Listener listener) {
        this.origin = origin;
        this.parts = parts;
        this.listener = listener;
    }

    StreamEntry origin() {
        return origin;
    }

    /** Returns whether it was connected for longer than a failure takes. */
    boolean hasLasted() {
        return connected && System.nanoTime() - connectedNanos > LASTING_NANOS;
    }

    /** Connects to a node, and fails later where that is not possible. */
    void connect(InetSocketAddress address) {
        PullKeys keys = parts.keys();
        ChannelFuture connect = new Bootstrap()
                .group(parts.loops())
                .channel(SrtChannel.class)
                .option(
                        SrtChannelOption.SRTO_STREAMID,
                        PullId.text(origin, parts.directory().self(), keys))
                .option(SrtChannelOption.SRTO_PASSPHRASE, keys.passphrase())
                .option(SrtChannelOption.SRTO_ENFORCEDENCRYPTION, true)
                .option(SrtChannelOption.SRTO_LATENCY, parts.policy().latencyMillis())
                .option(SrtChannelOption.SRTO_PAYLOADSIZE, LONGEST_PAYLOAD)
                .option(SrtChannelOption.SRTO_TLPKTDROP, false) // all players would miss what is lost here
                .handler(new ChannelInboundHandlerAdapter())
                .connect(address);
        channel = connect.channel();
        connect.addListener(done -> {
            if (done.isSuccess()) {
                connected(connect.channel());
            } else {
                listener.failed(this, done.cause());
            }
        });
    }

    /** Ends now; data already in libsrt is still delivered. */
    void end() {
        endIn(connected ? parts.policy().latencyMillis() : 0);
    }

    /** Ends when the other node closes, which it does after delivering all data of its publisher. */
    void endWhenDelivered() {
        if (!ending) {
            endIn(connected ? parts.policy().tailMillis() : 0);
        }
    }

    /** Closes at once. */
    void close() {
        ending = true;
        Channel current = channel;
        if (current != null) {
            current.config().setOption(ChannelOption.SO_LINGER, 0);
            current.close();
        }
    }

    private void endIn(int millis) {
        ending = true;
        Channel current = channel;
        if (current == null || millis == 0) {
            close();
            return;
        }
        try {
            current.eventLoop().schedule(this::close, millis, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            close(); // the relay ends
        }
    }

    private void connected(Channel open) {
        String name = origin.name();
        Connection connection = new Connection(open, origin.node());
        PullSource source = ending
                ? null
                : parts.streams()
                        .pull(
                                name,
                                stream -> new PullSource(stream, parts.state(), connection, this::endWhenDelivered));
        open.closeFuture().addListener(closed -> {
            if (source != null) {
                parts.streams().leave(name, source);
            }
            listener.closed(this);
        });
        if (source == null) {
            close();
            return;
        }
        connectedNanos = System.nanoTime();
        connected = true;
        source.start();
        line(connection, "pulls");
        open.pipeline().addLast(source, new Departure(source, connection));
    }

    private void line(Connection connection, String format, Object... values) {
        parts.log()
                .connection("stream=" + origin.name() + " peer=" + connection.peer() + " role=pull node="
                        + origin.node() + " " + String.format(Locale.ROOT, format, values));
    }

    /** Frees the stream when the other node has disconnected, although its last data is still to be delivered. */
    private final class Departure extends ChannelInboundHandlerAdapter {
        private final PullSource source;
        private final Connection connection;
        private String reason = "LOCAL";

        Departure(PullSource source, Connection connection) {
            this.source = source;
            this.connection = connection;
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
            if (event instanceof SrtPeerGoneEvent) {
                parts.streams().leave(origin.name(), source);
                listener.left(PullConnection.this);
            } else if (event instanceof SrtCloseEvent close) {
                reason = close.reason().name();
            }
            ctx.fireUserEventTriggered(event);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            line(connection, "failed: %s", cause);
            ctx.close();
        }

        @Override
        public void channelInactive(ChannelHandlerContext ctx) {
            line(connection, "pulled for %.1f s: %s", connection.seconds(), reason);
        }
    }
}
