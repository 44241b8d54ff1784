// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.scte35.xml;

import io.github.srtnetty.codec.bits.Bytes;
import io.github.srtnetty.codec.scte35.BandwidthReservation;
import io.github.srtnetty.codec.scte35.BreakDuration;
import io.github.srtnetty.codec.scte35.PrivateCommand;
import io.github.srtnetty.codec.scte35.SpliceCommand;
import io.github.srtnetty.codec.scte35.SpliceInsert;
import io.github.srtnetty.codec.scte35.SpliceNull;
import io.github.srtnetty.codec.scte35.SpliceSchedule;
import io.github.srtnetty.codec.scte35.SpliceTime;
import io.github.srtnetty.codec.scte35.TimeSignal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads commands from their elements. */
final class CommandReader {
    /** Names of the elements. */
    static final Set<String> ELEMENTS = Set.of(
            "SpliceNull", "SpliceSchedule", "SpliceInsert", "TimeSignal", "BandwidthReservation", "PrivateCommand");

    private CommandReader() {}

    /** Reads an element with one of {@link #ELEMENTS} as its name. */
    static SpliceCommand read(XmlElement element) {
        try {
            return command(element);
        } catch (IllegalArgumentException e) {
            throw element.unfit(e);
        }
    }

    private static SpliceCommand command(XmlElement element) {
        SpliceCommand command = switch (element.name()) {
            case "SpliceNull" -> SpliceNull.INSTANCE;
            case "SpliceSchedule" -> schedule(element);
            case "SpliceInsert" -> insert(element);
            case "TimeSignal" -> timeSignal(element);
            case "BandwidthReservation" -> BandwidthReservation.INSTANCE;
            default -> new PrivateCommand(element.number("identifier", 32), privateBytes(element));
        };
        element.finish();
        return command;
    }

    /** Reads the element PrivateBytes, or digits directly in {@code element}, as scte35-go writes them. */
    static Bytes privateBytes(XmlElement element) {
        XmlElement bytes = element.child("PrivateBytes");
        if (bytes == null) {
            return element.hexText();
        }
        Bytes value = bytes.hexText();
        bytes.finish();
        return value;
    }

    private static TimeSignal timeSignal(XmlElement element) {
        XmlElement time = element.child("SpliceTime");
        return new TimeSignal(time == null ? SpliceTime.UNSPECIFIED : spliceTime(time));
    }

    private static SpliceTime spliceTime(XmlElement element) {
        SpliceTime time =
                element.has("ptsTime") ? SpliceTime.at(element.number("ptsTime", 33)) : SpliceTime.UNSPECIFIED;
        element.finish();
        return time;
    }

    private static SpliceInsert insert(XmlElement element) {
        long id = element.number("spliceEventId", 32);
        if (element.flag("spliceEventCancelIndicator", false)) {
            element.flag("eventIdComplianceFlag", true); // not coded
            element.onlyNothing("spliceImmediateFlag");
            cancelled(element);
            return new SpliceInsert.Cancel(id);
        }
        return new SpliceInsert.Event(
                id,
                element.flag("outOfNetworkIndicator", false),
                element.flag("eventIdComplianceFlag", true),
                target(element),
                breakDuration(element),
                (int) element.number("uniqueProgramId", 16, 0),
                (int) element.number("availNum", 8, 0),
                (int) element.number("availsExpected", 8, 0));
    }

    /** Checks that a cancelled event has only its id and the program that the schema requires. */
    private static void cancelled(XmlElement element) {
        element.onlyNothing("outOfNetworkIndicator", "uniqueProgramId", "availNum", "availsExpected");
        XmlElement program = element.child("Program");
        if (program != null) {
            if (program.has("utcSpliceTime") && utc(program) != 0) {
                String nothing = "nothing or " + SpliceSchedule.GPS_EPOCH + " with an event that is cancelled";
                throw program.unexpected("utcSpliceTime", nothing, "" + program.attribute("utcSpliceTime"));
            }
            program.finish();
        }
    }

