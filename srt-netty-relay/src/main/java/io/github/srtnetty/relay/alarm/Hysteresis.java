// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.alarm;

import io.github.srtnetty.relay.alarm.Reading.Level;

/**
 * The state of an alarm. It is raised after uninterrupted bad readings for one time, and cleared after uninterrupted
 * good readings for another. One thread.
 */
final class Hysteresis {
    /** The change that a reading made. */
    enum Change {
        NONE,
        RAISED,
        CLEARED
    }

    private boolean raised;
    private boolean pending;
    private long pendingSinceNanos;

    boolean isRaised() {
        return raised;
    }

    /**
     * Takes the next reading.
     *
     * @param raiseNanos how long readings must be bad
     * @param clearNanos how long readings must be good
     */
    Change update(Level level, long nowNanos, long raiseNanos, long clearNanos) {
        boolean towardsChange = raised ? level == Level.GOOD || level == Level.GONE : level == Level.BAD;
        if (!towardsChange) {
            pending = false;
            return Change.NONE;
        }
        if (!pending) {
            pending = true;
            pendingSinceNanos = nowNanos;
        }
        long holdNanos = level == Level.GONE ? 0 : raised ? clearNanos : raiseNanos;
        if (nowNanos - pendingSinceNanos < holdNanos) {
            return Change.NONE;
        }
        pending = false;
        raised = !raised;
        return raised ? Change.RAISED : Change.CLEARED;
    }
}
