// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.channel;

import io.github.srtnetty.libsrt.SrtException;
import io.github.srtnetty.libsrt.SrtRejectReason;
import io.github.srtnetty.libsrt.SrtSocket;
import io.github.srtnetty.libsrt.SrtSocketState;
import io.netty.channel.ChannelPromise;
import io.netty.channel.ConnectTimeoutException;
import io.netty.util.concurrent.Future;
import io.netty.util.internal.logging.InternalLogger;
import io.netty.util.internal.logging.InternalLoggerFactory;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.channels.AlreadyConnectedException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ConnectionPendingException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Connects a channel, at most once. Everything on the event loop. */
final class SrtConnector {
    private static final InternalLogger LOGGER = InternalLoggerFactory.getInstance(SrtConnector.class);
    /** libsrt ends a connect itself; ours is the second line, should it not. */
    private static final int GRACE_MILLIS = 2000;

    private final SrtChannel channel;
    private final Consumer<InetSocketAddress> connected;
    private @Nullable ChannelPromise promise;
    private @Nullable Future<?> timeout;
    private @Nullable InetSocketAddress remote;
    private int timeoutMillis;
    private long startNanos;
    private long tookNanos;

    /** Connects {@code channel}; {@code connected} makes it active. */
    SrtConnector(SrtChannel channel, Consumer<InetSocketAddress> connected) {
        this.channel = channel;
        this.connected = connected;
    }

    /** Returns how long the connect took, 0 where there was none. */
    long tookNanos() {
        return tookNanos;
    }

    boolean isPending() {
        return promise != null;
    }

    void connect(InetSocketAddress address, @Nullable SocketAddress local, ChannelPromise connectPromise)
            throws IOException {
        if (promise != null) {
            throw new ConnectionPendingException();
        }
        if (channel.isActive() || remote != null) {
            throw new AlreadyConnectedException();
        }
        if (local != null) {
            channel.bindSocket(local);
        }
        timeoutMillis = channel.srtConfig().beforeConnect(address);
        remote = address;
        promise = connectPromise;
        startNanos = System.nanoTime();
        boolean started = false;
        try {
            channel.socket().connect(address);
            started = true;
        } catch (SrtException e) {
            throw new SrtConnectException(e);
        } finally {
            if (!started) {
                promise = null;
                channel.closeNow();
            }
        }
        connectPromise.addListener(future -> {
            if (future.isCancelled()) {
                cancelled();
            }
        });
        if (channel.isOnLoop()) {
            startTimeout();
        }
        channel.submit(SrtIoOps.of(channel.socket().events() & SrtSocket.EVENT_ERR));
    }

    /** Ends the connect if its state is final; otherwise an event, the poller's sweep or the time-out looks again. */
    void finish() {
        SrtSocketState state = channel.socket().state();
        if (state == SrtSocketState.CONNECTED) {
            succeed();
        } else if (state.isGone()) {
            finishGone(state);
        }
    }

    /**
     * libsrt sets the reason before a failed connect reads BROKEN. BROKEN without a reason is a connect that has
     * succeeded: either its peer has closed already, then {@code SRTO_EVENT} has the error, or libsrt sets CONNECTED in
     * a moment and raises OUT ({@code CUDT::postConnect} clears {@code m_bConnecting} before that).
     */
    private void finishGone(SrtSocketState state) {
        SrtRejectReason reason = channel.socket().rejectReason();
        if (reason.code() != 0) {
            fail(failureOf(reason));
        } else if (state != SrtSocketState.BROKEN) {
            fail(new ConnectException(named() + ": libsrt has closed the socket"));
        } else if ((channel.socket().events() & SrtSocket.EVENT_ERR) != 0) {
            succeed();
        }
    }

    /** Starts the time-out of a pending connect, with what is left of it. */
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

    /** Fails the pending connect, as the channel was closed. */
    void closed() {
        ChannelPromise pending = end();
        if (pending != null) {
            pending.tryFailure(new ClosedChannelException());
        }
    }

    private void succeed() {
        if (KeyExchange.isIncomplete(channel.socket())) {
            fail(new SrtRejectedException(remote, SrtRejectReason.UNSECURE));
            return;
        }
        tookNanos = System.nanoTime() - startNanos;
        ChannelPromise pending = end();
        boolean wasActive = channel.isActive();
        try {
            connected.accept(remote);
        } catch (Throwable t) {
            failAndClose(pending, t);
            return;
        }
        boolean active = channel.isActive(); // a listener of the promise may close the channel
        boolean wanted = pending == null || isTaken(pending);
        if (!wasActive && active) {
            channel.pipeline().fireChannelActive();
        }
        if (!wanted) {
            channel.closeNow();
        }
    }

    private static boolean isTaken(ChannelPromise pending) {
        try {
            return pending.trySuccess();
        } catch (Throwable t) {
            LOGGER.warn("the promise of a connect failed", t);
            return false;
        }
    }

    private void fail(IOException cause) {
        ChannelPromise pending = end();
        channel.vitals()
                .closes(
                        cause instanceof ConnectTimeoutException
                                ? SrtCloseReason.CONNECT_TIMEOUT
                                : SrtCloseReason.REJECTED);
        failAndClose(pending, cause);
    }

    private void failAndClose(@Nullable ChannelPromise pending, Throwable cause) {
        try {
            if (pending != null) {
                pending.tryFailure(cause);
            }
        } finally {
            channel.closeNow();
        }
    }

    /** A promise of the caller's own may be completed, hence cancelled, on any thread. */
    private void cancelled() {
        if (!channel.eventLoop().inEventLoop()) {
            channel.eventLoop().execute(this::cancelled);
            return;
        }
        end();
        channel.closeNow();
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
            long leftNanos = Math.max(0, startNanos + limitNanos - System.nanoTime());
            timeout = channel.eventLoop().schedule(this::timedOut, leftNanos, TimeUnit.NANOSECONDS);
        }
    }

    private void timedOut() {
        timeout = null;
        if (promise != null) {
            finish(); // its event may be lost
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
