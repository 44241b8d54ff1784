// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.channel;

import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.DoubleConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the rate of handshakes that a listener processes near {@link SrtAcceptLimits#handshakesInAll()}. Above that
 * rate only a share of them passes, which is adapted to the rate. libsrt receives all packets of a port on one thread;
 * without this limit a flood would overflow the socket buffer, and data of connected peers would be lost.
 */
final class HandshakeShedding {
    /** Much shorter than the two seconds after which senders give up, and long enough to measure a rate. */
    static final long PERIOD_NANOS = TimeUnit.MILLISECONDS.toNanos(250);
    /** The smallest share. One thread of a sender cannot send 64 times the limit. */
    static final double LEAST_SHARE = 1.0 / 64;
    /** The largest growth of the share in a period, because the rate of dropped handshakes is unknown. */
    static final double GROWTH = 2;

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    /** The part of the listener that the regulator uses. */
    interface Listener {
        /** Returns the current limits. */
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
    /** The time by which the counted handshakes would have arrived at the limit. libsrt's thread. */
    private long paidUntil;

    // Event loop.
    private volatile double share = 1;
    private long lastSeen;
    private long lastNanos;
    private @Nullable Future<?> timer;
    private boolean closed;

    /**
     * Creates the regulator of a listener.
     *
     * @param pass sets the share of the conclusion handshakes that pass
     */
    HandshakeShedding(Listener listener, DoubleConsumer pass, long nowNanos) {
        this.listener = listener;
        this.pass = pass;
        paidUntil = nowNanos;
    }

    /** Counts a handshake. A burst may have as many as the limit allows in one second. libsrt's thread. */
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

    /** Returns the share of the handshakes that pass, 1 if none are dropped. Any thread. */
    double share() {
        return share;
    }

    /** Stops the regulator. Event loop. */
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

    /** Adapts the share to the rate since the last call. */
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
