// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.scte35.hls;

import io.github.srtnetty.codec.scte35.Scte35Cue;
import io.github.srtnetty.codec.scte35.SpliceInfoSection;
import io.github.srtnetty.codec.scte35.form.CueDocument;
import io.github.srtnetty.codec.scte35.form.CueForm;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.EnumSet;
import java.util.Set;

/**
 * {@code hls}: the tags of a playlist.
 *
 * <p>Reads a playlist, or some lines of one: SCTE35-OUT, SCTE35-IN and SCTE35-CMD of {@code EXT-X-DATERANGE}, {@code
 * EXT-OATCLS-SCTE35}, {@code EXT-X-SPLICEPOINT-SCTE35}, {@code EXT-X-SCTE35}, and the attributes SCTE35 and CUE of
 * {@code EXT-X-CUE}, {@code EXT-X-CUE-OUT}, {@code EXT-X-CUE-OUT-CONT} and {@code EXT-X-CUE-IN}; each in base64 or
 * hexadecimal digits, with or without quotes. A cue that several tags carry is returned once. A tag that marks a break
 * without a cue ({@code EXT-X-CUE-OUT:30}) returns none; {@link CueDocument#summary} counts such tags.
 *
 * <p>Writes {@code EXT-X-DATERANGE}, or the tags set with {@link #withTags}. START-DATE is the time of the splice: the
 * arrival plus the pre-roll for a cue of a stream, otherwise the time of the clock. {@link #newWriter} links the tags
 * of a stream: an IN gets the ID and START-DATE of its OUT.
 *
 * <p>Immutable; may be shared.
 */
public final class HlsForm implements CueForm {
    private static final String SCTE35_BINARY = "urn:scte:scte35:2013:bin";

    private final HlsSettings settings;

    /** Creates a form that writes date ranges with the system clock. */
    public HlsForm() {
        this(new HlsSettings(Clock.systemUTC(), Set.of(HlsTag.DATERANGE), SCTE35_BINARY));
    }

    private HlsForm(HlsSettings settings) {
        this.settings = settings;
    }

    /** Returns a form that uses this clock for cues that are not of a stream. */
    public HlsForm withClock(Clock clock) {
        return new HlsForm(new HlsSettings(clock, settings.tags(), settings.dateRangeClass()));
    }

    /**
     * Returns a form that writes these tags.
     *
     * @throws IllegalArgumentException when there are none
     */
    public HlsForm withTags(Set<HlsTag> tags) {
        if (tags.isEmpty()) {
            throw new IllegalArgumentException("tags: must not be empty");
        }
        return new HlsForm(new HlsSettings(settings.clock(), EnumSet.copyOf(tags), settings.dateRangeClass()));
    }

    /**
     * Returns a form that writes date ranges of this CLASS instead of {@code urn:scte:scte35:2013:bin}.
     *
     * @throws IllegalArgumentException for a name with quotes or line breaks
     */
    public HlsForm withDateRangeClass(String name) {
        if (name.chars().anyMatch(c -> c == '"' || Character.isISOControl(c))) {
            throw new IllegalArgumentException("CLASS: quotes and control characters cannot be written");
        }
        return new HlsForm(new HlsSettings(settings.clock(), settings.tags(), name));
    }

    /** Returns a writer for the cues of one stream in their order. */
    public HlsTagWriter newWriter() {
        return new HlsTagWriter(settings);
    }

    @Override
    public String name() {
        return "hls";
    }

    @Override
    public CueDocument examine(byte[] document) {
        return PlaylistReader.read(new String(document, StandardCharsets.UTF_8));
    }

    @Override
    public byte[] write(SpliceInfoSection cue) {
        return newWriter().write(cue).getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public byte[] write(Scte35Cue cue) {
        return newWriter().write(cue).getBytes(StandardCharsets.UTF_8);
    }
}
