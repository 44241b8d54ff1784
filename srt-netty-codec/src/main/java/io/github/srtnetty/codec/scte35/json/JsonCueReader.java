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

/** Reads a cue from JSON. Lengths and CRC are computed; everything but the command has a default. */
final class JsonCueReader {
    private JsonCueReader() {}

    static SpliceInfoSection read(JsonObject root) {
        try {
            SpliceInfoBuilder builder = SpliceInfoSection.builder(command(root.object("command")));
            if (root.has("info_section")) {
                readInfo(root.object("info_section"), builder);
            }
            for (JsonObject descriptor : root.objects("descriptors")) {
                builder.descriptor(JsonDescriptorReader.read(descriptor));
            }
            return builder.build();
        } catch (IllegalArgumentException e) {
            throw new MalformedDataException("JSON", "values that fit a cue", String.valueOf(e.getMessage()));
        }
    }

    private static void readInfo(JsonObject info, SpliceInfoBuilder builder) {
        if (info.flag("encrypted_packet", false)) {
            throw new MalformedDataException("encrypted_packet", "false", "true: there is no key in JSON");
        }
        builder.sapType((int) info.number("sap_type", 2, 3))
                .protocolVersion((int) info.number("protocol_version", 8, 0))
                .cwIndex((int) info.number("cw_index", 8, 0))
                .tier((int) info.number("tier", 12, 0xFFF));
        if (info.has("pts_adjustment") || info.has("pts_adjustment_ticks")) {
            builder.ptsAdjustment(info.ticks("pts_adjustment", 33));
        }
        if (info.has("alignment_stuffing")) {
            builder.alignmentStuffing(Bytes.fromHex(info.text("alignment_stuffing")));
        }
    }

    private static SpliceCommand command(JsonObject json) {
        int type = json.has("command_type") ? (int) json.number("command_type", 8) : typeOf(json.text("name"));
        return switch (type) {
            case SpliceNull.TYPE -> SpliceNull.INSTANCE;
            case SpliceSchedule.TYPE ->
                new SpliceSchedule(json.objects("splices").stream()
                        .map(JsonCueReader::scheduled)
                        .toList());
            case SpliceInsert.TYPE -> spliceInsert(json);
            case TimeSignal.TYPE -> new TimeSignal(spliceTime(json));
            case BandwidthReservation.TYPE -> BandwidthReservation.INSTANCE;
            case PrivateCommand.TYPE ->
                new PrivateCommand(json.number("identifier", 32), Bytes.of(json.octets("private_bytes")));
            default -> new UnknownCommand(type, Bytes.fromHex(json.text("bytes")));
        };
    }

    /** Takes titles, {@code Time Signal}, and those of the standard, {@code time_signal}. */
    private static int typeOf(String name) {
        return switch (name.replace(' ', '_').toLowerCase(Locale.ROOT)) {
            case "splice_null" -> SpliceNull.TYPE;
            case "splice_schedule" -> SpliceSchedule.TYPE;
            case "splice_insert" -> SpliceInsert.TYPE;
            case "time_signal" -> TimeSignal.TYPE;
            case "bandwidth_reservation" -> BandwidthReservation.TYPE;
            case "private_command" -> PrivateCommand.TYPE;
            default -> throw new MalformedDataException("name", "the name of a command", name);
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
            return immediate ? SpliceInsert.Program.IMMEDIATE : new SpliceInsert.Program(spliceTime(json));
        }
        List<SpliceInsert.Component> components = new ArrayList<>();
        for (JsonObject component : json.objects("components")) {
            SpliceTime time = immediate ? null : spliceTime(component);
            components.add(new SpliceInsert.Component((int) component.number("component_tag", 8), time));
        }
        return new SpliceInsert.Components(immediate, components);
    }

    private static @Nullable BreakDuration breakDuration(JsonObject json) {
        boolean hasDuration = json.has("break_duration") || json.has("break_duration_ticks");
        return json.flag("duration_flag", hasDuration)
                ? new BreakDuration(json.flag("break_auto_return", false), json.ticks("break_duration", 33))
                : null;
    }

    private static SpliceSchedule.Entry scheduled(JsonObject json) {
        long id = json.number("splice_event_id", 32);
        boolean compliance = json.flag("event_id_compliance_flag", true);
        if (json.flag("splice_event_cancel_indicator", false)) {
            return new SpliceSchedule.Cancel(id, compliance);
        }
        SpliceSchedule.Target target = json.flag("program_splice_flag", true)
                ? new SpliceSchedule.Program(json.number("utc_splice_time", 32))
                : new SpliceSchedule.Components(json.objects("components").stream()
                        .map(component -> new SpliceSchedule.Component(
                                (int) component.number("component_tag", 8), component.number("utc_splice_time", 32)))
                        .toList());
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
}
