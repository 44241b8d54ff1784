// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.scte35.form;

import io.github.srtnetty.codec.scte35.Scte35Cue;
import io.github.srtnetty.codec.scte35.SpliceInfoSection;
import java.util.OptionalLong;

/**
 * {@code text}: a cue in a few aligned lines for a terminal, with the names of the standard. Text in a cue is escaped.
 * The form omits the fields that are equal in all cues, so it cannot be read back and is not a {@link CueForm}.
 *
 * <pre>
 * splice_insert                  at 3.575 s, 2034 ms ahead, PID 0x102, program 1
 *   splice_event_id              1
 *   out_of_network_indicator     1
 *   break_duration               2.000 s
 *   unique_program_id            1
 * </pre>
 *
 * <p>Immutable; may be shared.
 */
public final class TextForm {
    private static final long NO_ADJUSTMENT = 0;
    private static final int EVERY_TIER = 0xFFF;

    /** Returns the lines of a cue, each with a line break. */
    public String write(SpliceInfoSection cue) {
        return write(cue, "");
    }

    /** Returns the lines of a cue of a stream, with PID, program and pre-roll. */
    public String write(Scte35Cue cue) {
        OptionalLong ahead = cue.preRollMillis();
        String place = String.format("PID 0x%x, program %d", cue.pid(), cue.programNumber());
        return write(cue.section(), ahead.isPresent() ? ahead.getAsLong() + " ms ahead, " + place : place);
    }

    private static String write(SpliceInfoSection cue, String where) {
        TextRows rows = new TextRows();
        OptionalLong pts = cue.adjustedSplicePts();
        String when = pts.isPresent() ? "at " + TextRows.seconds(pts.getAsLong()) : "";
        rows.add(0, cue.command().name(), when.isEmpty() || where.isEmpty() ? when + where : when + ", " + where);
        new TextCommand(rows).add(cue.command());
        if (cue.ptsAdjustment() != NO_ADJUSTMENT) {
            rows.add(1, "pts_adjustment", TextRows.seconds(cue.ptsAdjustment()));
        }
        if (cue.tier() != EVERY_TIER) {
            rows.add(1, "tier", String.format("0x%03x", cue.tier()));
        }
        if (cue.encryptedPacket()) {
            rows.add(1, "encryption_algorithm", cue.encryptionAlgorithm() + ", cw_index " + cue.cwIndex());
        }
        cue.descriptors().forEach(new TextDescriptor(rows)::add);
        cue.warnings().forEach(warning -> rows.add(1, "warning", TextRows.printable(warning.toString())));
        return rows.toString();
    }
}
