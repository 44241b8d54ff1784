// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.libsrt;

import java.util.concurrent.TimeUnit;

/**
 * When the poller lets events gather. Woken for each packet of a fast stream it would cost more CPU than the packets
 * themselves: poller and event loop each wake once for each. So after a run of quick wake-ups it sleeps a moment before it
 * looks again, and stops that as soon as it had to wait in spite of it.
 *
 * <pre>
 * state     left when                                            to
 * prompt    QUICK_RUN waits in a row were shorter than QUICK     gathering
 * gathering a wait was longer than QUICK                         prompt
 * </pre>
 *
 * <p>Only the poller's thread.
 */
final class PollerPace {
    /** The longest that an event is held back, but for the system's own slack in timers. */
    static final long GATHER_NANOS = TimeUnit.MICROSECONDS.toNanos(Long.getLong("srt.poller.gatherMicros", 200));

    private static final long QUICK_NANOS = TimeUnit.MICROSECONDS.toNanos(100);
    private static final int QUICK_RUN = 16;

    private int quickWaits;

    /** Takes how long the last wait for events took; returns how long to sleep before the next, 0 for not at all. */
    long afterWait(long waitedNanos) {
        quickWaits = waitedNanos < QUICK_NANOS ? Math.min(quickWaits + 1, QUICK_RUN) : 0;
        return quickWaits == QUICK_RUN ? GATHER_NANOS : 0;
    }
}
