// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.file;

import io.github.srtnetty.channel.SrtChannel;
import io.github.srtnetty.channel.SrtMode;
import io.github.srtnetty.channel.SrtUri;
import io.github.srtnetty.examples.Failures;
import io.github.srtnetty.examples.media.Loops;
import io.github.srtnetty.libsrt.SrtOptions;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.io.IOException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** An SRT address in stream mode: gives the connection of a caller, or those that a listener accepts. */
final class Endpoint implements AutoCloseable {
    private static final int STREAM = 1;
    private static final WriteBufferWaterMark QUEUE = new WriteBufferWaterMark(1 << 20, 2 << 20);

    private final SrtUri uri;
    private final Loops loops;
    private final BlockingQueue<StreamConnection> connections = new LinkedBlockingQueue<>();
    private final ChannelGroup channels = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE, true);

    Endpoint(SrtUri uri, Loops loops) {
        this.uri = uri.with(SrtOptions.SRTO_TRANSTYPE, STREAM);
        this.loops = loops;
    }

    /** Connects or listens. */
    void open() throws IOException, InterruptedException {
        ChannelFuture opened = uri.open(loops.srt(), new ChannelInitializer<SrtChannel>() {
                    @Override
                    protected void initChannel(SrtChannel channel) {
                        channels.add(channel);
                        channel.config().setWriteBufferWaterMark(QUEUE);
                        channel.pipeline().addLast(new Announcer());
                    }
                })
                .await();
        if (!opened.isSuccess()) {
            String attempt = uri.mode() == SrtMode.LISTENER ? "cannot listen on " : "cannot connect to ";
            throw new IOException(
                    attempt + uri.host() + ':' + uri.port() + ": " + Failures.describe(opened.cause()), opened.cause());
        }
        channels.add(opened.channel());
    }

    /** Waits for the next connection. */
    StreamConnection next() throws InterruptedException {
        return connections.take();
    }

    /** Takes no further connections; those that are there stay. */
    void closeListener() {
        channels.stream().filter(channel -> !(channel instanceof SrtChannel)).forEach(Channel::close);
    }

    /** Begins to close everything at once: what is being transferred fails. */
    void abort() {
        channels.forEach(channel -> {
            if (channel instanceof SrtChannel connection) {
                connection.config().setSoLinger(0);
            }
        });
        channels.close();
    }

    @Override
    public void close() {
        channels.close().awaitUninterruptibly(1, TimeUnit.SECONDS);
    }

    /** Hands a connection over when it is up. */
    private final class Announcer extends ChannelInboundHandlerAdapter {
        @Override
        public void channelActive(ChannelHandlerContext ctx) {
            StreamConnection connection = new StreamConnection((SrtChannel) ctx.channel());
            ctx.pipeline().replace(this, null, connection);
            connections.add(connection);
        }
    }
}
