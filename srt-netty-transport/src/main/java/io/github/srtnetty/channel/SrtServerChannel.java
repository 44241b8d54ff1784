// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.channel;

import io.github.srtnetty.libsrt.SrtException;
import io.github.srtnetty.libsrt.SrtSocket;
import io.github.srtnetty.libsrt.SrtSocketState;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPromise;
import io.netty.channel.IoEvent;
import io.netty.channel.IoRegistration;
import io.netty.channel.ServerChannel;
import io.netty.util.AttributeKey;
import io.netty.util.concurrent.Future;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * An SRT listener ({@code new ServerBootstrap().channel(SrtServerChannel.class)}). Each accepted channel inherits the
 * listener's options, so set libsrt's options with {@code option()}, not with {@code childOption()}.
 */
public final class SrtServerChannel extends AbstractSrtChannel implements ServerChannel {
    private final DefaultSrtServerChannelConfig config;
    private final AcceptReports reports;
    private final SrtAcceptor<SrtSocket> acceptor;
    private volatile @Nullable AdmittedCallers callers;
    private @Nullable AcceptCheck check;
    private volatile @Nullable HandshakeShedding shedding;

    /** Creates a listener; it listens after {@code bind}. */
    public SrtServerChannel() {
        super(null, newSocket());
        config = new DefaultSrtServerChannelConfig(this);
        reports = new AcceptReports(
                task -> eventLoop().execute(task), event -> pipeline().fireUserEventTriggered(event));
        acceptor = new SrtAcceptor<>(listener(socket()), loop(), inbound(config), this::newChild);
    }

    @Override
    public SrtServerChannelConfig config() {
        return config;
    }

    /** Returns the number of callers that this listener admitted, accepted and rejected. Any thread. */
    public SrtAcceptCounts acceptCounts() {
        AdmittedCallers halfOpen = callers;
        return reports.counts(halfOpen == null ? 0 : halfOpen.size());
    }

    /**
     * Returns the share of the handshakes that this listener receives, 0 to 1. It is less than 1 while {@link
     * SrtAcceptLimits#handshakesInAll()} is exceeded and the kernel drops the others (Linux only). Any thread.
     */
    public double handshakeShare() {
        HandshakeShedding current = shedding;
        return current == null ? 1 : current.share();
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
        AdmittedCallers admitted = new AdmittedCallers(
                SrtSocket::stateOf, () -> rules.limits().get().halfOpen());
        callers = admitted;
        check = new AcceptCheck(admitted, reports);
        HandshakeShedding regulator = new HandshakeShedding(flood(), socket()::passConclusions, System.nanoTime());
        shedding = regulator;
        socket().setAcceptFilter(new LimitedAcceptFilter(rules, admitted, reports, regulator));
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
        acceptor.beginRead();
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
    protected void doClose() throws Exception {
        acceptor.closed();
        HandshakeShedding regulator = shedding;
        if (regulator != null) {
            regulator.close();
        }
        super.doClose();
    }

    private HandshakeShedding.Listener flood() {
        return new HandshakeShedding.Listener() {
            @Override
            public SrtAcceptLimits limits() {
                return config.getAcceptLimits();
            }

            @Override
            public void execute(Runnable task) {
                reports.later(task);
            }

            @Override
            public Future<?> every(Runnable task) {
                long nanos = HandshakeShedding.PERIOD_NANOS;
                return eventLoop().scheduleWithFixedDelay(task, nanos, nanos, TimeUnit.NANOSECONDS);
            }

            @Override
            public void shedding(boolean on) {
                reports.shedding(on, localAddress());
            }
        };
    }

    @Override
    int probedEvents() {
        return isActive() ? SrtSocket.EVENT_IN : 0;
    }

    @Override
    void clearReadPending() {
        acceptor.clearReadPending();
    }

    private static SrtAcceptor.Listener<SrtSocket> listener(SrtSocket socket) {
        return new SrtAcceptor.Listener<>() {
            @Override
            public @Nullable SrtSocket accept() throws SrtException {
                return socket.accept();
            }

            @Override
            public SrtSocketState state() {
                return socket.state();
            }
        };
    }

    /** Returns null for a connection that was closed because no decision applies to it. */
    private @Nullable SrtChannel newChild(SrtSocket socket) {
        try {
            AdmittedCallers.Admitted admitted = check == null ? null : check.claim(socket);
            if (admitted == null) {
                socket.close();
                return null;
            }
            SrtChannel child = new SrtChannel(this, socket, socket.remoteAddress(), admitted.request());
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

    private final class SrtServerUnsafe extends AbstractSrtUnsafe {
        @Override
        public void connect(SocketAddress remote, SocketAddress local, ChannelPromise promise) {
            promise.tryFailure(new UnsupportedOperationException("a listener does not connect"));
        }

        /** Ignores OUT, which libsrt also reports for listeners. */
        @Override
        public void handle(IoRegistration registration, IoEvent event) {
            SrtIoOps ops = ((SrtIoEvent) event).ops();
            if (ops.intersects(SrtIoOps.IN)) {
                acceptor.ready();
            }
            if (ops.intersects(SrtIoOps.ERR) && isOpen() && socket().state().isGone()) {
                close(voidPromise());
            }
        }
    }
}
