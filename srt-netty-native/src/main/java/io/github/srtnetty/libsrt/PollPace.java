// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.libsrt;

import java.util.concurrent.TimeUnit;

/**
 * Decides whether the poller lets libsrt wake it, or looks by itself every half millisecond. libsrt wakes it for each
 * event, and, with nothing to tell, for each acknowledgement; each wake-up costs the poller and libsrt's own threads
 * some 10 us.
 *
 * <p>It looks by itself while it is asked to ({@link #restUntil}), and while there is a crowd: from {@value #CROWD}
 * events in {@value #WINDOW_MILLIS} ms on, until a look finds less than {@value #LEAST_EVENTS} events on average. Then
 * somebody may be waiting for each of them, and it does not try again for a second.
 *
 * <p>Only the poller's thread, but {@link #restUntil}.
 */
final class PollPace {
    static final long REST_NANOS = TimeUnit.MICROSECONDS.toNanos(500);
    static final int WINDOW_MILLIS = 10;
    static final int CROWD = 60;
    static final int LEAST_EVENTS = 4;

    private static final long WINDOW_NANOS = TimeUnit.MILLISECONDS.toNanos(WINDOW_MILLIS);
    private static final long RETRY_NANOS = TimeUnit.SECONDS.toNanos(1);

    private volatile long restUntil;
    private boolean crowded;
    private long nextAttempt;
    private long windowStart;
    private long events;
    private int looks;

    PollPace(long now) {
        restUntil = now;
        nextAttempt = now;
        windowStart = now;
    }

    /** Asks for rests until then, in {@link System#nanoTime}; a later time than that of others counts. Any thread. */
    void restUntil(long nanos) {
        if (nanos - restUntil > 0) {
            restUntil = nanos; // of two at the same time one may be forgotten: it asks again
        }
    }

    boolean isResting(long now) {
        return crowded || now - restUntil < 0;
    }

    /** Counts what a look has found. */
    void looked(int found, long now) {
        events += found;
        looks++;
        long elapsed = now - windowStart;
        if (elapsed < WINDOW_NANOS) {
            return;
        }
        if (crowded && events < (long) LEAST_EVENTS * looks) {
            crowded = false;
            nextAttempt = now + RETRY_NANOS;
        } else if (!crowded && now - nextAttempt >= 0) {
            crowded = events * WINDOW_NANOS >= CROWD * elapsed;
        }
        windowStart = now;
        events = 0;
        looks = 0;
    }
}
