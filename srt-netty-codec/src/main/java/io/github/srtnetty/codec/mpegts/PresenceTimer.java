// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.mpegts;

import java.util.function.LongPredicate;

/**
 * Timer for an item that must be repeated. While the item is missing, each period counts once. Times are in ticks of 27
 * MHz.
 */
final class PresenceTimer {
    /** 10 us more are not an error, because the times between PCRs are computed. */
    private static final long TOLERANCE = Timestamp.PCR_HZ / 100_000;

    private final Tr101290Check check;
    private final MonitoredPid pid;
    private final String name;
    private final long period;
    private final Tr101290Reporter reporter;
    private final LongPredicate expected;
    private long last;
    private boolean running = true;
    /** Periods counted since {@code last}. */
    private long counted;

    /**
     * Creates a timer that waits for an item from {@code now} on.
     *
     * @param name the name of the item, as in "no PAT"
     */
    PresenceTimer(
            Tr101290Check check, MonitoredPid pid, String name, long period, long now, Tr101290Reporter reporter) {
        this(check, pid, name, period, now, reporter, time -> true);
    }

    /** Creates a timer that reports the item as missing only while {@code expected} is true. */
    PresenceTimer(
            Tr101290Check check,
            MonitoredPid pid,
            String name,
            long period,
            long now,
            Tr101290Reporter reporter,
            LongPredicate expected) {
        this.expected = expected;
        this.check = check;
        this.pid = pid;
        this.name = name;
        this.period = period;
        this.last = now;
        this.reporter = reporter;
    }

    MonitoredPid pid() {
        return pid;
    }

    boolean has(long otherPeriod) {
        return period == otherPeriod;
    }

    boolean isAway() {
        return counted > 0;
    }

    /** Notes the item. */
    void seen(long now) {
        if (now > 0) {
            reporter.assessed(check);
        }
        if (running) {
            expire(now);
        }
        if (counted > 0) {
            reporter.end(check, pid, now - last, name + " again after " + Tr101290Reporter.seconds(now - last));
        }
        restart(now);
    }

    /**
     * Notes the item with the time since the last one, if that is known more precisely than by the time of the stream.
     */
    void seenAfter(long ticks, long now) {
        if (counted == 0 && running) {
            last = now - ticks;
        }
        seen(now);
    }

    /** Notes an earlier item without an error; does nothing while the item is missing. */
    void catchUp(long before) {
        if (counted == 0 && running) {
            last = Math.max(last, before);
        }
    }

    /** Restarts the timer now. */
    void restart(long now) {
        running = true;
        last = now;
        counted = 0;
    }

    /** Stops the timer until the item is seen again. */
    void suspend() {
        running = false;
        if (counted > 0) {
            reporter.end(check, pid, 0, name + " no longer expected");
            counted = 0;
        }
    }

    /** Counts the periods that ended without the item. */
    void expire(long now) {
        if (!running || now - last <= period + TOLERANCE) {
            return;
        }
        if (!expected.test(now)) {
            suspend();
            restart(now);
            return;
        }
        long periods = (now - last - TOLERANCE - 1) / period;
        if (periods > counted) {
            boolean begins = counted == 0;
            reporter.missing(check, pid, periods - counted);
            counted = periods;
            if (begins) {
                reporter.begin(check, pid, "no " + name + " for " + Tr101290Reporter.seconds(now - last));
            }
        }
    }

    /** Returns the end of the next period. */
    long deadline() {
        return running ? last + (counted + 1) * period : Long.MAX_VALUE;
    }
}
