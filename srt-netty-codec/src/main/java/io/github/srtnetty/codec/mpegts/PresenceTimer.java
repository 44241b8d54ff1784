// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.mpegts;

import java.util.function.LongPredicate;

/** Something that must come again and again: while it is away, each period counts once. Times are ticks of 27 MHz. */
final class PresenceTimer {
    /** The times between PCRs are computed: 10 us more are no error. */
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
     * Waits for something from {@code now} on.
     *
     * @param name what it is, as in "no PAT"
     */
    PresenceTimer(
            Tr101290Check check, MonitoredPid pid, String name, long period, long now, Tr101290Reporter reporter) {
        this(check, pid, name, period, now, reporter, time -> true);
    }

    /** As the other one; {@code expected} says whether something is away when it has not come. */
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

    /** Takes that it came. */
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

    /** Takes that it came so long after the last time, where that is known better than by the time of the stream. */
    void seenAfter(long ticks, long now) {
        if (counted == 0 && running) {
            last = now - ticks;
        }
        seen(now);
    }

    /** Takes that it came before, without an error; does nothing while it is away. */
    void catchUp(long before) {
        if (counted == 0 && running) {
            last = Math.max(last, before);
        }
    }

    /** Waits from now on, whatever was before. */
    void restart(long now) {
        running = true;
        last = now;
        counted = 0;
    }

    /** Waits no more, until it comes again. */
    void suspend() {
        running = false;
        if (counted > 0) {
            reporter.end(check, pid, 0, name + " no longer expected");
            counted = 0;
        }
    }

    /** Counts the periods that are over without it. */
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

    /** Returns the time at which the next period is over. */
    long deadline() {
        return running ? last + (counted + 1) * period : Long.MAX_VALUE;
    }
}
