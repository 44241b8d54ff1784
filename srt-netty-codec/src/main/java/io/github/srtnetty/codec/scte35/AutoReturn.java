// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.scte35;

import io.github.srtnetty.codec.mpegts.Timestamp;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Counts the ticks until a break with auto_return ends. A duration has 33 bits, like a PTS. The difference of two PTSs
 * is unambiguous only up to half of that range, so this class adds up the steps between PTSs.
 */
final class AutoReturn {
    /** A larger step back is a new timeline, not the order of coding. */
    private static final long LONGEST_STEP_BACK = 10 * Timestamp.PTS_HZ;

    private long endPts;
    private boolean started;
    private long reachedPts;
    private long ticksLeft;

    private AutoReturn(long startPts, long duration) {
        this.endPts = Timestamp.add(startPts, duration);
        this.reachedPts = startPts;
        this.ticksLeft = duration;
    }

    /**
     * Returns the auto-return of a splice_insert, counted from its time or from the arrival of the cue; otherwise null.
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
     * Accepts the next PTS of the program, less than 2^32 ticks from the previous one; returns whether the break is
     * over. When the program's time jumps back, the break continues for its remaining time.
     */
    boolean isOverAt(long pts90k) {
        long step = Timestamp.difference(pts90k, reachedPts);
        if (started && step < -LONGEST_STEP_BACK) {
            endPts = Timestamp.add(pts90k, ticksLeft);
        } else {
            ticksLeft -= step;
        }
        started = true;
        reachedPts = pts90k;
        return ticksLeft <= 0;
    }

    /** Returns the PTS at the end of the break. */
    long endPts() {
        return endPts;
    }
}
