// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.channel;

import io.github.srtnetty.libsrt.SrtSocketState;
import io.netty.util.internal.logging.InternalLogger;
import io.netty.util.internal.logging.InternalLoggerFactory;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Delays the close of a channel until the peer has all data. At a close libsrt drops unacknowledged data, and peers
 * drop data that they have not played. The drain therefore waits until everything is acknowledged, the peer's latency
 * has passed since the last send, and a short time since the acknowledgement. It waits at most {@code SO_LINGER}, and
 * not when the loop shuts down.
 */
final class SrtDrain implements Executor, Runnable {
    private static final InternalLogger LOGGER = InternalLoggerFactory.getInstance(SrtDrain.class);
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
    /**
     * A peer sets its clock during the handshake, so it plays later than its latency by the delay of its part of the
     * handshake. That delay is unknown: tens of ms or more on a busy machine, but not longer than the connect took.
     */
    private static final int PLAY_MARGIN_MILLIS = 100;

    private final NativeSocket socket;
    private final LoopHandle loop;
    private final CloseReasonTracker reasons;
    private final int peerIdleMillis;
    private final boolean plays;
    private final long deadlineNanos;
    private long playedNanos;
    private int unacknowledged;
    private @Nullable Runnable closeTask;

    /**
     * Creates a drain for a channel that closes now.
     *
     * @param reasons receives the reason if the peer falls silent before it has acknowledged everything
     * @param lastSendNanos the time of the channel's last send, on the clock of the loop
     * @param connectNanos how long the connect took; 0 for an accepted channel
     * @param limitMillis the longest time of the close
     */
    SrtDrain(
            NativeSocket socket,
            LoopHandle loop,
            CloseReasonTracker reasons,
            SrtNegotiated negotiated,
            long lastSendNanos,
            long connectNanos,
            long limitMillis) {
        this.socket = socket;
        this.loop = loop;
        this.reasons = reasons;
        peerIdleMillis = negotiated.peerIdleMillis();
        plays = negotiated.peerLatencyMillis() > 0; // whether the peer holds received data back for its latency
        long playMillis = (long) negotiated.peerLatencyMillis() + PLAY_MARGIN_MILLIS;
        playedNanos = lastSendNanos + (plays ? TimeUnit.MILLISECONDS.toNanos(playMillis) + connectNanos : 0);
        deadlineNanos = loop.nanoTime() + TimeUnit.MILLISECONDS.toNanos(limitMillis);
    }

    boolean isFinished() {
        return waitNanos() == 0;
    }

    /** Keeps the task that closes the channel until the drain ends. */
    @Override
    public void execute(Runnable task) {
        closeTask = task;
        run();
    }

    @Override
    public void run() {
        if (closeTask == null) {
            return;
        }
        boolean waits = false;
        try {
            long waitNanos = waitNanos();
            if (waitNanos > 0) {
                loop.schedule(this, waitNanos);
                waits = true;
            }
        } catch (RejectedExecutionException e) {
            LOGGER.debug("{} closes without waiting for its peer: the event loop has ended", socket, e);
        } finally {
            if (!waits) {
                finishNow();
            }
        }
    }

    /** Returns the delay until the next check, or 0 when it is time to close. */
    private long waitNanos() {
        long now = loop.nanoTime();
        if (socket.state() != SrtSocketState.CONNECTED) {
            if (unacknowledged > 0) {
                reasons.brokeWhileClosing(now, peerIdleMillis);
            }
            return 0;
        }
        if (now - deadlineNanos >= 0) {
            return 0;
        }
        int before = unacknowledged;
        unacknowledged = socket.unacknowledgedPackets();
        if (unacknowledged < before) {
            reasons.peerSeen(now);
        }
        if (unacknowledged > 0) {
            return POLL_NANOS;
        }
        if (before > 0) {
            acknowledgedAt(now);
        }
        return Math.max(0, Math.min(playedNanos - now, deadlineNanos - now));
    }

    // A peer that stalled and then acknowledges everything at once has played none of it yet.
    private void acknowledgedAt(long now) {
        if (plays) {
            playedNanos = later(playedNanos, now + TimeUnit.MILLISECONDS.toNanos(PLAY_MARGIN_MILLIS));
        }
    }

    private static long later(long first, long second) {
        return first - second > 0 ? first : second;
    }

    /** Closes without waiting any longer. */
    void finishNow() {
        Runnable task = closeTask;
        closeTask = null;
        if (task != null) {
            task.run();
        }
    }
}
