// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.channel;

import io.github.srtnetty.libsrt.SrtError;
import io.github.srtnetty.libsrt.SrtException;
import io.github.srtnetty.libsrt.SrtSocket;
import io.github.srtnetty.libsrt.SrtSocketState;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import io.netty.channel.IoEvent;
import io.netty.channel.IoRegistration;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.channel.ServerChannel;
import io.netty.util.AttributeKey;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * An SRT listener ({@code new ServerBootstrap().channel(SrtServerChannel.class)}). What it accepts inherits its
 * options: set those of libsrt with {@code option()}, not {@code childOption()}.
 */
public final class SrtServerChannel extends AbstractSrtChannel implements ServerChannel {
    private final DefaultSrtServerChannelConfig config;
    private final AcceptReports reports;
    private volatile @Nullable AdmittedCallers callers;
    private @Nullable AcceptCheck check;
    private boolean readPending;
    /** Whether connections may wait: libsrt tells only the first of several. */
    private boolean more;

    /** Creates a listener; bind makes it listen. */
    public SrtServerChannel() {
        super(null, newSocket());
        config = new DefaultSrtServerChannelConfig(this);
        reports = new AcceptReports(
                task -> eventLoop().execute(task), event -> pipeline().fireUserEventTriggered(event));
    }

    @Override
    public SrtServerChannelConfig config() {
        return config;
    }

    /** Returns what this listener did with its callers so far. Any thread. */
    public SrtAcceptCounts acceptCounts() {
        AdmittedCallers halfOpen = callers;
        return reports.counts(halfOpen == null ? 0 : halfOpen.size());
    }

    @Override
    protected AbstractUnsafe newUnsafe() {
        return new SrtServerUnsafe();
    }

    @Override
    protected void doBind(SocketAddress localAddress) throws SrtException {
        config.options().requireEncryptable();
        bindSocket(localAddress);
        ListenerRules rules = config.rules(localAddress().getPort());
        AdmittedCallers admitted =
                new AdmittedCallers(SrtSocket::stateOf, rules.limits().halfOpen());
        callers = admitted;
        check = new AcceptCheck(admitted, reports);
        socket().setAcceptFilter(new AcceptHook(rules, admitted, reports));
        socket().listen(config.getBacklog());
        activate(null);
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
    protected @Nullable SocketAddress remoteAddress0() {
        return null;
    }

    @Override
    protected void doBeginRead() {
        readPending = true;
        if (more) {
            submit(SrtIoOps.IN);
        }
    }

    @Override
    protected void doWrite(ChannelOutboundBuffer in) {
        throw new UnsupportedOperationException("a listener does not write");
    }

    @Override
    protected Object filterOutboundMessage(Object msg) {
        throw new UnsupportedOperationException("a listener does not write");
    }

    @Override
    int probedEvents() {
        return isActive() ? SrtSocket.EVENT_IN : 0;
    }

    @Override
    void clearReadPending() {
        readPending = false;
    }

    /** What one turn of accepting has brought. */
    private static final class Turn {
        private boolean accepted;
        private @Nullable Throwable failure;
    }

    private final class SrtServerUnsafe extends AbstractSrtUnsafe {
        @Override
        public void connect(SocketAddress remote, SocketAddress local, ChannelPromise promise) {
            promise.tryFailure(new UnsupportedOperationException("a listener does not connect"));
        }

        /** libsrt also tells that a listener could be written to: that means nothing. */
        @Override
        public void handle(IoRegistration registration, IoEvent event) {
            SrtIoOps ops = ((SrtIoEvent) event).ops();
            if (ops.intersects(SrtIoOps.IN)) {
                more = true;
                if (readPending || config.isAutoRead()) {
                    acceptTurn();
                }
            }
            if (ops.intersects(SrtIoOps.ERR) && isOpen() && socket().state().isGone()) {
                close(voidPromise());
            }
        }

        private void acceptTurn() {
            ChannelPipeline pipeline = pipeline();
            Turn turn = new Turn();
            try {
                accept(turn, (RecvByteBufAllocator.ExtendedHandle) recvBufAllocHandle());
            } catch (Throwable t) {
                turn.failure = t; // for example a lack of resources: others may still wait
            }
            if (turn.accepted || turn.failure != null) {
                pipeline.fireChannelReadComplete();
            }
            if (turn.failure != null) {
                pipeline.fireExceptionCaught(turn.failure);
            }
            if (more && isOpen() && (readPending || config.isAutoRead())) {
                submit(SrtIoOps.IN);
            }
        }

        /** Calls the allocator of the user, which may throw, only where no accepted socket can get lost. */
        private void accept(Turn turn, RecvByteBufAllocator.ExtendedHandle handle) throws SrtException {
            handle.reset(config);
            handle.attemptedBytesRead(1);
            try {
                do {
                    SrtSocket socket = acceptNext();
                    more = socket != null;
                    if (socket == null) {
                        handle.lastBytesRead(-1);
                        break;
                    }
                    readPending = false;
                    turn.accepted = true;
                    SrtChannel child = newChild(socket);
                    if (child != null) {
                        pipeline().fireChannelRead(child);
                    }
                    handle.lastBytesRead(1);
                    handle.incMessagesRead(1);
                } while (isOpen() && handle.continueReading(() -> true));
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

        /** Skips those that have left while they waited. */
        private @Nullable SrtSocket acceptNext() throws SrtException {
            while (true) {
                try {
                    return socket().accept();
                } catch (SrtException e) {
                    if (e.error() != SrtError.ESCLOSED || socket().state() != SrtSocketState.LISTENING) {
                        throw e;
                    }
                }
            }
        }

        /** Returns null for a connection that was closed because no decision counts for it. */
        private @Nullable SrtChannel newChild(SrtSocket socket) {
            try {
                AdmittedCallers.Admitted admitted = check == null ? null : check.claim(socket);
                if (admitted == null) {
                    socket.close();
                    return null;
                }
                SrtChannel child =
                        new SrtChannel(SrtServerChannel.this, socket, socket.remoteAddress(), admitted.request());
                admitted.attributes().forEach((key, value) -> setAttribute(child, key, value));
                return child;
            } catch (RuntimeException | Error e) {
                socket.close();
                throw e;
            }
        }

        @SuppressWarnings("unchecked")
        private static <T> void setAttribute(SrtChannel child, AttributeKey<T> key, Object value) {
            child.attr(key).set((T) value); // SrtAcceptDecision.attr has checked the type
        }
    }
}
