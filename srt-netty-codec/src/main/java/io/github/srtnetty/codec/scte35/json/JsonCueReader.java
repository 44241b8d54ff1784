// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.scte35.json;

import io.github.srtnetty.codec.bits.Bytes;
import io.github.srtnetty.codec.bits.MalformedDataException;
import io.github.srtnetty.codec.scte35.BandwidthReservation;
import io.github.srtnetty.codec.scte35.BreakDuration;
import io.github.srtnetty.codec.scte35.PrivateCommand;
import io.github.srtnetty.codec.scte35.SpliceCommand;
import io.github.srtnetty.codec.scte35.SpliceInfoBuilder;
import io.github.srtnetty.codec.scte35.SpliceInfoSection;
import io.github.srtnetty.codec.scte35.SpliceInsert;
import io.github.srtnetty.codec.scte35.SpliceNull;
import io.github.srtnetty.codec.scte35.SpliceSchedule;
import io.github.srtnetty.codec.scte35.SpliceTime;
import io.github.srtnetty.codec.scte35.TimeSignal;
import io.github.srtnetty.codec.scte35.UnknownCommand;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads a cue from JSON. Lengths and CRC are computed; everything except the command has a default. */
final class JsonCueReader {
    private JsonCueReader() {}

    static SpliceInfoSection read(JsonObject root) {
        try {
            root.ignore("packet_data"); // where it came from
            if (root.has(ExactBytes.OF_SECTION)) {
                SpliceInfoSection section = ExactBytes.section(root.hex(ExactBytes.OF_SECTION));
                String written = new Scte35Json().withTicks().toJson(section);
                root.requireSame(JsonDocument.parse(written), ExactBytes.OF_SECTION);
                return section;
            }
            SpliceInfoSection section = readValues(root);
            root.rejectUnused();
            return section;
        } catch (IllegalArgumentException e) {
            throw new MalformedDataException("JSON", "values that fit a cue", String.valueOf(e.getMessage()));
        }
    }

    private static SpliceInfoSection readValues(JsonObject root) {
        SpliceCommand command = command(root.object("command"));
        SpliceInfoBuilder builder = SpliceInfoSection.builder(command);
        long ptsAdjustment = 0;
        if (root.has("info_section")) {
            JsonObject info = root.object("info_section");
            info.agrees("splice_command_type", 8, command.spliceCommandType());
            ptsAdjustment = readInfo(info, builder);
        }
        checkAdjusted(root.object("command"), ptsAdjustment);
        for (JsonObject descriptor : root.objects("descriptors")) {
            builder.descriptor(JsonDescriptorReader.read(descriptor));
        }
        return builder.build();
    }

    private static long readInfo(JsonObject info, SpliceInfoBuilder builder) {
        info.agrees("encrypted_packet", false); // there is no key in JSON
        info.agrees("encryption_algorithm", 6, 0);
        info.agrees("table_id", 8, 0xFC);
        info.agrees("section_syntax_indicator", false);
        info.agrees("private", false);
        info.ignoreNumbers(12, "section_length", "splice_command_length");
        info.ignoreNumbers(16, "descriptor_loop_length");
        info.ignore("crc", "crc_32", "warnings");
        int sapType = (int) info.number("sap_type", 2, 3);
        if (info.has("sap_details")) {
            JsonNames.check(info, "sap_details", sapType, CueWriter.SAP_DETAILS);
        }
        builder.sapType(sapType)
                .protocolVersion((int) info.number("protocol_version", 8, 0))
                .cwIndex((int) info.number("cw_index", 8, 0))
                .tier((int) info.number("tier", 12, 0xFFF));
        if (info.has("alignment_stuffing")) {
            builder.alignmentStuffing(info.hex("alignment_stuffing"));
        }
        boolean adjusted = info.has("pts_adjustment") || info.has("pts_adjustment_ticks");
        long ticks = adjusted ? info.ticks("pts_adjustment", 33) : 0;
        builder.ptsAdjustment(ticks);
        return ticks;
    }

    /** Checks the time that is computed from pts_time and pts_adjustment, if it is given. */
    private static void checkAdjusted(JsonObject command, long ptsAdjustment) {
        String key = "adjusted_pts_time";
        if (!command.has(key) && !command.has(key + "_ticks")) {
            return;
        }
        long given = command.ticks(key, 33);
        boolean own = command.has("pts_time") || command.has("pts_time_ticks");
        if (!own && command.has("components")) {
            return; // that of a component
        }
        if (!own) {
            throw command.unexpected("pts_time", "it beside " + key, null);
        }
        if ((command.ticks("pts_time", 33) + ptsAdjustment & SpliceInfoSection.PTS_MASK) != given) {
            String name = command.has(key) ? key : key + "_ticks";
            throw command.unexpected(name, "pts_time + pts_adjustment", given);
        }
    }

