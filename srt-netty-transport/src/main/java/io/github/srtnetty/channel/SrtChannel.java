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
 * An SRT connection: a caller ({@code new Bootstrap().channel(SrtChannel.class)}) or one that a
 * {@link SrtServerChannel} accepted. In live mode, the default, each {@link ByteBuf} read or written is one message of
 * at most {@code SRTO_PAYLOADSIZE} bytes; in stream mode the bytes have no boundaries.
 *
 * <p>A close fails the writes that libsrt has not taken yet (close in a listener of the last one), and ends once the
 * peer has taken all the others and had time to play them, bounded by {@code SO_LINGER}; nothing is read any more. By
 * itself a channel becomes inactive only once all that the peer sent was read. There is no half-close.
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
        statistics = new StatisticsCache(socket::statistics, reasons);
        connector = new SrtConnector(calls, loop(), pipeline(), reasons, this::connected, this::closeNow);
        SrtPacing pacing = SrtPacing.DEFAULT;
        writer = new SrtWriter(calls, loop(), config, pacing.writing(), statistics, this::flushUnblocked);
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

    /** Returns the listener that accepted this channel, null for a caller. */
    @Override
    public @Nullable ServerChannel parent() {
        return (ServerChannel) super.parent();
    }

    /**
     * Returns the request that the listener's accept filter decided about, null for a caller. It is there without a
     * filter, too. Any thread.
     */
    public @Nullable SrtAcceptRequest acceptRequest() {
        return acceptRequest;
    }

    /**
     * Returns the stream id ({@code SRTO_STREAMID}): what a caller set, or what the caller of an accepted channel sent;
     * empty where there is none. A caller's may hold tokens and control characters: logs show
     * {@link SrtAcceptRequest#shownStreamId}. Also after the close. Any thread.
     */
    public String streamId() {
        String id = acceptRequest != null ? acceptRequest.streamId() : config.get(SrtOptions.SRTO_STREAMID);
        return id == null ? "" : id;
    }

    /**
     * Returns whether the peer has left, though what it sent may still be delivered: asks libsrt ({@code
     * srt_getsockstate}), so it is true a moment before the pipeline gets its {@link SrtPeerGoneEvent}. Also true once
     * a connect has failed or this side has closed. Any thread, also in an accept filter.
     */
    public boolean isPeerGone() {
        return calls.state().isGone();
    }

    /**
     * Samples the statistics of the connection; once it is gone returns the last sample, null where there never was
     * one. Any thread.
     */
    public @Nullable SrtStatistics statistics() {
        return isActive() ? statistics.sample(false) : statistics.last();
    }

    /** Does the same as {@link #statistics}, and begins a new interval for the interval fields. */
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

    /** Takes the last sample of the statistics, and fires why the channel closes. */
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

    /** Fires as a task, because a handler may have called close and must not be called back inside of that. */
    private void fireLater(SrtCloseEvent event) {
        try {
            eventLoop().execute(() -> pipeline().fireUserEventTriggered(event));
        } catch (RejectedExecutionException e) {
            LOGGER.debug("{} was not fired: the event loop has ended", event, e);
        }
    }

    /** Becomes active after a connect or an accept, once nothing can fail any more. */
    private void connected(@Nullable InetSocketAddress remote) {
        negotiated = SrtNegotiated.of(socket());
        writer.connected(negotiated);
        reader.connected(negotiated);
        reasons.connected(loop().nanoTime());
        statistics.connected(loop().nanoTime());
        activate(remote);
    }

    /** Writes what waits, as there may be room again. Event loop. */
    private void flushUnblocked() {
        if (isActive()) {
            ((SrtUnsafe) unsafe()).flushUnblocked();
        }
    }

    // A connect may have ended, and a flush stopped, while the channel was on no loop.
    @Override
    int probedEvents() {
        return SrtSocket.EVENT_OUT;
    }

    @Override
    void joinedLoop() {
        connector.joinedLoop();
        reader.joinedLoop();
    }

    @Override
    void leftLoop() {
        connector.leftLoop();
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

    /** Returns whether writes are messages; before the connection is up, what the option says. */
    private boolean hasMessages() {
        return isActive() ? negotiated.messages() : !Boolean.FALSE.equals(config.get(SrtOptions.SRTO_MESSAGEAPI));
    }

    /** The operations of {@link SrtChannel} that only the loop may call. */
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

        /** Handles writes and the connect first, so that a rejected connect fails before anything is read. */
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
