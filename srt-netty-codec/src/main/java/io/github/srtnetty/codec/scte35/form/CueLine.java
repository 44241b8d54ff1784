// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.scte35.form;

import io.github.srtnetty.codec.scte35.Scte35Cue;
import io.github.srtnetty.codec.scte35.SegmentationDescriptor;
import io.github.srtnetty.codec.scte35.SpliceDescriptor;
import io.github.srtnetty.codec.scte35.SpliceInfoSection;
import io.github.srtnetty.codec.scte35.SpliceInsert;
import java.util.Locale;

/** Describes a cue in one line, in ASCII. Any thread. */
public final class CueLine {
    private static final double HERTZ = 90_000;

    private CueLine() {}

    /** Describes a cue of a stream: PID, command, splice time, pre-roll. */
    public static String describe(Scte35Cue cue) {
        String line = String.format("PID 0x%x ", cue.pid()) + describe(cue.section());
        return cue.preRollMillis().isPresent()
                ? line + ", " + cue.preRollMillis().getAsLong() + " ms ahead"
                : line;
    }

    /** Describes a cue: command, splice time, descriptors. */
    public static String describe(SpliceInfoSection section) {
        StringBuilder line = new StringBuilder(section.command().name());
        if (section.command() instanceof SpliceInsert insert) {
            line.append(" event ").append(insert.spliceEventId());
            describe(insert, line);
        }
        section.adjustedSplicePts().ifPresent(pts -> line.append(" at ").append(seconds(pts)));
        for (SpliceDescriptor descriptor : section.descriptors()) {
            if (descriptor instanceof SegmentationDescriptor segmentation) {
                describe(segmentation, line.append(", "));
            }
        }
        return line.toString();
    }

    private static void describe(SpliceInsert insert, StringBuilder line) {
        if (insert instanceof SpliceInsert.Event event) {
            line.append(event.outOfNetworkIndicator() ? " out of network" : " back to network");
            if (event.breakDuration() != null) {
                line.append(" for ").append(seconds(event.breakDuration().duration()));
            }
        } else {
            line.append(" cancelled");
        }
    }

    private static void describe(SegmentationDescriptor segmentation, StringBuilder line) {
        line.append("segment ").append(segmentation.segmentationEventId());
        if (segmentation instanceof SegmentationDescriptor.Event event) {
            line.append(String.format(" type 0x%02x", event.segmentationTypeId()));
            event.segmentationDuration().ifPresent(ticks -> line.append(" for ").append(seconds(ticks)));
        } else {
            line.append(" cancelled");
        }
    }

    private static String seconds(long ticks) {
        return String.format(Locale.ROOT, "%.3f s", ticks / HERTZ);
    }
}
