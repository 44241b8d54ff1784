// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.channel;

import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.DoubleConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the handshakes that a listener looks at near {@link SrtAcceptLimits#handshakesInAll()}: above it, a share of
 * them passes, which follows the rate. libsrt takes everything at a port with one thread; without this, its buffer runs
 * over under a flood, and what connected peers send is lost with the rest.
 */
final class HandshakeShedding {
    /** Short against the two seconds after which senders give up, long enough to count a rate. */
    static final long PERIOD_NANOS = TimeUnit.MILLISECONDS.toNanos(250);
    /** A flood of 64 times the limit is more than one thread of a sender brings. */
    static final double LEAST_SHARE = 1.0 / 64;
    /** The share at most doubles in a period, because the rate of those that were dropped is not known. */
    static final double GROWTH = 2;

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    /** The part that it needs of the listener. */
    interface Listener {
        /** Returns the limits as of now. */
        SrtAcceptLimits limits();

        /** Runs a task on the event loop, from any thread. */
        void execute(Runnable task);

        /** Runs a task on the event loop every {@link #PERIOD_NANOS}. Event loop. */
        Future<?> every(Runnable task);

        /** Reports the start or the end of the shedding. Event loop. */
        void shedding(boolean on);
    }

    private final Listener listener;
    private final DoubleConsumer pass;
    private final AtomicLong seen = new AtomicLong();
    /** When so many handshakes would have come at the limit; of libsrt's thread. */
    private long paidUntil;

    // Of the event loop.
    private volatile double share = 1;
    private long lastSeen;
    private long lastNanos;
    private @Nullable Future<?> timer;
    private boolean closed;

    /**
     * Creates the regulator of a listener.
     *
     * @param pass lets a share of the conclusions through
     */
    HandshakeShedding(Listener listener, DoubleConsumer pass, long nowNanos) {
        this.listener = listener;
        this.pass = pass;
        paidUntil = nowNanos;
    }

    /** Counts a handshake; as many as the limit allows in a second may come at once. libsrt's thread. */
    void handshake(long nowNanos) {
        seen.lazySet(seen.get() + 1);
        int limit = listener.limits().handshakesInAll();
        if (limit == 0 || share < 1) {
            return;
        }
        paidUntil = Math.max(paidUntil, nowNanos) + SECOND / limit;
        if (paidUntil - nowNanos > SECOND) {
            paidUntil = nowNanos;
            listener.execute(() -> start(nowNanos));
        }
    }

    /** Returns which share of the handshakes passes, 1 where none is dropped. Any thread. */
    double share() {
        return share;
    }

    /** Ends it. Event loop. */
    void close() {
        closed = true;
        stop();
    }

    private void start(long nowNanos) {
        if (timer == null && !closed) {
            lastSeen = seen.get();
            lastNanos = nowNanos;
            timer = listener.every(() -> look(System.nanoTime()));
            share = 1 / GROWTH;
            pass.accept(share);
            listener.shedding(true);
        }
    }

    /** Adapts the share to the rate since the last look. */
    void look(long nowNanos) {
        long count = seen.get();
        double rate = (double) (count - lastSeen) * SECOND / Math.max(1, nowNanos - lastNanos);
        lastSeen = count;
        lastNanos = nowNanos;
        int limit = listener.limits().handshakesInAll();
        double wanted = limit == 0 ? 1 : share * limit / Math.max(rate, 1);
        share = Math.max(LEAST_SHARE, Math.min(1, Math.min(wanted, share * GROWTH)));
        pass.accept(share);
        if (share == 1) {
            stop();
            listener.shedding(false);
        }
    }

    private void stop() {
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }
}
