// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.channel;

import io.github.srtnetty.libsrt.SrtException;
import io.github.srtnetty.libsrt.SrtOptions;
import io.github.srtnetty.libsrt.SrtPacing;
import io.github.srtnetty.libsrt.SrtSocket;
import io.github.srtnetty.libsrt.SrtStatistics;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPromise;
import io.netty.channel.IoEvent;
import io.netty.channel.IoRegistration;
import io.netty.channel.ServerChannel;
import io.netty.util.internal.logging.InternalLogger;
import io.netty.util.internal.logging.InternalLoggerFactory;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.channels.AlreadyConnectedException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * An SRT connection: a caller's ({@code new Bootstrap().channel(SrtChannel.class)}), or one that an {@link
 * SrtServerChannel} accepted. In live mode, the default, each {@link ByteBuf} that is read or written is one message of
 * at most {@code SRTO_PAYLOADSIZE} bytes. In stream mode the bytes have no boundaries.
 *
 * <p>{@code close()} stops reading and fails the writes that libsrt has not accepted yet; to lose none, close in a
 * listener of the last write. It completes when the peer has acknowledged all other data and had time to play it, or
 * after {@code SO_LINGER}. When the peer closes, the channel becomes inactive only after all data of the peer was read.
 * There is no half-close.
 */
public final class SrtChannel extends AbstractSrtChannel {
    private static final InternalLogger LOGGER = InternalLoggerFactory.getInstance(SrtChannel.class);

    private final @Nullable SrtAcceptRequest acceptRequest;
    private final DefaultSrtChannelConfig config;
    private final NativeSocket calls;
    private final CloseReasonTracker reasons = new CloseReasonTracker();
    private final StatisticsCache statistics;
    private final SrtConnector connector;
    private final SrtWriter writer;
    private final SrtReader reader;
    private SrtNegotiated negotiated = SrtNegotiated.NONE;
    private @Nullable SrtDrain drain;
    private boolean closeReported;

    /** Creates a caller. */
    public SrtChannel() {
        this(null, newSocket(), null, null);
    }

    /** Wraps a socket that a listener accepted. */
    SrtChannel(
            @Nullable Channel parent,
            SrtSocket socket,
            @Nullable InetSocketAddress remote,
            @Nullable SrtAcceptRequest acceptRequest) {
        super(parent, socket);
        this.acceptRequest = acceptRequest;
        config = new DefaultSrtChannelConfig(this, acceptRequest == null ? null : acceptRequest.streamId());
        calls = NativeSocket.of(socket);
        statistics = new StatisticsCache(socket::statistics, loop(), reasons);
        connector = new SrtConnector(calls, loop(), pipeline(), reasons, this::connected, this::closeNow);
        SrtPacing pacing = SrtPacing.DEFAULT;
        writer = new SrtWriter(calls, loop(), config, pacing.writing(), this::flushUnblocked);
        reader = new SrtReader(
                calls,
                loop(),
                inbound(config),
                pacing.reading(),
                config::isReceiveMessages,
                writer::lastSendNanos,
                statistics,
                reasons);
        if (parent != null) {
            connected(remote);
        }
    }

    @Override
    public SrtChannelConfig config() {
        return config;
    }

    /** Returns the listener that accepted this channel, or null for a caller. */
    @Override
    public @Nullable ServerChannel parent() {
        return (ServerChannel) super.parent();
    }

    /**
     * Returns the request that the listener accepted, with or without an accept filter; null for a caller. Any thread.
     */
    public @Nullable SrtAcceptRequest acceptRequest() {
        return acceptRequest;
    }

    /**
     * Returns the stream id ({@code SRTO_STREAMID}) that a caller set, or that the caller of an accepted channel sent;
     * empty if there is none. It stays available after the close. It may hold tokens and control characters, so log
     * {@link SrtAcceptRequest#shownStreamId} instead. Any thread.
     */
    public String streamId() {
        String id = acceptRequest != null ? acceptRequest.streamId() : config.get(SrtOptions.SRTO_STREAMID);
        return id == null ? "" : id;
    }

    /**
     * Returns whether the peer has left, although data that it sent may still be delivered. The state comes from libsrt
     * ({@code srt_getsockstate}), so it is true shortly before the pipeline gets its {@link SrtPeerGoneEvent}. Also
     * true after a failed connect and after a close by this side. Any thread, including that of an accept filter.
     */
    public boolean isPeerGone() {
        return calls.state().isGone();
    }

    /**
     * Returns the statistics of the connection ({@code srt_bistats}); after its end, the last sample, or null if it was
     * never connected. Does not begin a new interval. Any thread.
     */
    public @Nullable SrtStatistics statistics() {
        return isActive() ? statistics.sample(false) : statistics.last();
    }

    /** Returns the same as {@link #statistics}, and begins a new interval for the interval fields. Any thread. */
    public @Nullable SrtStatistics sampleStatistics() {
        return isActive() ? statistics.sample(true) : statistics.last();
    }

    @Override
    protected AbstractUnsafe newUnsafe() {
        return new SrtUnsafe();
    }

    @Override
    protected void doBind(SocketAddress localAddress) throws SrtException {
        bindSocket(localAddress);
    }

    @Override
    void beforeBind(InetSocketAddress address) throws SrtException {
        config.options().beforeBind(address);
    }

