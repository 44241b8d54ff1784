// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.channel;

import io.github.srtnetty.libsrt.SrtError;
import io.github.srtnetty.libsrt.SrtException;
import io.github.srtnetty.libsrt.SrtSocketState;
import io.netty.channel.Channel;
import io.netty.channel.RecvByteBufAllocator;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Accepts connections for a listener and fires them as channels. libsrt reports only the first of several connections,
 * so the acceptor remembers whether more may wait. Event loop.
 *
 * @param <S> the type of an accepted socket
 */
final class SrtAcceptor<S> {
    /** A listening socket. */
    interface Listener<S> {
        /** Accepts the next connection; returns null if none waits ({@code srt_accept}). */
        @Nullable
        S accept() throws SrtException;

        /** Returns the state of the listener. */
        SrtSocketState state();
    }

    private final Listener<S> listener;
    private final LoopHandle loop;
    private final Inbound inbound;
    private final Function<S, @Nullable Channel> children;
    private boolean readPending;
    /** Whether connections may wait, because libsrt reports only the first of several. */
    private boolean more;

    private boolean closed;

    /**
     * Creates an acceptor.
     *
     * @param children creates the channel of an accepted socket; returns null if it closed the socket instead. It must
     *     also close the socket before it throws
     */
    SrtAcceptor(Listener<S> listener, LoopHandle loop, Inbound inbound, Function<S, @Nullable Channel> children) {
        this.listener = listener;
        this.loop = loop;
        this.inbound = inbound;
        this.children = children;
    }

    /** Accepts as soon as connections wait. */
    void beginRead() {
        readPending = true;
        if (more) {
            loop.submit(SrtIoOps.IN);
        }
    }

    /** Cancels a pending read. */
    void clearReadPending() {
        readPending = false;
    }

    /** Accepts the waiting connections if a read is pending. */
    void ready() {
        more = true;
        if (wantsToAccept()) {
            acceptTurn();
        }
    }

    /** Stops accepting. */
    void closed() {
        closed = true;
    }

    private boolean wantsToAccept() {
        return !closed && (readPending || inbound.config().isAutoRead());
    }

    private void acceptTurn() {
        Turn turn = new Turn();
        try {
            accept(turn, inbound.handles().get());
        } catch (Throwable t) {
            turn.failure = t; // for example a lack of resources; other connections may still wait
        }
        if (turn.accepted || turn.failure != null) {
            inbound.pipeline().fireChannelReadComplete();
        }
        if (turn.failure != null) {
            inbound.pipeline().fireExceptionCaught(turn.failure);
        }
        if (more && wantsToAccept()) {
            loop.submit(SrtIoOps.IN);
        }
    }

    /** Calls the user's allocator, which may throw, only where no accepted socket can be lost. */
    private void accept(Turn turn, RecvByteBufAllocator.ExtendedHandle handle) {
        handle.reset(inbound.config());
        handle.attemptedBytesRead(1);
        try {
            do {
                S socket = acceptNext();
                more = socket != null;
                if (socket == null) {
                    handle.lastBytesRead(-1);
                    break;
                }
                readPending = false;
                turn.accepted = true;
                Channel child = children.apply(socket);
                if (child != null) {
                    inbound.pipeline().fireChannelRead(child);
                }
                handle.lastBytesRead(1);
                handle.incMessagesRead(1);
            } while (!closed && handle.continueReading(() -> true));
        } catch (Throwable t) {
            turn.failure = t;
        }
        if (turn.accepted || turn.failure != null) {
            complete(turn, handle);
        }
    }

    private static void complete(Turn turn, RecvByteBufAllocator.ExtendedHandle handle) {
        try {
            handle.readComplete();
        } catch (Throwable t) {
            if (turn.failure == null) {
                turn.failure = t;
            } else {
                turn.failure.addSuppressed(t);
            }
        }
    }

    /**
     * Skips connections whose peer left while they waited. A listener that is gone although this side did not close it
     * reports no error, because the process is ending and libsrt closes all sockets.
     */
    private @Nullable S acceptNext() throws SrtException {
        while (true) {
            try {
                return listener.accept();
            } catch (SrtException e) {
                boolean isNoListener = e.error() == SrtError.EINVSOCK || e.error() == SrtError.ENOLISTEN;
                if (isNoListener && listener.state().isGone()) {
                    return null;
                }
                if (e.error() != SrtError.ESCLOSED || listener.state() != SrtSocketState.LISTENING) {
                    throw e;
                }
            }
        }
    }

    /** The result of one turn of accepting. */
    private static final class Turn {
        private boolean accepted;
        private @Nullable Throwable failure;
    }
}
