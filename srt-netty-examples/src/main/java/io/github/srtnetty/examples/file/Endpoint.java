// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.file;

import io.github.srtnetty.channel.SrtAcceptDecision;
import io.github.srtnetty.channel.SrtAcceptRequest;
import io.github.srtnetty.channel.SrtChannel;
import io.github.srtnetty.channel.SrtMode;
import io.github.srtnetty.channel.SrtUri;
import io.github.srtnetty.examples.Failures;
import io.github.srtnetty.examples.Session;
import io.github.srtnetty.examples.media.Loops;
import io.github.srtnetty.libsrt.SrtOptions;
import io.github.srtnetty.libsrt.SrtRejectReason;
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
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** An SRT address in stream mode: gives the connection of a caller, or those that a listener accepts. */
final class Endpoint implements AutoCloseable {
    /** Decides by the stream id whether a listener lets a caller in. It runs on libsrt's thread of the port. */
    @FunctionalInterface
    interface Door {
        /** Lets everybody in. */
        Door OPEN = streamId -> {};

        /** Fails when it does not: the caller is rejected, and {@link Endpoint#next} fails. */
        void check(String streamId) throws IOException;
    }

    /** Connections at a time; more are rejected. Each may keep megabytes in memory. */
    static final int MOST_CONNECTIONS = 64;

    private static final int STREAM = 1;
    private static final WriteBufferWaterMark QUEUE = new WriteBufferWaterMark(1 << 20, 2 << 20);

    private final SrtUri uri;
    private final Loops loops;
    private final Duration timeout;
    private final Door door;
    private final BlockingQueue<Arrival> arrivals = new LinkedBlockingQueue<>();
    private final ChannelGroup channels = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE, true);

    /** Gives connections that have this patience with their peer. */
    Endpoint(SrtUri uri, Loops loops, Duration timeout, Door door) {
        this.uri = uri.with(SrtOptions.SRTO_TRANSTYPE, STREAM);
        this.loops = loops;
        this.timeout = timeout;
        this.door = door;
    }

    /** Connects or listens. */
    void open() throws IOException, InterruptedException {
        ChannelInitializer<SrtChannel> connection = new ChannelInitializer<>() {
            @Override
            protected void initChannel(SrtChannel channel) {
                channels.add(channel);
                channel.config().setAutoRead(false); // until a thread takes it
                channel.config().setWriteBufferWaterMark(QUEUE);
                channel.pipeline().addLast(new Announcer());
            }
        };
        boolean listens = uri.mode() == SrtMode.LISTENER;
        ChannelFuture opened = (listens
                        ? uri.listen(loops.srt(), this::decide, connection)
                        : uri.open(loops.srt(), connection))
                .await();
        if (!opened.isSuccess()) {
            throw Failures.opening(uri, opened.cause());
        }
        channels.add(opened.channel());
    }

    /** Waits for the next connection, which is not read before it is started; fails when the next is not let in. */
    StreamConnection next() throws IOException, InterruptedException {
        return arrivals.take().connection();
    }

    /** Has {@link #next} fail. Any thread. */
    void fail(IOException failure) {
        arrivals.add(() -> {
            throw failure;
        });
    }

    /** Takes no further connections; those that are there stay. */
    void closeListener() {
        channels.stream().filter(channel -> !(channel instanceof SrtChannel)).forEach(Channel::close);
    }

    /** Begins to close everything at once: what is being transferred fails. Any thread. */
    synchronized void abort() {
        Session.abort(channels);
    }

    @Override
    public synchronized void close() {
        channels.close().awaitUninterruptibly(1, TimeUnit.SECONDS);
    }

    private SrtAcceptDecision decide(SrtAcceptRequest request) {
        if (channels.size() > MOST_CONNECTIONS) { // the listener is one of them
            return SrtAcceptDecision.reject(SrtRejectReason.OVERLOAD);
        }
        try {
            door.check(request.streamId());
            return SrtAcceptDecision.accept();
        } catch (IOException e) {
            fail(e);
            return SrtAcceptDecision.reject(SrtRejectReason.FORBIDDEN);
        }
    }

    /** A connection, or why there is none. */
    @FunctionalInterface
    private interface Arrival {
        StreamConnection connection() throws IOException;
    }

    /** Hands a connection over when it is up. */
    private final class Announcer extends ChannelInboundHandlerAdapter {
        @Override
        public void channelActive(ChannelHandlerContext ctx) {
            SrtChannel channel = (SrtChannel) ctx.channel();
            String streamId = channel.config().get(SrtOptions.SRTO_STREAMID);
            StreamConnection connection = new StreamConnection(channel, streamId == null ? "" : streamId, timeout);
            ctx.pipeline().replace(this, null, connection);
            arrivals.add(() -> connection);
        }
    }
}
