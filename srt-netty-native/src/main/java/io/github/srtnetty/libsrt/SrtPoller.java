// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.libsrt;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The native event loop: one daemon thread and one epoll of libsrt for the process. libsrt wakes only one of all
 * waiters, so several would take each other's wake-ups; docs/threading.md has the figures.
 *
 * <p>Every socket is subscribed once to all events, edge-triggered, because with a partial edge-triggered mask {@code
 * srt_epoll_uwait} returns again and again after a disconnect. The poller notifies its {@link Listener}s and never
 * waits for them.
 *
 * <p>Internal: it exists for the modules of srt-netty only.
 */
@Internal
public final class SrtPoller {
    /**
     * Listener for the events of a socket, on the poller's thread. It must return immediately, not block, and not call
     * libsrt.
     */
    @FunctionalInterface
    public interface Listener {
        /**
         * Receives the events that became true, bits of {@link SrtSocket#EVENT_IN} and the others. After {@code
         * EVENT_ERR} the listener must check the state, which need not be final during a connect.
         */
        void ready(int events);

        /** Reports that the poller has ended. No event follows, so the listener must close the socket. Any thread. */
        default void lost() {
            ready(SrtSocket.EVENT_ERR);
        }
    }

    private record Entry(SrtSocket socket, Listener listener) {}

    private static final int EVENT_ALL = SrtSocket.EVENT_IN | SrtSocket.EVENT_OUT | SrtSocket.EVENT_ERR;
    static final int EDGE_TRIGGERED = 1 << 31;
    static final int ENABLE_EMPTY = 1;
    private static final int MAX_EVENTS = 512;
    private static final int WAIT_MILLIS = 100;
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(WAIT_MILLIS);
    private static final long SWEEP_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long STOP_MILLIS = 1000;
    private static final long CLOSE_NANOS = TimeUnit.SECONDS.toNanos(1);
    /** Long enough for libsrt's threads to finish processing a packet of a closed socket. */
    private static final long SETTLE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private static final long CLOSE_STEP_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    /** {@code SRT_EPOLL_EVENT}: { SRTSOCKET fd; int events; }. */
    static final int EVENT_BYTES = 8;

    static final int EVENT_FD = 0;
    static final int EVENT_EVENTS = 4;

    private static @Nullable SrtPoller instance;

    private final int epollId;
    private final Thread thread;
    private final ConcurrentHashMap<Integer, Entry> entries = new ConcurrentHashMap<>();
    private final PollBackOff backOff = new PollBackOff(SrtPacing.DEFAULT.polling(), System.nanoTime());
    private volatile boolean stopped;
    private volatile boolean lost;
    private volatile boolean sweeps = true;

    private SrtPoller() throws SrtException {
        epollId = Srt.create("srt_epoll_create", LibSrt::srt_epoll_create);
        SrtErrors.check(LibSrt.srt_epoll_set(epollId, ENABLE_EMPTY), "srt_epoll_set", "ENABLE_EMPTY");
        thread = new Thread(null, this::run, "srt-poller", 0, false);
        thread.setDaemon(true);
        thread.setContextClassLoader(null);
    }

    /** Returns the poller of this process; the first call starts it. */
    public static synchronized SrtPoller instance() throws SrtException {
        SrtPoller poller = instance;
        if (poller == null) {
            poller = new SrtPoller();
            Srt.onPollerEnd(SrtPoller::stopInstance, SrtPoller::loseInstance);
            poller.thread.start();
            instance = poller;
        }
        return poller;
    }

    /**
     * Subscribes {@code listener} to the events of a socket. libsrt does not report events that were already true, so
     * the caller must check the socket once after this call. Does nothing while the process is ending. After {@link
     * Srt#shutdown} it calls {@link Listener#lost} immediately. Any thread.
     */
    public void add(SrtSocket socket, Listener listener) throws SrtException {
        Entry entry = new Entry(socket, listener);
        entries.put(socket.id(), entry);
        ByteBuffer events = Scratch.get().memory();
        events.putInt(0, EVENT_ALL | EDGE_TRIGGERED);
        int result =
                LibSrt.srt_epoll_add_usock(epollId, socket.id(), Scratch.get().valueAddress());
        if (result == SrtErrors.SRT_ERROR) {
            SrtException cause = SrtErrors.last("srt_epoll_add_usock", socket);
            entries.remove(socket.id(), entry);
            if (!stopped) {
                throw cause;
            }
            if (lost) {
                notifyLost(entry);
            }
        }
    }

    /**
     * Ends the subscription of {@code listener}; call it before the socket is closed. The poller may still deliver an
     * event that it is dispatching. Any thread.
     */
    public void remove(SrtSocket socket, Listener listener) {
        Entry entry = entries.get(socket.id());
        if (entry != null && entry.listener == listener && entries.remove(socket.id(), entry)) {
            LibSrt.srt_epoll_remove_usock(
                    epollId, socket.id()); // fails harmlessly if libsrt has already freed the socket
        }
    }

    /**
     * Backs off for {@code nanos} from now: the poller polls every half millisecond, and libsrt does not wake it. For a
     * connection with a high rate that checks its socket by its own timer. Any thread.
     */
    public void backOffFor(long nanos) {
        backOff.backOffUntil(System.nanoTime() + nanos);
    }

