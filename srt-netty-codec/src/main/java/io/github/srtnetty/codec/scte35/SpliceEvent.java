// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.scte35;

import java.util.OptionalLong;

/**
 * User event of {@link Scte35Handler} with {@link Scte35Options#withEventTracking}: a break or segment was announced,
 * ended or called off. Reported when the cue comes, {@code splicePts} says when it takes effect; an auto-return is
 * reported when its time is reached.
 *
 * @param kind what happened
 * @param source which of the two id spaces
 * @param programNumber the program
 * @param eventId splice_event_id or segmentation_event_id, unsigned 32 bits
 * @param segmentationTypeId the type that opened it; 0 for splice_insert
 * @param splicePts when it takes effect, ticks of 90 kHz, adjusted; empty: at once
 * @param duration ticks of 90 kHz, when the opening cue gave one
 * @param cue the cue that caused it; of an auto-return the one that opened the break
 */
public record SpliceEvent(
        Kind kind,
        Source source,
        int programNumber,
        long eventId,
        int segmentationTypeId,
        OptionalLong splicePts,
        OptionalLong duration,
        Scte35Cue cue) {
    /** The kinds of change. */
    public enum Kind {
        /** A break or segment starts. */
        OPENED,
        /** It ends by a cue that says so. */
        CLOSED,
        /** It ends because its duration with auto_return is over. */
        AUTO_RETURNED,
        /** It is called off. */
        CANCELLED
    }

    /** The fields that number the events. */
    public enum Source {
        /** The splice_event_id of splice_insert. */
        SPLICE_INSERT,
        /** segmentation_event_id. */
        SEGMENTATION
    }

    SpliceEvent as(Kind other, OptionalLong pts, Scte35Cue by) {
        return new SpliceEvent(other, source, programNumber, eventId, segmentationTypeId, pts, duration, by);
    }
}
