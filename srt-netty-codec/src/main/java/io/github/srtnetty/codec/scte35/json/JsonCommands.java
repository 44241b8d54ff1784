// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.scte35.json;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.srtnetty.codec.scte35.BandwidthReservation;
import io.github.srtnetty.codec.scte35.BreakDuration;
import io.github.srtnetty.codec.scte35.EncryptedCommand;
import io.github.srtnetty.codec.scte35.PrivateCommand;
import io.github.srtnetty.codec.scte35.SpliceCommand;
import io.github.srtnetty.codec.scte35.SpliceInfoSection;
import io.github.srtnetty.codec.scte35.SpliceInsert;
import io.github.srtnetty.codec.scte35.SpliceNull;
import io.github.srtnetty.codec.scte35.SpliceSchedule;
import io.github.srtnetty.codec.scte35.SpliceTime;
import io.github.srtnetty.codec.scte35.TimeSignal;
import io.github.srtnetty.codec.scte35.UnknownCommand;
import java.io.IOException;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Writes the fields of a command in their order. */
final class JsonCommands {
    private static final String ENCRYPTED = "Encrypted Command";
    private static final String RESERVED = "Reserved Command";

    private final JsonFields fields;
    private final JsonGenerator out;

    JsonCommands(JsonFields fields) {
        this.fields = fields;
        this.out = fields.out();
    }

    void write(SpliceInfoSection section) throws IOException {
        SpliceCommand command = section.command();
        fields.number("command_length", section.commandLength());
        fields.number("command_type", command.spliceCommandType());
        fields.text("name", title(command));
        if (command instanceof TimeSignal signal) {
            spliceTime(signal.spliceTime());
            fields.adjusted(section, signal.spliceTime().ptsTime());
        } else if (command instanceof SpliceInsert insert) {
            spliceInsert(section, insert);
        } else if (command instanceof SpliceSchedule schedule) {
            spliceSchedule(schedule);
        } else if (command instanceof PrivateCommand other) {
            privateCommand(other);
        } else if (command instanceof UnknownCommand other) {
            fields.text("bytes", other.body().hex());
        } else if (command instanceof EncryptedCommand encrypted) {
            fields.text("bytes", encrypted.ciphertext().hex());
        }
    }

    private static String title(SpliceCommand command) {
        if (command instanceof SpliceNull) {
            return "Splice Null";
        } else if (command instanceof SpliceSchedule) {
            return "Splice Schedule";
        } else if (command instanceof SpliceInsert) {
            return "Splice Insert";
        } else if (command instanceof TimeSignal) {
            return "Time Signal";
        } else if (command instanceof BandwidthReservation) {
            return "Bandwidth Reservation";
        } else if (command instanceof PrivateCommand) {
            return "Private Command";
        }
        return command instanceof EncryptedCommand ? ENCRYPTED : RESERVED;
    }

    /** Returns whether {@code title} does not identify one type. */
    static boolean isOtherTitle(String title) {
        return title.equals(ENCRYPTED) || title.equals(RESERVED);
    }

    private void spliceTime(SpliceTime time) throws IOException {
        OptionalLong pts = time.ptsTime();
        fields.flag("time_specified_flag", pts.isPresent());
        if (pts.isPresent()) {
            fields.seconds("pts_time", pts.getAsLong());
        }
    }

    private void spliceInsert(SpliceInfoSection section, SpliceInsert insert) throws IOException {
        if (insert instanceof SpliceInsert.Event event) {
            if (event.target() instanceof SpliceInsert.Program program && program.spliceTime() != null) {
                spliceTime(program.spliceTime());
            }
            breakDuration(event.breakDuration());
        }
        fields.number("splice_event_id", insert.spliceEventId());
        fields.flag("splice_event_cancel_indicator", insert instanceof SpliceInsert.Cancel);
        if (insert instanceof SpliceInsert.Event event) {
            spliceEvent(event);
            if (fields.withTicks()) {
                fields.adjusted(section, section.splicePts());
                breakTicks(event.breakDuration());
            }
        }
        fields.id("splice_event_id_hex", insert.spliceEventId());
    }

