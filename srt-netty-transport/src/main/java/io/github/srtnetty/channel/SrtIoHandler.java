// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.channel;

import io.github.srtnetty.libsrt.Srt;
import io.github.srtnetty.libsrt.SrtError;
import io.github.srtnetty.libsrt.SrtException;
import io.github.srtnetty.libsrt.SrtPacing;
import io.github.srtnetty.libsrt.SrtPoller;
import io.github.srtnetty.libsrt.SrtSocket;
import io.netty.channel.IoHandle;
import io.netty.channel.IoHandler;
import io.netty.channel.IoHandlerContext;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.IoRegistration;
import io.netty.util.concurrent.SingleThreadEventExecutor;
import io.netty.util.concurrent.ThreadAwareExecutor;
import io.netty.util.internal.logging.InternalLogger;
import io.netty.util.internal.logging.InternalLoggerFactory;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.jctools.queues.atomic.MpscUnboundedAtomicArrayQueue;
import org.jspecify.annotations.Nullable;

/**
 * Drives SRT channels on an event loop: {@code new MultiThreadIoEventLoopGroup(SrtIoHandler.newFactory())}.
 *
 * <p>The loop parks until the poller of the process offers a ready socket, a task arrives or a timer is due. Each
 * socket has one slot in the queue of ready sockets, so the queue is bounded by the number of sockets and no event is
 * lost.
 *
 * <p>Threads: any thread may call {@link #wakeup}; only the event loop calls the other methods.
 */
public final class SrtIoHandler implements IoHandler {
    private static final InternalLogger LOGGER = InternalLoggerFactory.getInstance(SrtIoHandler.class);
    private static final int QUEUE_CHUNK = 256;

    private final ThreadAwareExecutor executor;
    private final SrtPoller poller;
    private final MpscUnboundedAtomicArrayQueue<SrtIoRegistration> ready =
            new MpscUnboundedAtomicArrayQueue<>(QUEUE_CHUNK);
    private final Set<SrtIoRegistration> registrations = new HashSet<>();
    private final SrtIoEvent event = new SrtIoEvent();
    private volatile @Nullable Thread thread;
    private final AtomicBoolean parked = new AtomicBoolean();
    /**
     * Closes the channels of a loop that was shut down just after it had checked for a shutdown. Such a loop does not
     * call prepareToDestroy, and it calls destroy only when it accepts no more tasks.
     */
    private final Runnable lastCall = this::prepareToDestroy;

    private final SrtIoRegistration.Owner owner = new SrtIoRegistration.Owner() {
        @Override
        public void enqueue(SrtIoRegistration registration) {
            ready.offer(registration);
            wakeup();
        }

        @Override
        public void deregister(SrtIoRegistration registration) {
            poller.remove(registration.handle().socket(), registration);
            if (executor.isExecutorThread(Thread.currentThread())) {
                forget(registration);
            } else {
                executor.execute(() -> forget(registration));
            }
        }

        @Override
        public void backOff() {
            poller.backOffFor(SrtPacing.DEFAULT.polling().requestNanos());
        }
    };

    private SrtIoHandler(ThreadAwareExecutor executor) {
        this.executor = executor;
        try {
            poller = SrtPoller.instance();
        } catch (SrtException e) {
            throw new IllegalStateException("cannot start the SRT poller", e);
        }
    }

    /**
     * Returns a factory for event loop groups. Loads libsrt.
     *
     * @throws UnsatisfiedLinkError when libsrt cannot be loaded; see {@link Srt#unavailabilityCause()}
     */
    public static IoHandlerFactory newFactory() {
        Srt.ensureAvailability();
        SrtLogging.install();
        return new IoHandlerFactory() {
            @Override
            public IoHandler newHandler(ThreadAwareExecutor executor) {
                return new SrtIoHandler(executor);
            }

            @Override
            public boolean isChangingThreadSupported() {
                return true;
            }
        };
    }

