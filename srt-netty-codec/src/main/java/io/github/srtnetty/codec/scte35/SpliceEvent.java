// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.scte35;

import java.util.OptionalLong;

/**
 * User event of {@link Scte35Handler} with {@link Scte35Options#withEventTracking}: a break or segment was announced,
 * ended or cancelled. It is fired when the cue arrives; {@code splicePts} is the time of the splice. An auto-return is
 * fired at its time.
 *
 * @param kind the kind of change
 * @param source the field of the event id
 * @param programNumber the program
 * @param eventId splice_event_id or segmentation_event_id, unsigned 32 bits
 * @param segmentationTypeId the type that opened the segment; 0 for splice_insert
 * @param splicePts the time of the change with pts_adjustment, ticks of 90 kHz; empty: immediately
 * @param duration ticks of 90 kHz; empty if the opening cue gave none
 * @param cue the cue that caused the event; for an auto-return the cue that opened the break
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
        /** A cue ends it. */
        CLOSED,
        /** It ends because its duration is over and auto_return is set. */
        AUTO_RETURNED,
        /** It is cancelled. */
        CANCELLED
    }

    /** The fields with the ids of events. */
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
