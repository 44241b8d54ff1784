// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.cue;

import io.github.srtnetty.codec.mpegts.Timestamp;
import io.github.srtnetty.codec.scte35.SpliceInfoSection;
import io.github.srtnetty.codec.scte35.SpliceInsert;
import io.github.srtnetty.codec.scte35.SpliceInsertBuilder;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A cue whose time is that of a stream.
 *
 * @param given the cue; null: a splice_insert that leaves the network
 * @param eventId splice_event_id of that splice_insert, 0 to 2^32-1
 * @param breakSeconds duration of its break until the automatic return; 0: the end is open
 */
record InjectedCue(@Nullable SpliceInfoSection given, long eventId, int breakSeconds) {
    /** Returns the cue for a splice at {@code pts90k}; a given cue without a time is unchanged. */
    SpliceInfoSection at(long pts90k) {
        if (given == null) {
            return SpliceInfoSection.builder(insert(pts90k)).build();
        }
        OptionalLong own = given.splicePts();
        return own.isEmpty()
                ? given
                : given.withPtsAdjustment(Math.floorMod(pts90k - own.getAsLong(), Timestamp.PTS_MODULUS));
    }

    private SpliceInsert insert(long pts90k) {
        SpliceInsertBuilder insert = SpliceInsert.builder(eventId).at(pts90k);
        return (breakSeconds == 0 ? insert : insert.autoReturnAfter((long) breakSeconds * Timestamp.PTS_HZ)).build();
    }
}
