// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.scte35;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Builds a {@link SpliceInsert.Event}. By default it is an immediate splice of the program out of the network, without
 * a duration.
 */
public final class SpliceInsertBuilder {
    private final long eventId;
    private boolean outOfNetwork = true;
    private boolean compliance = true;
    private SpliceInsert.Target target = SpliceInsert.Program.IMMEDIATE;
    private @Nullable BreakDuration duration;
    private int uniqueProgramId;
    private int availNum;
    private int availsExpected;

    SpliceInsertBuilder(long eventId) {
        this.eventId = eventId;
    }

    /** Splices back to the network instead of out of it. */
    public SpliceInsertBuilder returnToNetwork() {
        outOfNetwork = false;
        return this;
    }

    /** Splices the program at {@code ptsTime}, ticks of 90 kHz, 0 to 2^33-1. */
    public SpliceInsertBuilder at(long ptsTime) {
        target = new SpliceInsert.Program(SpliceTime.at(ptsTime));
        return this;
    }

    /** Splices these components at their times (deprecated by the standard). */
    public SpliceInsertBuilder components(List<SpliceInsert.Component> components) {
        boolean immediate = components.stream().allMatch(component -> component.spliceTime() == null);
        target = new SpliceInsert.Components(immediate, components);
        return this;
    }

    /** Ends the break automatically after {@code ticks} of 90 kHz, 0 to 2^33-1. */
    public SpliceInsertBuilder autoReturnAfter(long ticks) {
        duration = new BreakDuration(true, ticks);
        return this;
    }

    /** Sets the duration of the break, ticks of 90 kHz, 0 to 2^33-1; another cue ends the break. */
    public SpliceInsertBuilder duration(long ticks) {
        duration = new BreakDuration(false, ticks);
        return this;
    }

    /** Sets event_id_compliance_flag; default true. */
    public SpliceInsertBuilder complianceFlag(boolean value) {
        compliance = value;
        return this;
    }

    /** Sets unique_program_id, 0 to 65535. */
    public SpliceInsertBuilder uniqueProgramId(int value) {
        uniqueProgramId = value;
        return this;
    }

    /** Sets avail_num and avails_expected, 0 to 255 each. */
    public SpliceInsertBuilder avail(int num, int expected) {
        availNum = num;
        availsExpected = expected;
        return this;
    }

    /**
     * Returns the command.
     *
     * @throws IllegalArgumentException that names the field, when a value is out of its range
     */
    public SpliceInsert.Event build() {
        return new SpliceInsert.Event(
                eventId, outOfNetwork, compliance, target, duration, uniqueProgramId, availNum, availsExpected);
    }
}
