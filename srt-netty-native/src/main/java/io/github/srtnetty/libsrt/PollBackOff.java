// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.libsrt;

/**
 * Decides whether the poller backs off: it then polls at intervals, and libsrt does not wake it. Otherwise libsrt wakes
 * it for each event, and also for each acknowledgement without an event. Each wake-up costs the poller and libsrt's
 * threads about 10 us.
 *
 * <p>It backs off while a connection requests it ({@link #backOffUntil}), and during a crowd. A crowd begins with many
 * events in one window, and ends when a poll finds few events on average. {@link SrtPacing.Polling} has the numbers.
 *
 * <p>Poller's thread only, except {@link #backOffUntil}.
 */
final class PollBackOff {
    private final SrtPacing.Polling pacing;
    private volatile long askedUntil;
    private boolean crowded;
    private long nextAttempt;
    private long windowStart;
    private long events;
    private int looks;

    PollBackOff(SrtPacing.Polling pacing, long now) {
        this.pacing = pacing;
        askedUntil = now;
        nextAttempt = now;
        windowStart = now;
    }

    /**
     * Requests to back off until a time of {@link System#nanoTime}; the latest time of all requests applies. Any
     * thread.
     */
    void backOffUntil(long nanos) {
        if (nanos - askedUntil > 0) {
            askedUntil = nanos; // of two simultaneous requests one may be lost: its connection repeats it
        }
    }

    boolean isBackingOff(long now) {
        return crowded || now - askedUntil < 0;
    }

    /** Counts the events that a poll found. */
    void looked(int found, long now) {
        events += found;
        looks++;
        long elapsed = now - windowStart;
        if (elapsed < pacing.windowNanos()) {
            return;
        }
        if (crowded && events < (long) pacing.leastEvents() * looks) {
            crowded = false;
            nextAttempt = now + pacing.retryNanos();
        } else if (!crowded && now - nextAttempt >= 0) {
            crowded = events * pacing.windowNanos() >= pacing.crowdEvents() * elapsed;
        }
        windowStart = now;
        events = 0;
        looks = 0;
    }
}
