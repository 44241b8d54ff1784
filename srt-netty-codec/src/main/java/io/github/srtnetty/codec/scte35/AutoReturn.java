// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.scte35;

import io.github.srtnetty.codec.mpegts.Timestamp;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Counts the ticks until a break with auto_return is over. A duration has 33 bits, as a PTS. The
 * difference of two PTS is unambiguous only up to half of that range, so this class adds up the steps between them.
 */
final class AutoReturn {
    private final long endPts;
    private long reachedPts;
    private long ticksLeft;

    private AutoReturn(long startPts, long duration) {
        this.endPts = Timestamp.add(startPts, duration);
        this.reachedPts = startPts;
        this.ticksLeft = duration;
    }

    /**
     * Returns when {@code event} closes by itself: a splice_insert's, from its time or from when the cue came; else
     * null.
     */
    static @Nullable AutoReturn of(SpliceEvent event) {
        boolean auto = event.source() == SpliceEvent.Source.SPLICE_INSERT
                && event.cue().section().command() instanceof SpliceInsert.Event insert
                && insert.breakDuration() != null
                && insert.breakDuration().autoReturn();
        OptionalLong start =
                event.splicePts().isPresent() ? event.splicePts() : event.cue().lastPts90k();
        return auto && start.isPresent()
                ? new AutoReturn(start.getAsLong(), event.duration().orElse(0))
                : null;
    }

    /**
     * Takes the next PTS of the program, less than 2^32 ticks from the one before; returns whether the break is over.
     */
    boolean isOverAt(long pts90k) {
        ticksLeft -= Timestamp.difference(pts90k, reachedPts);
        reachedPts = pts90k;
        return ticksLeft <= 0;
    }

    /** Returns the PTS at which it is over. */
    long endPts() {
        return endPts;
    }
}
