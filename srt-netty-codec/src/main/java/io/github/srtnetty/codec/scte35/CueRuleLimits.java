// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.scte35;

import java.time.Duration;

/**
 * The limits of {@link CueRules}.
 *
 * @param heartbeat longest time without a cue on a splice PID: 10 min, twice the interval of the splice_null that SCTE
 *     35 recommends
 * @param preRoll least time from the first announcement to the splice: 4 s (SCTE 35, 9.9)
 * @param lateEnd longest time that a break may be open after its planned end: 5 s, because the end is announced in
 *     advance
 * @param unlimitedBreak longest time that a break without a duration may be open: 15 min, longer than breaks last
 */
public record CueRuleLimits(Duration heartbeat, Duration preRoll, Duration lateEnd, Duration unlimitedBreak) {
    /** The values given above. */
    public static final CueRuleLimits DEFAULT = new CueRuleLimits(
            Duration.ofMinutes(10), Duration.ofSeconds(4), Duration.ofSeconds(5), Duration.ofMinutes(15));
}