    private void spliceEvent(SpliceInsert.Event event) throws IOException {
        fields.flag("out_of_network_indicator", event.outOfNetworkIndicator());
        fields.flag("program_splice_flag", event.target() instanceof SpliceInsert.Program);
        fields.flag("duration_flag", event.breakDuration() != null);
        fields.flag("splice_immediate_flag", event.target().spliceImmediateFlag());
        fields.flag("event_id_compliance_flag", event.eventIdComplianceFlag());
        fields.number("unique_program_id", event.uniqueProgramId());
        fields.number("avail_num", event.availNum());
        fields.number("avails_expected", event.availsExpected());
        if (event.target() instanceof SpliceInsert.Components components) {
            out.writeArrayFieldStart("components");
            for (SpliceInsert.Component component : components.components()) {
                out.writeStartObject();
                fields.number("component_tag", component.componentTag());
                if (component.spliceTime() != null) {
                    spliceTime(component.spliceTime());
                    if (component.spliceTime().ptsTime().isPresent()) {
                        fields.ticks(
                                "pts_time", component.spliceTime().ptsTime().getAsLong());
                    }
                }
                out.writeEndObject();
            }
            out.writeEndArray();
        }
    }

    private void breakDuration(@Nullable BreakDuration duration) throws IOException {
        if (duration != null) {
            fields.flag("break_auto_return", duration.autoReturn());
            fields.seconds("break_duration", duration.duration());
        }
    }

    private void breakTicks(@Nullable BreakDuration duration) throws IOException {
        if (duration != null) {
            fields.ticks("break_duration", duration.duration());
        }
    }

    private void spliceSchedule(SpliceSchedule schedule) throws IOException {
        fields.number("splice_count", schedule.events().size());
        out.writeArrayFieldStart("splices");
        for (SpliceSchedule.Entry entry : schedule.events()) {
            out.writeStartObject();
            fields.number("splice_event_id", entry.spliceEventId());
            fields.flag("splice_event_cancel_indicator", entry instanceof SpliceSchedule.Cancel);
            fields.flag("event_id_compliance_flag", entry.eventIdComplianceFlag());
            if (entry instanceof SpliceSchedule.Event event) {
                scheduledEvent(event);
            }
            fields.id("splice_event_id_hex", entry.spliceEventId());
            out.writeEndObject();
        }
        out.writeEndArray();
    }

    private void scheduledEvent(SpliceSchedule.Event event) throws IOException {
        fields.flag("out_of_network_indicator", event.outOfNetworkIndicator());
        fields.flag("program_splice_flag", event.target() instanceof SpliceSchedule.Program);
        fields.flag("duration_flag", event.breakDuration() != null);
        if (event.target() instanceof SpliceSchedule.Program program) {
            fields.number("utc_splice_time", program.utcSpliceTime());
        } else if (event.target() instanceof SpliceSchedule.Components components) {
            out.writeArrayFieldStart("components");
            for (SpliceSchedule.Component component : components.components()) {
                out.writeStartObject();
                fields.number("component_tag", component.componentTag());
                fields.number("utc_splice_time", component.utcSpliceTime());
                out.writeEndObject();
            }
            out.writeEndArray();
        }
        breakDuration(event.breakDuration());
        fields.number("unique_program_id", event.uniqueProgramId());
        fields.number("avail_num", event.availNum());
        fields.number("avails_expected", event.availsExpected());
        breakTicks(event.breakDuration());
    }

    private void privateCommand(PrivateCommand command) throws IOException {
        fields.number("identifier", command.identifier());
        if (command.privateBytes().isEmpty()) {
            return;
        }
        out.writeArrayFieldStart("private_bytes");
        for (int i = 0; i < command.privateBytes().length(); i++) {
            out.writeNumber(command.privateBytes().at(i));
        }
        out.writeEndArray();
    }
}