    @Override
    @Nullable
    RuntimeException optionFailure() {
        return config.options().failure();
    }

    @Override
    protected void doBeginRead() {
        reader.beginRead();
    }

    @Override
    protected void doWrite(ChannelOutboundBuffer in) throws Exception {
        writer.write(in);
    }

    @Override
    protected Object filterOutboundMessage(Object msg) {
        return writer.timed(OutboundMessages.sendable(msg, hasMessages(), alloc()));
    }

    @Override
    protected void doClose() throws Exception {
        try {
            reportClose();
        } finally {
            try {
                connector.closed();
            } finally {
                reader.closed();
                super.doClose();
            }
        }
    }

    /** Takes the last sample of the statistics, and fires the {@link SrtCloseEvent}. */
    private void reportClose() {
        if (closeReported) {
            return;
        }
        closeReported = true;
        if (isActive()) {
            statistics.end();
        }
        if (isRegistered()) {
            fireLater(new SrtCloseEvent(reasons.reason(), statistics.last()));
        }
    }

    /** Fires in a task, because a handler that called close must not be called back inside that call. */
    private void fireLater(SrtCloseEvent event) {
        try {
            eventLoop().execute(() -> pipeline().fireUserEventTriggered(event));
        } catch (RejectedExecutionException e) {
            LOGGER.debug("{} was not fired: the event loop has ended", event, e);
        }
    }

    /** Becomes active after a connect or an accept, when nothing can fail any more. */
    private void connected(@Nullable InetSocketAddress remote) {
        negotiated = SrtNegotiated.of(socket());
        writer.connected(negotiated);
        reader.connected(negotiated);
        reasons.connected(loop().nanoTime(), negotiated.live());
        statistics.connected();
        activate(remote);
    }

    /** Writes pending messages, because libsrt may have room again. Event loop. */
    private void flushUnblocked() {
        if (isActive()) {
            ((SrtUnsafe) unsafe()).flushUnblocked();
        }
    }

    // A connect may have ended, or a flush may have stopped, while the channel was on no loop.
    @Override
    int probedEvents() {
        return SrtSocket.EVENT_OUT;
    }

    @Override
    void joinedLoop() {
        connector.joinedLoop();
        statistics.joinedLoop();
        reader.joinedLoop();
    }

    @Override
    void leftLoop() {
        connector.leftLoop();
        statistics.leftLoop();
        reader.leftLoop();
        writer.leftLoop();
        if (drain != null) {
            drain.finishNow();
        }
    }

    @Override
    void clearReadPending() {
        reader.clearReadPending();
    }

    /** Returns whether each write is a message; before the connection is up, the value of the option. */
    private boolean hasMessages() {
        return isActive() ? negotiated.messages() : !Boolean.FALSE.equals(config.get(SrtOptions.SRTO_MESSAGEAPI));
    }

    /** The operations of {@link SrtChannel} that only the event loop may call. */
    final class SrtUnsafe extends AbstractSrtUnsafe {
        @Override
        public void connect(SocketAddress remote, @Nullable SocketAddress local, ChannelPromise promise) {
            if (promise.isDone() || !ensureOpen(promise)) {
                return;
            }
            try {
                startConnect(resolved(remote), local, promise);
            } catch (Throwable t) {
                closeIfClosed();
                promise.tryFailure(t);
            }
        }

        private void startConnect(InetSocketAddress remote, @Nullable SocketAddress local, ChannelPromise promise)
                throws IOException {
            connector.requireUnused();
            if (isActive()) {
                throw new AlreadyConnectedException();
            }
            if (local != null) {
                bindSocket(local);
            }
            connector.connect(remote, config.beforeConnect(remote), promise);
        }

        /** Handles the connect and writes before reads, so that a rejected connect fails before anything is read. */
        @Override
        public void handle(IoRegistration registration, IoEvent event) {
            SrtIoOps ops = ((SrtIoEvent) event).ops();
            if (connector.isPending()) {
                connector.finish();
            } else if (ops.intersects(SrtIoOps.OUT) || ops.intersects(SrtIoOps.ERR)) {
                flushUnblocked();
            }
            if (isActive() && drain == null) {
                reader.ready(ops);
            }
        }

        @Override
        public void close() {
            if (drain != null) {
                drain.finishNow();
            } else {
                super.close();
            }
        }

        @Override
        protected void flush0() {
            if (!writer.isBlocked()) {
                super.flush0();
            }
        }

        @Override
        protected @Nullable Executor prepareToClose() {
            if (!isActive() || !loop().isOnLoop() || eventLoop().isShuttingDown()) {
                return null;
            }
            try {
                return drained();
            } catch (Throwable t) { // the channel must close in any case
                LOGGER.warn("{} closes without waiting for its peer", SrtChannel.this, t);
                return null;
            }
        }

        private @Nullable Executor drained() {
            SrtDrain closing = new SrtDrain(
                    calls,
                    loop(),
                    reasons,
                    negotiated,
                    writer.lastSendNanos(),
                    connector.tookNanos(),
                    config.drainMillis(negotiated));
            if (closing.isFinished()) {
                return null;
            }
            drain = closing;
            reader.closed(); // nothing is read any more
            return closing;
        }

        void flushUnblocked() {
            writer.unblock();
            super.flush0();
        }
    }
}
