// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.mpegts;

import java.util.LinkedHashSet;
import java.util.Set;

/** All timers of a stream. They are checked only when one of them can have expired. */
final class PresenceTimers {
    /** Several times what the largest multiplex needs; a check of all timers takes a few microseconds. */
    private static final int MOST_TIMERS = 2048;

    private final Set<PresenceTimer> timers = new LinkedHashSet<>();
    private long next = Long.MAX_VALUE;

    /** Adds a timer; returns false if there are too many, in which case the timer is not checked. */
    boolean add(PresenceTimer timer) {
        if (timers.size() >= MOST_TIMERS) {
            return false;
        }
        next = Math.min(next, timer.deadline());
        return timers.add(timer);
    }

    void remove(PresenceTimer timer) {
        timers.remove(timer);
        timer.suspend();
    }

    /** Notes that a timer runs again. */
    void restarted(PresenceTimer timer) {
        next = Math.min(next, timer.deadline());
    }

    void expire(long now) {
        if (now < next) {
            return;
        }
        long earliest = Long.MAX_VALUE;
        for (PresenceTimer timer : timers) {
            timer.pid().catchUp(timer);
            timer.expire(now);
            earliest = Math.min(earliest, timer.deadline());
        }
        next = earliest;
    }
}
