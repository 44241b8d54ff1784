// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.scte35;

/**
 * User event of {@link CueRules}: the cues of a stream break a rule.
 *
 * @param rule which one
 * @param pid the splice PID
 * @param programNumber the program
 * @param eventId splice_event_id or segmentation_event_id; {@link #NO_EVENT} where the rule is about none
 * @param detail what was found, in English
 */
public record CueRuleEvent(Rule rule, int pid, int programNumber, long eventId, String detail) {
    /** The event id of a rule that is about no event. */
    public static final long NO_EVENT = -1;

    /** The rule that was broken. */
    public enum Rule {
        /** No cue came on a splice PID for long, not even a splice_null; once for each such time. */
        NO_HEARTBEAT,
        /** The first announcement of a splice time came too late. */
        SHORT_PRE_ROLL,
        /** A break or segment began, its time is over, and no cue has ended it. */
        OUT_WITHOUT_IN,
        /**
         * A break with auto_return is over by the time of the stream, but the program's PTS has not reached its end.
         */
        NO_AUTO_RETURN
    }
}
