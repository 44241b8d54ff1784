// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.scte35;

/**
 * User event of {@link CueRules}: the cues of a stream break a rule.
 *
 * @param rule the broken rule
 * @param pid the splice PID
 * @param programNumber the program
 * @param eventId splice_event_id or segmentation_event_id; {@link #NO_EVENT} if the rule does not concern an event
 * @param detail a description, in English
 */
public record CueRuleEvent(Rule rule, int pid, int programNumber, long eventId, String detail) {
    /** The event id for a rule that does not concern an event. */
    public static final long NO_EVENT = -1;

    /** The rule that was broken. */
    public enum Rule {
        /** A splice PID had no cue for too long, not even a splice_null; fired once for each such period. */
        NO_HEARTBEAT,
        /** The first announcement of a splice time came too late. */
        SHORT_PRE_ROLL,
        /** The planned end of a break or segment has passed, and no cue has ended it. */
        OUT_WITHOUT_IN,
        /**
         * A break with auto_return is over by the time of the stream, but the program's PTS has not reached its end.
         */
        NO_AUTO_RETURN
    }
}
