// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.scte35.form;

import io.github.srtnetty.codec.scte35.BreakDuration;
import io.github.srtnetty.codec.scte35.EncryptedCommand;
import io.github.srtnetty.codec.scte35.PrivateCommand;
import io.github.srtnetty.codec.scte35.SpliceCommand;
import io.github.srtnetty.codec.scte35.SpliceInsert;
import io.github.srtnetty.codec.scte35.SpliceSchedule;
import io.github.srtnetty.codec.scte35.SpliceTime;
import io.github.srtnetty.codec.scte35.UnknownCommand;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** The fields of a command as rows. */
record TextCommand(TextRows rows) {
    void add(SpliceCommand command) {
        if (command instanceof SpliceInsert insert) {
            rows.add(1, "splice_event_id", TextRows.id(insert.spliceEventId()));
            insert(insert);
        } else if (command instanceof SpliceSchedule schedule) {
            schedule.events().forEach(this::scheduled);
        } else if (command instanceof PrivateCommand other) {
            rows.add(1, "identifier", TextRows.identifier(other.identifier()));
            rows.add(1, "private_byte", TextRows.hex(other.privateBytes()));
        } else if (command instanceof UnknownCommand unknown) {
            rows.add(1, "splice_command_type", String.format("0x%02x", unknown.spliceCommandType()));
            rows.add(1, "splice_command", TextRows.hex(unknown.body()));
        } else if (command instanceof EncryptedCommand encrypted) {
            rows.add(1, "encrypted part", TextRows.hex(encrypted.ciphertext()));
        }
    }

    private void insert(SpliceInsert insert) {
        if (!(insert instanceof SpliceInsert.Event event)) {
            rows.add(1, "splice_event_cancel_indicator", "1");
            return;
        }
        rows.add(1, "out_of_network_indicator", direction(event.outOfNetworkIndicator()));
        if (event.target().spliceImmediateFlag()) {
            rows.add(1, "splice_immediate_flag", "1");
        }
        if (event.target() instanceof SpliceInsert.Components components) {
            components.components().forEach(component -> component(component.componentTag(), component.spliceTime()));
        }
        rest(1, event.breakDuration(), event.uniqueProgramId(), event.availNum(), event.availsExpected());
    }

    private void component(int tag, @Nullable SpliceTime time) {
        OptionalLong pts = time == null ? OptionalLong.empty() : time.ptsTime();
        String when = pts.isPresent() ? ", pts_time " + TextRows.seconds(pts.getAsLong()) : "";
        rows.add(1, "component_tag", tag + when);
    }

    private void scheduled(SpliceSchedule.Entry entry) {
        rows.add(1, "splice_event_id", TextRows.id(entry.spliceEventId()));
        if (!(entry instanceof SpliceSchedule.Event event)) {
            rows.add(2, "splice_event_cancel_indicator", "1");
            return;
        }
        rows.add(2, "out_of_network_indicator", direction(event.outOfNetworkIndicator()));
        if (event.target() instanceof SpliceSchedule.Program program) {
            rows.add(2, "utc_splice_time", utc(program.utcSpliceTime()));
        } else if (event.target() instanceof SpliceSchedule.Components components) {
            components
                    .components()
                    .forEach(component -> rows.add(
                            2, "component_tag", component.componentTag() + " at " + utc(component.utcSpliceTime())));
        }
        rest(2, event.breakDuration(), event.uniqueProgramId(), event.availNum(), event.availsExpected());
    }

    private void rest(int depth, @Nullable BreakDuration duration, int program, int avail, int avails) {
        if (duration != null) {
            rows.add(depth, "break_duration", TextRows.duration(duration));
        }
        rows.add(depth, "unique_program_id", Integer.toString(program));
        if (avail != 0 || avails != 0) {
            rows.add(depth, "avail_num", avail + " of " + avails);
        }
    }

    private static String direction(boolean out) {
        return out ? "1, out of the network" : "0, back to the network";
    }

    /** Returns the seconds since 1980, and the date, which also includes leap seconds. */
    private static String utc(long seconds) {
        return seconds + " (" + SpliceSchedule.GPS_EPOCH.plusSeconds(seconds) + " with leap seconds)";
    }
}
