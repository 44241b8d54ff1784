// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.channel;

import io.github.srtnetty.libsrt.SrtException;
import io.github.srtnetty.libsrt.SrtRejectReason;
import io.github.srtnetty.libsrt.SrtSocket;
import io.github.srtnetty.libsrt.SrtSocketState;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import io.netty.channel.ConnectTimeoutException;
import io.netty.util.concurrent.Future;
import io.netty.util.internal.logging.InternalLogger;
import io.netty.util.internal.logging.InternalLoggerFactory;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.nio.channels.AlreadyConnectedException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ConnectionPendingException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Connects a channel, at most once. Event loop. */
final class SrtConnector {
    private static final InternalLogger LOGGER = InternalLoggerFactory.getInstance(SrtConnector.class);
    /** libsrt ends a connect itself. This time-out, which is longer by this delay, is for the case that it does not. */
    private static final int GRACE_MILLIS = 2000;

    private final NativeSocket socket;
    private final LoopHandle loop;
    private final ChannelPipeline pipeline;
    private final CloseReasonTracker reasons;
    private final Consumer<InetSocketAddress> connected;
    private final Runnable close;
    private @Nullable ChannelPromise promise;
    private @Nullable Future<?> timeout;
    private @Nullable InetSocketAddress remote;
    private int timeoutMillis;
    private long startNanos;
    private long tookNanos;

    /**
     * Creates a connector.
     *
     * @param connected makes the channel active
     * @param close closes the channel
     */
    SrtConnector(
            NativeSocket socket,
            LoopHandle loop,
            ChannelPipeline pipeline,
            CloseReasonTracker reasons,
            Consumer<InetSocketAddress> connected,
            Runnable close) {
        this.socket = socket;
        this.loop = loop;
        this.pipeline = pipeline;
        this.reasons = reasons;
        this.connected = connected;
        this.close = close;
    }

    /** Returns how long the connect took, or 0 if there was none. */
    long tookNanos() {
        return tookNanos;
    }

    boolean isPending() {
        return promise != null;
    }

    /**
     * Checks that no connect was started.
     *
     * @throws ConnectionPendingException when one is under way
     * @throws AlreadyConnectedException when one was started before
     */
    void requireUnused() {
        if (promise != null) {
            throw new ConnectionPendingException();
        }
        if (remote != null) {
            throw new AlreadyConnectedException();
        }
    }

    /** Starts to connect; {@code limitMillis} is libsrt's time-out, 0: none. */
    void connect(InetSocketAddress address, int limitMillis, ChannelPromise connectPromise) throws IOException {
        requireUnused();
        timeoutMillis = limitMillis;
        remote = address;
        promise = connectPromise;
        startNanos = loop.nanoTime();
        boolean started = false;
        try {
            socket.connect(address);
            started = true;
        } catch (SrtException e) {
            throw new SrtConnectException(e);
        } finally {
            if (!started) {
                promise = null;
                close.run();
            }
        }
        connectPromise.addListener(future -> {
            if (future.isCancelled()) {
                cancelled();
            }
        });
        if (loop.isOnLoop()) {
            startTimeout();
        }
        loop.submit(SrtIoOps.of(socket.events() & SrtSocket.EVENT_ERR));
    }

    /** Ends the connect if its state is final. Otherwise an event, the poller's sweep or the time-out checks again. */
    void finish() {
        SrtSocketState state = socket.state();
        if (state == SrtSocketState.CONNECTED) {
            succeed();
        } else if (state.isGone()) {
            finishGone(state);
        }
    }

