// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.http;

import io.github.srtnetty.libsrt.PeerText;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.compression.StandardCompressionOptions;
import io.netty.handler.codec.http.HttpContentCompressor;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Accepts HTTP connections on one event loop of its own, within {@link HttpLimits}. */
public final class HttpServer implements AutoCloseable {
    /** Returns the certificate in use. */
    @FunctionalInterface
    public interface Tls {
        /** Serves plain HTTP. */
        Tls NONE = () -> null;

        /** Returns what a new connection uses, null for plain HTTP. */
        @Nullable
        SslContext context();
    }

    private static final Logger LOGGER = LoggerFactory.getLogger(HttpServer.class);
    private static final int MAX_CHUNK_BYTES = 8192;
    /** Shorter answers fit into one packet anyway. */
    private static final int LEAST_COMPRESSED_BYTES = 1024;

    private static final int END_MILLIS = 500;

    private final EventLoopGroup loop =
            new MultiThreadIoEventLoopGroup(1, new DefaultThreadFactory("relay-http", true), NioIoHandler.newFactory());
    private final AtomicInteger connections = new AtomicInteger();
    private final IdleConnections idle = new IdleConnections();
    private final HttpLimits limits;
    private final HttpService service;
    private final Tls tls;
    private final Channel listener;

    private HttpServer(InetSocketAddress address, HttpLimits limits, HttpService service, Tls tls)
            throws IOException, InterruptedException {
        this.limits = limits;
        this.tls = tls;
        this.service = service;
        ChannelFuture bound = new ServerBootstrap()
                .group(loop)
                .channel(NioServerSocketChannel.class)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        accept(channel);
                    }
                })
                .bind(address)
                .await();
        if (!bound.isSuccess()) {
            close();
            throw new IOException(
                    "cannot listen on http " + PeerText.hostAndPort(address) + ": "
                            + bound.cause().getMessage(),
                    bound.cause());
        }
        listener = bound.channel();
    }

    /**
     * Binds an address; blocks until it is bound.
     *
     * @param tls asked for each new connection
     * @throws IOException with address and reason
     */
    public static HttpServer start(InetSocketAddress address, HttpLimits limits, HttpService service, Tls tls)
            throws IOException, InterruptedException {
        return new HttpServer(address, limits, service, tls);
    }

    public InetSocketAddress address() {
        return (InetSocketAddress) listener.localAddress();
    }

    /** Runs a task periodically on the event loop, even after failures, until the server is closed. */
    public void every(Duration period, Runnable task) {
        long millis = period.toMillis();
        loop.scheduleAtFixedRate(() -> run(task), millis, millis, TimeUnit.MILLISECONDS);
    }

    private static void run(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            LOGGER.error("a periodic task failed", e);
        }
    }

    @Override
    public void close() {
        loop.shutdownGracefully(0, END_MILLIS, TimeUnit.MILLISECONDS).awaitUninterruptibly(END_MILLIS);
    }

    private void accept(Channel channel) {
        int open = connections.incrementAndGet();
        channel.closeFuture().addListener(closed -> connections.decrementAndGet());
        if (open > limits.connections() && !idle.closeOldest()) {
            channel.close();
            return;
        }
        RequestClock clock = new RequestClock(limits, idle);
        ChannelPipeline pipeline = channel.pipeline();
        SslContext context = tls.context();
        if (context != null) {
            SslHandler handler = context.newHandler(channel.alloc());
            handler.setHandshakeTimeoutMillis(limits.request().toMillis());
            pipeline.addLast(handler);
        }
        pipeline.addLast(clock);
        pipeline.addLast(new HttpServerCodec(limits.lineBytes(), limits.headerBytes(), MAX_CHUNK_BYTES));
        pipeline.addLast(new HttpContentCompressor(
                LEAST_COMPRESSED_BYTES, StandardCompressionOptions.gzip(), StandardCompressionOptions.deflate()));
        pipeline.addLast(new RequestReader(limits), new CallHandler(service, limits, clock));
    }
}
