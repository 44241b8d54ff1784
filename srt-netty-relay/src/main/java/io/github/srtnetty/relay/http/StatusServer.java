// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.http;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The HTTP side: one event loop of its own, at most {@link #MAX_CONNECTIONS} at once, each for one request and at most
 * {@link #DEADLINE_SECONDS}. No TLS and no passwords: it belongs on the loopback interface.
 */
public final class StatusServer implements AutoCloseable {
    public static final int MAX_CONNECTIONS = 32;
    public static final int DEADLINE_SECONDS = 5;

    private static final int MAX_LINE_BYTES = 1024;
    private static final int MAX_HEADERS_BYTES = 8192;
    private static final int MAX_CHUNK_BYTES = 1024;
    private static final int END_MILLIS = 500;

    private final EventLoopGroup loop =
            new MultiThreadIoEventLoopGroup(1, new DefaultThreadFactory("relay-http", true), NioIoHandler.newFactory());
    private final AtomicInteger connections = new AtomicInteger();
    private final Channel listener;

    private StatusServer(InetSocketAddress address, StatusView view, RelayMetrics metrics)
            throws IOException, InterruptedException {
        ChannelFuture bound = new ServerBootstrap()
                .group(loop)
                .channel(NioServerSocketChannel.class)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        if (limit(channel)) {
                            channel.pipeline()
                                    .addLast(
                                            new HttpServerCodec(MAX_LINE_BYTES, MAX_HEADERS_BYTES, MAX_CHUNK_BYTES),
                                            new StatusHandler(view, metrics, address.getHostString()));
                        }
                    }
                })
                .bind(address)
                .await();
        if (!bound.isSuccess()) {
            close();
            throw new IOException(
                    "cannot listen on http " + address.getHostString() + ':' + address.getPort() + ": "
                            + bound.cause().getMessage(),
                    bound.cause());
        }
        listener = bound.channel();
    }

    public static StatusServer start(InetSocketAddress address, StatusView view, RelayMetrics metrics)
            throws IOException, InterruptedException {
        return new StatusServer(address, view, metrics);
    }

    public InetSocketAddress address() {
        return (InetSocketAddress) listener.localAddress();
    }

    @Override
    public void close() {
        loop.shutdownGracefully(0, END_MILLIS, TimeUnit.MILLISECONDS).awaitUninterruptibly(END_MILLIS);
    }

    /** Closes what is too much at once, and what takes too long however busy it is. */
    private boolean limit(Channel channel) {
        int open = connections.incrementAndGet();
        channel.closeFuture().addListener(closed -> connections.decrementAndGet());
        if (open > MAX_CONNECTIONS) {
            channel.close();
            return false;
        }
        var deadline = channel.eventLoop().schedule((Runnable) channel::close, DEADLINE_SECONDS, TimeUnit.SECONDS);
        channel.closeFuture().addListener(closed -> deadline.cancel(false));
        return true;
    }
}
