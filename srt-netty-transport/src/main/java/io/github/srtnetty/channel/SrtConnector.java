// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.channel;

import io.github.srtnetty.libsrt.SrtException;
import io.github.srtnetty.libsrt.SrtRejectReason;
import io.github.srtnetty.libsrt.SrtSocket;
import io.github.srtnetty.libsrt.SrtSocketState;
import io.netty.channel.ChannelPromise;
import io.netty.channel.ConnectTimeoutException;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.channels.AlreadyConnectedException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ConnectionPendingException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Connects a channel, at most once. Everything on the event loop. */
final class SrtConnector {
    /** libsrt ends a connect itself; ours is the second line, should it not. */
    private static final int GRACE_MILLIS = 2000;

    private final SrtChannel channel;
    private @Nullable ChannelPromise promise;
    private @Nullable Future<?> timeout;
    private @Nullable InetSocketAddress remote;
    private int timeoutMillis;
    private long startNanos;
    private long tookNanos;

    SrtConnector(SrtChannel channel) {
        this.channel = channel;
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
        try {
            channel.socket().connect(address);
        } catch (SrtException e) {
            promise = null;
            channel.closeNow();
            throw new SrtConnectException(e);
        }
        connectPromise.addListener(future -> {
            if (future.isCancelled()) {
                cancelled();
            }
        });
        startTimeout();
        channel.submit(SrtIoOps.of(channel.socket().events() & SrtSocket.EVENT_ERR));
    }

    /** Looks how the connect stands, and ends it when libsrt has. */
    void finish() {
        SrtSocketState state = channel.socket().state();
        if (state == SrtSocketState.CONNECTING || state == SrtSocketState.OPENED || state == SrtSocketState.INIT) {
            return;
        }
        SrtRejectReason reason = channel.socket().rejectReason();
        if (state == SrtSocketState.CONNECTED || reason.code() == 0) {
            succeed(); // a peer that closes at once leaves a broken socket without a reason: it was connected
        } else {
            fail(failureOf(reason));
        }
    }

    void joinedLoop() {
        if (promise != null) {
            startTimeout();
        }
    }

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
        channel.connected(remote);
        boolean active = channel.isActive(); // a listener of the promise may close the channel
        boolean wanted = pending == null || pending.trySuccess();
        if (!wasActive && active) {
            channel.pipeline().fireChannelActive();
        }
        if (!wanted) {
            channel.closeNow();
        }
    }

    private void fail(IOException cause) {
        ChannelPromise pending = end();
        channel.vitals()
                .closes(
                        cause instanceof ConnectTimeoutException
                                ? SrtCloseReason.CONNECT_TIMEOUT
                                : SrtCloseReason.REJECTED);
        if (pending != null) {
            pending.tryFailure(cause);
        }
        channel.closeNow();
    }

    private void cancelled() {
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
        if (timeoutMillis > 0) {
            timeout = channel.eventLoop()
                    .schedule(
                            () -> fail(failureOf(SrtRejectReason.TIMEOUT)),
                            (long) timeoutMillis + GRACE_MILLIS,
                            TimeUnit.MILLISECONDS);
        }
    }

    private IOException failureOf(SrtRejectReason reason) {
        if (reason.equals(SrtRejectReason.TIMEOUT)) {
            return new ConnectTimeoutException("srt_connect(" + SrtConnectException.text(remote)
                    + "): no answer within " + timeoutMillis + " ms: is anything listening there?");
        }
        return new SrtRejectedException(remote, reason);
    }
}