    private static SpliceInsert.Target target(XmlElement element) {
        XmlElement program = element.child("Program");
        List<XmlElement> components = element.children("Component");
        if (program != null && !components.isEmpty()) {
            throw components.get(0).wrong("Program or Component", "both");
        }
        boolean timed = hasTime(program) || components.stream().anyMatch(CommandReader::hasTime);
        boolean immediate = element.flag("spliceImmediateFlag", !timed);
        if (components.isEmpty()) {
            return new SpliceInsert.Program(program == null ? missingTime(immediate) : time(program, immediate));
        }
        List<SpliceInsert.Component> parts = new ArrayList<>();
        for (XmlElement component : components) {
            int tag = (int) component.number("componentTag", 8);
            parts.add(new SpliceInsert.Component(tag, time(component, immediate)));
        }
        return new SpliceInsert.Components(immediate, parts);
    }

    private static boolean hasTime(@Nullable XmlElement element) {
        return element != null && element.child("SpliceTime") != null;
    }

    /** Reads the time in {@code element}; null if the splice is immediate. */
    private static @Nullable SpliceTime time(XmlElement element, boolean immediate) {
        XmlElement child = element.child("SpliceTime");
        SpliceTime time = child == null ? missingTime(immediate) : spliceTime(child);
        element.finish();
        if (immediate && child != null) {
            if (child.has("ptsTime")) {
                String actual = "" + child.attribute("ptsTime");
                throw child.unexpected("ptsTime", "nothing with spliceImmediateFlag true", actual);
            }
            return null;
        }
        return time;
    }

    private static @Nullable SpliceTime missingTime(boolean immediate) {
        return immediate ? null : SpliceTime.UNSPECIFIED;
    }

    private static @Nullable BreakDuration breakDuration(XmlElement element) {
        XmlElement child = element.child("BreakDuration");
        if (child == null) {
            return null;
        }
        BreakDuration duration = new BreakDuration(child.flag("autoReturn"), child.number("duration", 33));
        child.finish();
        return duration;
    }

    private static SpliceSchedule schedule(XmlElement element) {
        List<SpliceSchedule.Entry> entries = new ArrayList<>();
        for (XmlElement event : element.children("Event")) {
            entries.add(entry(event));
            event.finish();
        }
        return new SpliceSchedule(entries);
    }

    private static SpliceSchedule.Entry entry(XmlElement event) {
        long id = event.number("spliceEventId", 32);
        boolean compliance = event.flag("eventIdComplianceFlag", true);
        if (event.flag("spliceEventCancelIndicator", false)) {
            cancelled(event);
            return new SpliceSchedule.Cancel(id, compliance);
        }
        return new SpliceSchedule.Event(
                id,
                compliance,
                event.flag("outOfNetworkIndicator", false),
                scheduleTarget(event),
                breakDuration(event),
                (int) event.number("uniqueProgramId", 16, 0),
                (int) event.number("availNum", 8, 0),
                (int) event.number("availsExpected", 8, 0));
    }

    private static SpliceSchedule.Target scheduleTarget(XmlElement event) {
        XmlElement program = event.child("Program");
        List<XmlElement> components = event.children("Component");
        if ((program == null) == components.isEmpty()) {
            throw event.wrong("Program or Component", program == null ? "neither" : "both");
        }
        if (program != null) {
            SpliceSchedule.Program target = new SpliceSchedule.Program(utc(program));
            program.finish();
            return target;
        }
        List<SpliceSchedule.Component> parts = new ArrayList<>();
        for (XmlElement component : components) {
            parts.add(new SpliceSchedule.Component((int) component.number("componentTag", 8), utc(component)));
            component.finish();
        }
        return new SpliceSchedule.Components(parts);
    }

    /** Reads xsd:dateTime, in UTC if it has no zone; whole seconds from 1980 to 2116. */
    private static long utc(XmlElement element) {
        String text = Objects.requireNonNullElse(element.attribute("utcSpliceTime"), "nothing");
        try {
            boolean zoned = text.matches(".*(Z|[+-]\\d\\d:\\d\\d)");
            Instant instant = zoned
                    ? OffsetDateTime.parse(text).toInstant()
                    : LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
            Duration sinceEpoch = Duration.between(SpliceSchedule.GPS_EPOCH, instant);
            if (sinceEpoch.getNano() == 0 && sinceEpoch.getSeconds() >>> 32 == 0) {
                return sinceEpoch.getSeconds();
            }
        } catch (DateTimeParseException e) {
            // reported below
        }
        throw element.unexpected(
                "utcSpliceTime", "date and time such as 2026-01-31T20:15:00Z, from 1980-01-06 to 2116-02-12", text);
    }
}
