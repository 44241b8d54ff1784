// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.file;

import io.github.srtnetty.bootstrap.SrtConnectionMode;
import io.github.srtnetty.bootstrap.SrtStreamId;
import io.github.srtnetty.bootstrap.SrtUri;
import io.github.srtnetty.channel.SrtAcceptDecision;
import io.github.srtnetty.channel.SrtAcceptRequest;
import io.github.srtnetty.channel.SrtChannel;
import io.github.srtnetty.channel.SrtChannelOption;
import io.github.srtnetty.channel.SrtRejectedEvent;
import io.github.srtnetty.examples.cli.Failures;
import io.github.srtnetty.examples.cli.Listening;
import io.github.srtnetty.examples.cli.Notices;
import io.github.srtnetty.examples.cli.Session;
import io.github.srtnetty.examples.media.Loops;
import io.github.srtnetty.libsrt.PeerText;
import io.github.srtnetty.libsrt.SrtRejectReason;
import io.github.srtnetty.libsrt.SrtTransmissionType;
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
import java.net.InetSocketAddress;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** An SRT address in stream mode: provides the connection of a caller, or the connections that a listener accepts. */
final class Endpoint implements AutoCloseable {
    /** Accepts every stream id. */
    static final IdFilter ANY_ID = streamId -> null;

    private static final WriteBufferWaterMark QUEUE = new WriteBufferWaterMark(1 << 20, 2 << 20);

    private final SrtUri uri;
    private final Loops loops;
    private final StallTimeout.Limit limit;
    private final Places places;
    private final IdFilter ids;
    private final Notices notices = new Notices();
    private final BlockingQueue<Arrival> arrivals = new LinkedBlockingQueue<>(); // bounded by the places
    private final ChannelGroup channels = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE, true);

    /**
     * Provides connections with this initial time limit.
     *
     * @param ids which stream ids a listener accepts
     */
    Endpoint(SrtUri uri, Loops loops, StallTimeout.Limit limit, Places places, IdFilter ids) {
        this.uri = uri.with(SrtChannelOption.SRTO_TRANSTYPE, SrtTransmissionType.FILE);
        this.loops = loops;
        this.limit = limit;
        this.places = places;
        this.ids = ids;
    }

    /** Connects or listens. */
    void open() throws IOException, InterruptedException {
        ChannelFuture opened = (listens()
                        ? uri.listen(loops.srt(), this::decide, new Accepted())
                        : uri.open(loops.srt(), new Connected()))
                .await();
        if (!opened.isSuccess()) {
            throw Failures.opening(uri, opened.cause());
        }
        channels.add(opened.channel());
        if (listens()) {
            opened.channel().pipeline().addLast(new RejectionNotice());
            Listening.announce(opened.channel());
        }
    }

    boolean listens() {
        return uri.mode() == SrtConnectionMode.LISTENER;
    }

    /** Returns where lines about peers are printed. */
    Notices notices() {
        return notices;
    }

    /** Waits for the next connection, which is not read before it is started. */
    StreamConnection next() throws IOException, InterruptedException {
        return arrivals.take().connection();
    }

    /** Makes {@link #next} fail. Any thread. */
    void fail(IOException failure) {
        arrivals.add(() -> {
            throw failure;
        });
    }

    /** Accepts no further connections, and closes all but this one. */
    void keepOnly(StreamConnection connection) {
        channels.stream().filter(channel -> !connection.isOn(channel)).forEach(Channel::close);
    }

    /** Begins to close everything immediately; a running transfer fails. Any thread. */
    synchronized void abort() {
        Session.abort(channels);
    }

    @Override
    public synchronized void close() {
        channels.close().awaitUninterruptibly(1, TimeUnit.SECONDS);
    }

    private SrtAcceptDecision decide(SrtAcceptRequest request) {
        if (!places.hasRoomFor(request.peer())) {
            return SrtAcceptDecision.reject(SrtRejectReason.OVERLOAD);
        }
        SrtRejectReason refusal = ids.refusal(request.streamId());
        return refusal == null ? SrtAcceptDecision.accept() : SrtAcceptDecision.reject(refusal);
    }

    /**
     * Decides which stream ids a listener accepts. It runs on libsrt's thread of the port before the passphrase is
     * checked, so it only compares texts, and an accepted text proves nothing about the caller.
     */
    @FunctionalInterface
    interface IdFilter {
        /** Returns why a caller with this stream id is rejected, null where it is accepted. */
        @Nullable
        SrtRejectReason refusal(String streamId);
    }

    /** A connection, or the reason why there is none. */
    @FunctionalInterface
    private interface Arrival {
        StreamConnection connection() throws IOException;
    }

    /** Makes the pipeline of a connection. */
    private class Connected extends ChannelInitializer<SrtChannel> {
        @Override
        protected void initChannel(SrtChannel channel) {
            channels.add(channel);
            channel.config().setAutoRead(false); // until a thread takes it
            channel.config().setWriteBufferWaterMark(QUEUE);
            channel.pipeline().addLast(new Announcer());
        }
    }

    /**
     * Makes the pipeline of an accepted connection, if there is a place: the filter may have admitted too many at the
     * same time.
     */
    private final class Accepted extends Connected {
        @Override
        protected void initChannel(SrtChannel channel) {
            InetSocketAddress peer = channel.remoteAddress();
            if (peer == null || !places.take(peer)) {
                channel.config().setSoLinger(0);
                channel.close();
                return;
            }
            channel.closeFuture().addListener(closed -> places.leave(peer));
            super.initChannel(channel);
        }
    }

    /** Hands a connection over when it is up. */
    private final class Announcer extends ChannelInboundHandlerAdapter {
        @Override
        public void channelActive(ChannelHandlerContext ctx) {
            SrtChannel channel = (SrtChannel) ctx.channel();
            String streamId = channel.config().get(SrtChannelOption.SRTO_STREAMID);
            StreamConnection connection =
                    new StreamConnection(channel, streamId == null ? "" : streamId, limit, notices);
            ctx.pipeline().replace(this, null, connection);
            arrivals.add(() -> connection);
        }
    }

    /** Prints who was rejected. */
    private final class RejectionNotice extends ChannelInboundHandlerAdapter {
        @Override
        public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
            if (event instanceof SrtRejectedEvent rejected) {
                SrtAcceptRequest request = rejected.request();
                notices.print(PeerText.hostAndPort(request.peer()) + ": rejected, " + rejected.reason()
                        + detail(rejected.reason(), request.streamId()));
            }
            ctx.fireUserEventTriggered(event);
        }

        // A stream id of the standard form may carry a token.
        private static String detail(SrtRejectReason reason, String streamId) {
            if (reason.equals(SrtRejectReason.BAD_REQUEST)) {
                return ": the stream id names no file";
            }
            return streamId.isEmpty() || SrtStreamId.isStandard(streamId) ? "" : ": " + PeerText.printable(streamId);
        }
    }
}
