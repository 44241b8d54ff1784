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
 * Accepts connections for a listener and fires them as channels. libsrt reports only the first of several, so the
 * acceptor remembers whether more may wait. Event loop.
 *
 * @param <S> the type of an accepted socket
 */
final class SrtAcceptor<S> {
    /** A listening socket. */
    interface Listener<S> {
        /** Accepts the next connection, null where none waits ({@code srt_accept}). */
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
    /** Whether connections may wait: libsrt reports only the first of several. */
    private boolean more;

    private boolean closed;

    /**
     * Creates an acceptor.
     *
     * @param children makes the channel of an accepted socket, null where it has closed the socket instead; when it
     *     throws it has closed the socket, too
     */
    SrtAcceptor(Listener<S> listener, LoopHandle loop, Inbound inbound, Function<S, @Nullable Channel> children) {
        this.listener = listener;
        this.loop = loop;
        this.inbound = inbound;
        this.children = children;
    }

    /** Accepts once connections wait. */
    void beginRead() {
        readPending = true;
        if (more) {
            loop.submit(SrtIoOps.IN);
        }
    }

    /** Forgets a read that was asked for. */
    void clearReadPending() {
        readPending = false;
    }

    /** Accepts what waits, as far as it was asked for. */
    void ready() {
        more = true;
        if (wantsToAccept()) {
            acceptTurn();
        }
    }

    /** Accepts nothing any more. */
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
            turn.failure = t; // for example a lack of resources: others may still wait
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

    /** Calls the allocator of the user, which may throw, only where no accepted socket can get lost. */
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
     * Skips those that have left while they waited. A listener that is gone though nobody closed it here has nothing to
     * report: the process ends, and libsrt closes all sockets.
     */
    private @Nullable S acceptNext() throws SrtException {
        while (true) {
            try {
                return listener.accept();
            } catch (SrtException e) {
                if (e.error() == SrtError.EINVSOCK && listener.state().isGone()) {
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