    @Override
    public void initialize() {
        thread = Thread.currentThread();
        if (executor instanceof SingleThreadEventExecutor loop) {
            loop.addShutdownHook(lastCall);
        }
    }

    @Override
    public int run(IoHandlerContext context) {
        park(context);
        if (!context.shouldReportActiveIoTime()) {
            return dispatch();
        }
        long start = System.nanoTime();
        int handled = dispatch();
        context.reportActiveIoTime(handled == 0 ? 0 : System.nanoTime() - start);
        return handled;
    }

    /** Unparks the loop. If several threads find it parked, only one of them unparks it. */
    @Override
    public void wakeup() {
        if (parked.get() && parked.compareAndSet(true, false)) {
            Thread parkedThread = thread;
            if (parkedThread != null && parkedThread != Thread.currentThread()) {
                LockSupport.unpark(parkedThread);
            }
        }
    }

    @Override
    public void prepareToDestroy() {
        for (SrtIoRegistration registration : new ArrayList<>(registrations)) {
            registration.closeHandle();
        }
    }

    @Override
    public void destroy() {
        prepareToDestroy();
        ready.clear();
        thread = null;
    }

    @Override
    public IoRegistration register(IoHandle handle) throws SrtException {
        if (!(handle instanceof SrtIoHandle srtHandle)) {
            throw new IllegalArgumentException("an SrtIoHandler drives SrtIoHandles only, not " + handle.getClass());
        }
        SrtIoRegistration registration = new SrtIoRegistration(owner, srtHandle);
        subscribe(srtHandle.socket(), registration);
        registrations.add(registration);
        handle.registered();
        return registration;
    }

    // libsrt may already have freed a connection that its peer left immediately: it gets ERR like any broken one.
    private void subscribe(SrtSocket socket, SrtIoRegistration registration) throws SrtException {
        try {
            poller.add(socket, registration);
        } catch (SrtException e) {
            if (e.error() != SrtError.EINVSOCK || !socket.state().isGone()) {
                throw e;
            }
            registration.ready(SrtSocket.EVENT_ERR);
        }
    }

    @Override
    public boolean isCompatible(Class<? extends IoHandle> handleType) {
        return SrtIoHandle.class.isAssignableFrom(handleType);
    }

    private void forget(SrtIoRegistration registration) {
        if (registrations.remove(registration)) {
            registration.handle().unregistered();
        }
    }

    /**
     * Publishes that the loop will park, and then checks the queue a last time. A thread that offers after the check
     * unparks it.
     */
    private void park(IoHandlerContext context) {
        if (!ready.isEmpty() || !context.canBlock()) {
            return;
        }
        parked.set(true);
        try {
            long delayNanos = context.delayNanos(System.nanoTime());
            if (ready.isEmpty() && context.canBlock() && delayNanos > 0) {
                LockSupport.parkNanos(this, delayNanos);
                if (Thread.interrupted()) { // otherwise every further park would return immediately
                    LOGGER.debug("cleared the interrupt flag of an event loop; use shutdownGracefully() to end it");
                }
            }
        } finally {
            parked.set(false);
        }
    }

    /**
     * Handles the sockets that are ready now. For fairness, sockets that become ready meanwhile wait for the next turn.
     */
    private int dispatch() {
        int handled = 0;
        for (int budget = Math.max(1, registrations.size()); budget > 0; budget--) {
            SrtIoRegistration registration = ready.relaxedPoll();
            if (registration == null) {
                break;
            }
            int bits = registration.takeEvents();
            if (registration.isValid()) {
                handled++;
                handle(registration, bits);
            }
        }
        return handled;
    }

    private void handle(SrtIoRegistration registration, int bits) {
        try {
            if (registration.isLost()) {
                registration.closeHandle();
                return;
            }
            registration.handle().handle(registration, event.with(bits));
        } catch (Throwable t) { // one channel's failure must not end the loop of all others
            LOGGER.warn("a handle failed on {}", event.ops(), t);
        }
    }
}
