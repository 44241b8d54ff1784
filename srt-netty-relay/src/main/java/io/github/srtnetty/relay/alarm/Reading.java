// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.alarm;

/**
 * The measurement for one kind of alarm.
 *
 * @param level how it compares with the limit
 * @param value the measured value
 * @param limit the limit, 0 for none
 */
record Reading(Level level, double value, double limit) {
    /** How a value compares with its limit. */
    enum Level {
        /** The value is on the good side of the limit, with the margin needed to clear a raised alarm. */
        GOOD,
        /** It neither raises an alarm nor clears one. */
        BETWEEN,
        /** The value is on the bad side of the limit. */
        BAD,
        /** Nothing to measure, because the publisher has disconnected: an alarm is cleared immediately. */
        GONE
    }

    static final Reading GONE = new Reading(Level.GONE, 0, 0);

    /** Returns a reading of a value that must stay below a limit; it is good again at a part of the limit. */
    static Reading below(double value, double limit, double goodPart) {
        Level level = limit == 0 || value < limit * goodPart ? Level.GOOD : value < limit ? Level.BETWEEN : Level.BAD;
        return new Reading(level, value, limit);
    }

    /** Returns a reading of a value that must reach a limit; it is good again at more than the limit. */
    static Reading atLeast(double value, double limit, double goodPart) {
        Level level = limit == 0 || value >= limit * goodPart ? Level.GOOD : value >= limit ? Level.BETWEEN : Level.BAD;
        return new Reading(level, value, limit);
    }
}