    private static SpliceCommand command(JsonObject json) {
        int type = json.has("command_type") ? (int) json.number("command_type", 8) : typeOf(json);
        if (json.has("name") && typeOf(json) != type && !JsonCommands.isOtherTitle(json.text("name"))) {
            throw json.unexpected("name", "the name of command_type " + type, json.text("name"));
        }
        json.ignoreNumbers(12, "command_length");
        return switch (type) {
            case SpliceNull.TYPE -> SpliceNull.INSTANCE;
            case SpliceSchedule.TYPE -> spliceSchedule(json);
            case SpliceInsert.TYPE -> spliceInsert(json);
            case TimeSignal.TYPE -> new TimeSignal(spliceTime(json));
            case BandwidthReservation.TYPE -> BandwidthReservation.INSTANCE;
            case PrivateCommand.TYPE ->
                new PrivateCommand(json.number("identifier", 32), Bytes.of(json.octets("private_bytes")));
            default -> new UnknownCommand(type, json.hex("bytes"));
        };
    }

    private static SpliceSchedule spliceSchedule(JsonObject json) {
        json.requireList("splices");
        List<JsonObject> splices = json.objects("splices");
        json.agrees("splice_count", 8, splices.size());
        return new SpliceSchedule(splices.stream().map(JsonCueReader::scheduled).toList());
    }

    /** Accepts titles, {@code Time Signal}, and names of the standard, {@code time_signal}. */
    private static int typeOf(JsonObject json) {
        String name = json.text("name");
        if (JsonCommands.isOtherTitle(name)) {
            return (int) json.number("command_type", 8);
        }
        return switch (name.replace(' ', '_').toLowerCase(Locale.ROOT)) {
            case "splice_null" -> SpliceNull.TYPE;
            case "splice_schedule" -> SpliceSchedule.TYPE;
            case "splice_insert" -> SpliceInsert.TYPE;
            case "time_signal" -> TimeSignal.TYPE;
            case "bandwidth_reservation" -> BandwidthReservation.TYPE;
            case "private_command" -> PrivateCommand.TYPE;
            default -> throw json.unexpected("name", "the name of a command", name);
        };
    }

    private static SpliceTime spliceTime(JsonObject json) {
        boolean hasTime = json.has("pts_time") || json.has("pts_time_ticks");
        return json.flag("time_specified_flag", hasTime)
                ? SpliceTime.at(json.ticks("pts_time", 33))
                : SpliceTime.UNSPECIFIED;
    }

    private static SpliceInsert spliceInsert(JsonObject json) {
        long id = json.number("splice_event_id", 32);
        json.agrees("splice_event_id_hex", 32, id);
        if (json.flag("splice_event_cancel_indicator", false)) {
            return new SpliceInsert.Cancel(id);
        }
        return new SpliceInsert.Event(
                id,
                json.flag("out_of_network_indicator", false),
                json.flag("event_id_compliance_flag", true),
                target(json),
                breakDuration(json),
                (int) json.number("unique_program_id", 16, 0),
                (int) json.number("avail_num", 8, 0),
                (int) json.number("avails_expected", 8, 0));
    }

    private static SpliceInsert.Target target(JsonObject json) {
        boolean immediate = json.flag("splice_immediate_flag", false);
        if (json.flag("program_splice_flag", true)) {
            return immediate ? immediate(json) : new SpliceInsert.Program(spliceTime(json));
        }
        json.requireList("components");
        List<SpliceInsert.Component> components = new ArrayList<>();
        for (JsonObject component : json.objects("components")) {
            SpliceTime time = immediate ? null : spliceTime(component);
            components.add(new SpliceInsert.Component((int) component.number("component_tag", 8), time));
        }
        return new SpliceInsert.Components(immediate, components);
    }

    private static SpliceInsert.Target immediate(JsonObject json) {
        json.agrees("time_specified_flag", false);
        return SpliceInsert.Program.IMMEDIATE;
    }

    private static @Nullable BreakDuration breakDuration(JsonObject json) {
        boolean hasDuration = json.has("break_duration") || json.has("break_duration_ticks");
        return json.flag("duration_flag", hasDuration)
                ? new BreakDuration(json.flag("break_auto_return", false), json.ticks("break_duration", 33))
                : null;
    }

    private static SpliceSchedule.Entry scheduled(JsonObject json) {
        long id = json.number("splice_event_id", 32);
        json.agrees("splice_event_id_hex", 32, id);
        boolean compliance = json.flag("event_id_compliance_flag", true);
        if (json.flag("splice_event_cancel_indicator", false)) {
            return new SpliceSchedule.Cancel(id, compliance);
        }
        SpliceSchedule.Target target = scheduledTarget(json);
        return new SpliceSchedule.Event(
                id,
                compliance,
                json.flag("out_of_network_indicator", false),
                target,
                breakDuration(json),
                (int) json.number("unique_program_id", 16, 0),
                (int) json.number("avail_num", 8, 0),
                (int) json.number("avails_expected", 8, 0));
    }

    private static SpliceSchedule.Target scheduledTarget(JsonObject json) {
        if (json.flag("program_splice_flag", true)) {
            return new SpliceSchedule.Program(json.number("utc_splice_time", 32));
        }
        json.requireList("components");
        return new SpliceSchedule.Components(json.objects("components").stream()
                .map(component -> new SpliceSchedule.Component(
                        (int) component.number("component_tag", 8), component.number("utc_splice_time", 32)))
                .toList());
    }
}
