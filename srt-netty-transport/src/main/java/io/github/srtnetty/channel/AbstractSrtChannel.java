// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.channel;

import io.github.srtnetty.libsrt.SrtException;
import io.github.srtnetty.libsrt.SrtSocket;
import io.netty.channel.AbstractChannel;
import io.netty.channel.Channel;
import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelMetadata;
import io.netty.channel.ChannelPromise;
import io.netty.channel.EventLoop;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoRegistration;
import io.netty.channel.RecvByteBufAllocator;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * The common part of callers, accepted channels and listeners: the socket, its registration with a loop, its addresses
 * and its close.
 */
abstract class AbstractSrtChannel extends AbstractChannel {
    private static final int MAX_MESSAGES_PER_READ = 16;
    private static final ChannelMetadata METADATA = new ChannelMetadata(false, MAX_MESSAGES_PER_READ);

    private final SrtSocket socket;
    private final ChannelLoop loop;
    private volatile @Nullable InetSocketAddress local;
    private volatile @Nullable InetSocketAddress remote;
    private volatile boolean open = true;
    private volatile boolean active;

    AbstractSrtChannel(@Nullable Channel parent, SrtSocket socket) {
        super(parent);
        this.socket = socket;
        loop = new ChannelLoop(this::eventLoop);
    }

    /** Creates a socket for a channel's constructor. */
    static SrtSocket newSocket() {
        try {
            return SrtSocket.create();
        } catch (SrtException e) {
            throw new ChannelException(e.getMessage(), e);
        }
    }

    @Override
    public ChannelMetadata metadata() {
        return METADATA;
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    @Override
    public boolean isActive() {
        return active;
    }

    @Override
    public InetSocketAddress localAddress() {
        return (InetSocketAddress) super.localAddress();
    }

    @Override
    public InetSocketAddress remoteAddress() {
        return (InetSocketAddress) super.remoteAddress();
    }

    @Override
    protected @Nullable SocketAddress localAddress0() {
        return local;
    }

    @Override
    protected @Nullable SocketAddress remoteAddress0() {
        return remote;
    }

    @Override
    protected boolean isCompatible(EventLoop loop) {
        return loop instanceof IoEventLoop ioLoop && ioLoop.isCompatible(AbstractSrtUnsafe.class);
    }

    @Override
    protected void doRegister(ChannelPromise promise) {
        RuntimeException wrongOption = optionFailure();
        if (wrongOption != null) {
            promise.setFailure(wrongOption);
            return;
        }
        ((IoEventLoop) eventLoop()).register((AbstractSrtUnsafe) unsafe()).addListener(future -> {
            if (!future.isSuccess()) {
                promise.setFailure(future.cause());
                return;
            }
            loop.join((IoRegistration) future.getNow());
            try {
                joinedLoop();
                probe();
            } catch (Throwable t) { // for example a loop that accepts no more timers
                promise.setFailure(t); // this closes the channel
                return;
            }
            promise.setSuccess();
        });
    }

    @Override
    protected void doDeregister() {
        IoRegistration current = loop.leave();
        if (current != null) {
            try {
                current.cancel();
            } finally {
                leftLoop();
            }
        }
    }

    /** Returns why an option could not be set before this channel was registered, or null if all were set. */
    abstract @Nullable RuntimeException optionFailure();

    /** Restarts the timers that {@link #leftLoop} stopped, possibly on another loop. Event loop. */
    void joinedLoop() {}

    /** Stops the timers, because the channel may be on another loop when they are due. Event loop. */
    void leftLoop() {}

    @Override
    protected void doDisconnect() throws Exception {
        doClose();
    }

    @Override
    protected void doClose() throws Exception {
        open = false;
        active = false;
        try {
            doDeregister(); // leave the native epoll before the socket is closed
        } finally {
            socket.close();
        }
    }

    /** Closes the channel after a failed write, because SRT has no half-close. Event loop. */
    @Override
    protected void doShutdownOutput() {
        closeNow();
    }

    /** Closes the channel. Event loop. */
    final void closeNow() {
        unsafe().close(unsafe().voidPromise());
    }

    final SrtSocket socket() {
        return socket;
    }

    /** Becomes active. The addresses are stored because libsrt does not report them after the peer has left. */
    final void activate(@Nullable InetSocketAddress remoteAddress) {
        local = socket.localAddress();
        remote = remoteAddress;
        active = true;
    }

    final void bindSocket(SocketAddress address) throws SrtException {
        InetSocketAddress inet = resolved(address);
        beforeBind(inet);
        socket.bind(inet);
        local = socket.localAddress();
    }

    /** Sets the options whose value depends on the address. */
    abstract void beforeBind(InetSocketAddress address) throws SrtException;

    /** Cancels a pending read. Event loop. */
    abstract void clearReadPending();

    /** Cancels a pending read, because auto-read was switched off. Any thread. */
    final void autoReadCleared() {
        if (!isRegistered()) {
            return;
        }
        if (eventLoop().inEventLoop()) {
            clearReadPending();
        } else {
            eventLoop().execute(() -> {
                if (!config().isAutoRead()) {
                    clearReadPending();
                }
            });
        }
    }

    /** Returns the event loop and the registration, for the parts of the channel. */
    final ChannelLoop loop() {
        return loop;
    }

    /** Returns the inbound side of this channel, for the parts that read. */
    final Inbound inbound(ChannelConfig config) {
        return new Inbound(
                pipeline(),
                config,
                () -> (RecvByteBufAllocator.ExtendedHandle) unsafe().recvBufAllocHandle(),
                this::closeNow);
    }

    /** Checks for events from before the socket was subscribed, because libsrt does not report them. */
    private void probe() {
        loop.submit(SrtIoOps.of((active ? socket.events() : 0) | probedEvents()));
    }

    /** Returns the events to handle even if the socket does not report them. */
    abstract int probedEvents();

    static InetSocketAddress resolved(SocketAddress address) {
        if (!(address instanceof InetSocketAddress inet)) {
            throw new IllegalArgumentException("an SRT address must be an InetSocketAddress, not " + address);
        }
        if (inet.isUnresolved()) {
            throw new UnknownAddressException(inet.getHostString());
        }
        return inet;
    }

    /** The handle that the event loop drives. */
    abstract class AbstractSrtUnsafe extends AbstractUnsafe implements SrtIoHandle {
        @Override
        public final SrtSocket socket() {
            return socket;
        }

        @Override
        public void close() {
            close(voidPromise());
        }
    }
}
