// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.libsrt;

/**
 * Decides whether the poller backs off: it then looks at intervals, and libsrt does not wake it. libsrt wakes it for
 * each event, and, with nothing to report, for each acknowledgement; each wake-up costs the poller and libsrt's own
 * threads some 10 us.
 *
 * <p>It backs off while it is asked to ({@link #backOffUntil}), and while there is a crowd: from many events in a
 * window on, until a look finds few events on average. {@link SrtPacing.Polling} has the numbers.
 *
 * <p>Only the poller's thread, but {@link #backOffUntil}.
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

    /** Asks to back off until then, in {@link System#nanoTime}; a later time than that of others counts. Any thread. */
    void backOffUntil(long nanos) {
        if (nanos - askedUntil > 0) {
            askedUntil = nanos; // of two at the same time one may be forgotten: it asks again
        }
    }

    boolean isBackingOff(long now) {
        return crowded || now - askedUntil < 0;
    }

    /** Counts what a look has found. */
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
