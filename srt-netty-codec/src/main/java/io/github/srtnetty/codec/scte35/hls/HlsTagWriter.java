// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.scte35.hls;

import io.github.srtnetty.codec.scte35.Scte35Cue;
import io.github.srtnetty.codec.scte35.SpliceInfoSection;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;

/**
 * Writes the tags of the cues of one stream in their order, and keeps the open breaks. An IN gets the ID and START-DATE
 * of its OUT, with END-DATE and DURATION. A repeated cue keeps its ID, and an event id that is used again gets a number
 * after it. {@link HlsForm#newWriter} creates it.
 *
 * <p>Not thread-safe. Stores at most 1024 events.
 */
public final class HlsTagWriter {
    private static final double HERTZ = 90_000;
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern(
                    "yyyy-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private final HlsSettings settings;
    private final DateRanges ranges = new DateRanges();

    HlsTagWriter(HlsSettings settings) {
        this.settings = settings;
    }

    /** Returns the lines of tags for a cue that splices now, by the clock of the form. */
    public String write(SpliceInfoSection cue) {
        return write(cue, settings.clock().instant());
    }

    /** Returns the lines of tags for a cue of a stream, which splices at its arrival plus its pre-roll. */
    public String write(Scte35Cue cue) {
        return write(
                cue.section(), cue.arrivalTime().plusMillis(cue.preRollMillis().orElse(0)));
    }

    /** Returns the lines of tags for a cue that splices at {@code time}. */
    public String write(SpliceInfoSection cue, Instant time) {
        List<HlsEvent> events = HlsEvent.of(cue);
        StringBuilder lines = new StringBuilder();
        if (settings.tags().contains(HlsTag.DATERANGE)) {
            for (HlsEvent event : events) {
                lines.append(dateRange(event, cue, time.truncatedTo(ChronoUnit.MILLIS)))
                        .append('\n');
            }
        }
        if (settings.tags().contains(HlsTag.OATCLS)) {
            lines.append("#EXT-OATCLS-SCTE35:").append(cue.toBase64()).append('\n');
            lines.append(cueIn(events)).append(cueOut(events));
        }
        if (settings.tags().contains(HlsTag.SCTE35)) {
            lines.append("#EXT-X-SCTE35:CUE=\"").append(cue.toBase64()).append('"');
            lines.append(has(events, HlsEvent.Kind.OUT) ? ",CUE-OUT=YES" : "");
            lines.append(has(events, HlsEvent.Kind.IN) ? ",CUE-IN=YES" : "").append('\n');
        }
        return lines.toString();
    }

    private String dateRange(HlsEvent event, SpliceInfoSection cue, Instant time) {
        DateRanges.Range range = switch (event.kind()) {
            case OUT -> ranges.out(event.key(), time, cue);
            case IN -> ranges.in(event.key(), time, cue);
            case CMD -> ranges.command(event.key(), time, cue);
        };
        StringBuilder tag = new StringBuilder("#EXT-X-DATERANGE:ID=\"").append(range.id());
        tag.append("\",CLASS=\"").append(settings.dateRangeClass());
        tag.append("\",START-DATE=\"").append(DATE.format(range.start())).append('"');
        Instant end = range.end();
        if (event.kind() == HlsEvent.Kind.IN && end != null) {
            Duration length = Duration.between(range.start(), end);
            tag.append(",END-DATE=\"").append(DATE.format(end)).append('"');
            tag.append(String.format(Locale.ROOT, ",DURATION=%.3f", length.toMillis() / 1000.0));
        }
        event.duration().ifPresent(ticks -> tag.append(",PLANNED-DURATION=").append(seconds(ticks)));
        tag.append(",SCTE35-").append(event.kind()).append("=0x");
        return tag.append(cue.bytes().hex().toUpperCase(Locale.ROOT)).toString(); // capitals: RFC 8216 4.2
    }

    private static String cueOut(List<HlsEvent> events) {
        for (HlsEvent event : events) {
            if (event.kind() == HlsEvent.Kind.OUT) {
                OptionalLong ticks = event.duration();
                return "#EXT-X-CUE-OUT" + (ticks.isPresent() ? ":" + seconds(ticks.getAsLong()) : "") + '\n';
            }
        }
        return "";
    }

    private static String cueIn(List<HlsEvent> events) {
        return has(events, HlsEvent.Kind.IN) ? "#EXT-X-CUE-IN\n" : "";
    }

    private static boolean has(List<HlsEvent> events, HlsEvent.Kind kind) {
        return events.stream().anyMatch(event -> event.kind() == kind);
    }

    private static String seconds(long ticks) {
        return String.format(Locale.ROOT, "%.3f", ticks / HERTZ);
    }
}