    /** Returns the number of subscribed sockets. */
    public int size() {
        return entries.size();
    }

    /** Turns the search for broken sockets off or on, for tests of the events that libsrt reports itself. */
    void sweeps(boolean wanted) {
        sweeps = wanted;
    }

    /** Ends the poller, and immediately closes all subscribed sockets. */
    static void stopInstance() {
        SrtPoller poller = running();
        if (poller != null) {
            poller.stop();
            poller.closeAll();
        }
    }

    private static synchronized @Nullable SrtPoller running() {
        return instance;
    }

    /** Ends the poller, and makes the listeners close all subscribed sockets, which may take a second. */
    static void loseInstance() {
        SrtPoller poller = running();
        if (poller != null) {
            poller.stop();
            poller.loseAll();
            poller.awaitClosed();
            poller.closeAll();
        }
    }

    /**
     * Closes the remaining sockets before libsrt does. {@code srt_cleanup} closes them under the global lock, and may
     * then wait forever: up to 1.5.3 for a listener's thread that handles a handshake, in newer versions for a thread
     * that sends (Haivision/srt#2841, #2944). {@code srt_close} does not hold that lock in these cases.
     */
    private void closeAll() {
        List<SrtSocket> open = entries.values().stream().map(Entry::socket).toList();
        open.stream()
                .filter(socket -> socket.state() == SrtSocketState.LISTENING)
                .forEach(SrtSocket::close);
        open.forEach(SrtSocket::close);
        if (!open.isEmpty()) {
            LockSupport.parkNanos(SETTLE_NANOS);
        }
    }

    /** Notifies all listeners that no event follows. */
    private void loseAll() {
        lost = true;
        entries.values().forEach(SrtPoller::notifyLost);
    }

    private void awaitClosed() {
        long deadline = System.nanoTime() + CLOSE_NANOS;
        while (!entries.isEmpty() && System.nanoTime() - deadline < 0) {
            LockSupport.parkNanos(CLOSE_STEP_NANOS);
        }
    }

    private void stop() {
        stopped = true;
        LibSrt.srt_epoll_release(epollId);
        try {
            thread.join(STOP_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        ByteBuffer events = ByteBuffer.allocateDirect(MAX_EVENTS * EVENT_BYTES).order(ByteOrder.nativeOrder());
        long address = Pointer.nativeValue(Native.getDirectBufferPointer(events));
        long nextSweep = System.nanoTime() + SWEEP_NANOS;
        while (!stopped) {
            try {
                boolean backingOff = backOff.isBackingOff(System.nanoTime());
                int count = LibSrt.srt_epoll_uwait(epollId, address, MAX_EVENTS, backingOff ? 0 : WAIT_MILLIS);
                long now = System.nanoTime();
                if (count == SrtErrors.SRT_ERROR && waitFailed()) {
                    return;
                }
                dispatch(events, Math.min(count, MAX_EVENTS)); // up to 1.5.4 the count may exceed the size by one
                backOff.looked(count, now);
                if (sweeps && now - nextSweep >= 0) {
                    sweep();
                    nextSweep = now + SWEEP_NANOS;
                }
                if (backingOff) {
                    pause(SrtPacing.DEFAULT.polling().lookNanos());
                }
            } catch (Throwable t) {
                SrtLog.failure("the poller goes on after", t);
                pause(PAUSE_NANOS);
            }
        }
    }

    /** Returns whether the poller must end because its epoll is gone. */
    private boolean waitFailed() {
        SrtException failure = SrtErrors.last("srt_epoll_uwait", epollId);
        if (stopped) {
            return true;
        }
        if (failure.error() == SrtError.EINVPOLLID) {
            SrtLog.failure("the poller ends and closes all sockets, because other code ended libsrt", failure);
            loseAll();
            return true;
        }
        SrtLog.failure("the poller goes on after", failure);
        pause(PAUSE_NANOS);
        return false;
    }

    private void dispatch(ByteBuffer events, int count) {
        for (int i = 0; i < count; i++) {
            Entry entry = entries.get(events.getInt(i * EVENT_BYTES + EVENT_FD));
            if (entry != null) {
                notifyReady(entry, events.getInt(i * EVENT_BYTES + EVENT_EVENTS));
            }
        }
    }

    /**
     * Finds sockets that broke without an event, because libsrt's garbage collector removed the event with the socket.
     * Reports them each time until they are removed, because the state of a connecting socket may be BROKEN for a
     * moment.
     */
    private void sweep() {
        for (Entry entry : entries.values()) {
            if (entry.socket.state().isGone()) {
                notifyReady(entry, SrtSocket.EVENT_ERR);
            }
        }
    }

    private static void notifyLost(Entry entry) {
        try {
            entry.listener.lost();
        } catch (Throwable t) {
            SrtLog.failure("a readiness listener of " + entry.socket + " failed", t);
        }
    }

    private static void notifyReady(Entry entry, int events) {
        try {
            entry.listener.ready(events);
        } catch (Throwable t) {
            SrtLog.failure("a readiness listener of " + entry.socket + " failed", t);
        }
    }

    private static void pause(long nanos) {
        LockSupport.parkNanos(nanos);
        Thread.interrupted(); // an interrupt has no meaning here, and would cut all later pauses short
    }
}