    // libsrt sets the reason before the state of a failed connect becomes BROKEN. BROKEN without a reason is a connect
    // that has succeeded: either the peer has already closed, and SRTO_EVENT has the error, or libsrt is about to set
    // CONNECTED and raise OUT (CUDT::postConnect clears m_bConnecting before that). A failed connect stays BROKEN
    // until this side closes it. libsrt frees (CLOSED, later NONEXIST) only connections that were up and have ended.
    // Since 1.5.2 it does so at any srt_close of the process, so possibly before a busy loop has seen the end of the
    // connect.
    private void finishGone(SrtSocketState state) {
        SrtRejectReason reason = socket.rejectReason();
        if (reason.code() != 0) {
            fail(failureOf(reason));
        } else if (socket.isClosed()) {
            fail(new ConnectException(named() + ": the socket was closed meanwhile"));
        } else if (state != SrtSocketState.BROKEN || (socket.events() & SrtSocket.EVENT_ERR) != 0) {
            succeed();
        }
    }

    /** Starts the time-out of a pending connect with the remaining time. */
    void joinedLoop() {
        if (promise != null) {
            startTimeout();
        }
    }

    /** Stops the time-out. */
    void leftLoop() {
        if (timeout != null) {
            timeout.cancel(false);
            timeout = null;
        }
    }

    /** Fails the pending connect, because the channel was closed. */
    void closed() {
        ChannelPromise pending = end();
        if (pending != null) {
            pending.tryFailure(new ClosedChannelException());
        }
    }

    private void succeed() {
        if (socket.isKeyExchangeIncomplete()) {
            fail(new SrtRejectedException(remote, SrtRejectReason.UNSECURE));
            return;
        }
        tookNanos = loop.nanoTime() - startNanos;
        ChannelPromise pending = end();
        try {
            connected.accept(remote);
        } catch (Throwable t) {
            failAndClose(pending, t);
            return;
        }
        boolean wanted = pending == null || isTaken(pending);
        pipeline.fireChannelActive(); // even if a listener of the promise has closed the channel
        if (!wanted) {
            close.run();
        }
    }

    private static boolean isTaken(ChannelPromise pending) {
        try {
            return pending.trySuccess();
        } catch (Throwable t) {
            LOGGER.warn("could not complete the promise of a connect", t);
            return false;
        }
    }

    private void fail(IOException cause) {
        ChannelPromise pending = end();
        reasons.closes(
                cause instanceof ConnectTimeoutException ? SrtCloseReason.CONNECT_TIMEOUT : SrtCloseReason.REJECTED);
        failAndClose(pending, cause);
    }

    private void failAndClose(@Nullable ChannelPromise pending, Throwable cause) {
        try {
            if (pending != null) {
                pending.tryFailure(cause);
            }
        } finally {
            close.run();
        }
    }

    // A promise that the caller created may be completed, and so cancelled, on any thread.
    private void cancelled() {
        if (!loop.inEventLoop()) {
            loop.execute(this::cancelled);
            return;
        }
        end();
        close.run();
    }

    private @Nullable ChannelPromise end() {
        ChannelPromise pending = promise;
        promise = null;
        leftLoop();
        return pending;
    }

    private void startTimeout() {
        leftLoop();
        if (timeoutMillis > 0) {
            long limitNanos = TimeUnit.MILLISECONDS.toNanos((long) timeoutMillis + GRACE_MILLIS);
            long leftNanos = Math.max(0, startNanos + limitNanos - loop.nanoTime());
            timeout = loop.schedule(this::timedOut, leftNanos);
        }
    }

    private void timedOut() {
        timeout = null;
        if (promise != null) {
            finish(); // the event may be lost
        }
        if (promise != null) {
            fail(failureOf(SrtRejectReason.TIMEOUT));
        }
    }

    private IOException failureOf(SrtRejectReason reason) {
        if (reason.equals(SrtRejectReason.TIMEOUT)) {
            return new ConnectTimeoutException(
                    named() + ": no answer within " + timeoutMillis + " ms: is anything listening there?");
        }
        return new SrtRejectedException(remote, reason);
    }

    private String named() {
        return "srt_connect(" + SrtConnectException.text(remote) + ")";
    }
}
