// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.scte35.emsg;

import io.github.srtnetty.codec.scte35.Scte35Cue;
import io.github.srtnetty.codec.scte35.SegmentationDescriptor;
import io.github.srtnetty.codec.scte35.SpliceInfoSection;
import io.github.srtnetty.codec.scte35.SpliceInsert;
import io.github.srtnetty.codec.scte35.form.CueDocument;
import io.github.srtnetty.codec.scte35.form.CueForm;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.OptionalLong;

/**
 * {@code emsg}: event message boxes with the scheme {@code urn:scte:scte35:2013:bin}; binary.
 *
 * <p>Reads a file or segment: emsg boxes of versions 0 and 1 at its top level, and skips other boxes ({@code styp},
 * {@code moof}, {@code mdat}). A cue that several boxes repeat is returned once. Messages with XML ({@code
 * urn:scte:scte35:2013:xml}, {@code urn:scte:scte35:2014:xml+bin}) are also read.
 *
 * <p>Writes one box with timescale 90000. presentation_time is the adjusted splice time, or for a cue without one the
 * last PTS of its stream, otherwise 0. Version 0 has the pre-roll instead, counted from the arrival of the cue.
 * event_duration is the duration of the break or of the longest segment. id is the CRC_32 of the cue, so boxes with
 * equal cues have equal ids. A player therefore drops repeated cues, but not the IN with the event id of its OUT.
 *
 * <p>Immutable; may be shared.
 */
public final class EmsgForm implements CueForm {
    private static final String SCHEME = "urn:scte:scte35:2013:bin";
    private static final int TIMESCALE = 90_000;
    private static final int TICKS_PER_MILLI = 90;
    private static final long UINT32 = 0xFFFF_FFFFL;

    private final int version;

    /** Creates a form that writes version 1. */
    public EmsgForm() {
        this(1);
    }

    private EmsgForm(int version) {
        this.version = version;
    }

    /**
     * Returns a form that writes boxes of this version, 0 or 1.
     *
     * @throws IllegalArgumentException for another version
     */
    public EmsgForm withVersion(int other) {
        if (other != 0 && other != 1) {
            throw new IllegalArgumentException("version: 0 or 1, not " + other);
        }
        return new EmsgForm(other);
    }

    @Override
    public String name() {
        return "emsg";
    }

    @Override
    public boolean isBinary() {
        return true;
    }

    @Override
    public CueDocument examine(byte[] document) {
        try {
            return examine(new ByteArrayInputStream(document));
        } catch (IOException e) {
            throw new UncheckedIOException("reading from memory", e);
        }
    }

    /** Reads a file of any size to its end, or to a box with an invalid size. Does not close the stream. */
    public CueDocument examine(InputStream file) throws IOException {
        return new BoxReader(file).read();
    }

    /** Returns one emsg box with the cue. */
    @Override
    public byte[] write(SpliceInfoSection cue) {
        return box(cue, version == 0 ? 0 : cue.adjustedSplicePts().orElse(0));
    }

    @Override
    public byte[] write(Scte35Cue cue) {
        if (version == 0) {
            long ticks = Math.max(0, cue.preRollMillis().orElse(0)) * TICKS_PER_MILLI;
            return box(cue.section(), Math.min(ticks, UINT32));
        }
        OptionalLong splice = cue.adjustedSplicePts();
        return box(cue.section(), (splice.isPresent() ? splice : cue.lastPts90k()).orElse(0));
    }

    private byte[] box(SpliceInfoSection cue, long time) {
        return new EmsgBox(version, SCHEME, "", TIMESCALE, time, duration(cue), cue.crc32(), cue.bytes())
                .encode()
                .toArray();
    }

    private static long duration(SpliceInfoSection cue) {
        if (cue.command() instanceof SpliceInsert.Event event && event.breakDuration() != null) {
            return Math.min(event.breakDuration().duration(), EmsgBox.UNKNOWN_DURATION);
        }
        long longest = cue.descriptors().stream()
                .filter(SegmentationDescriptor.Event.class::isInstance)
                .mapToLong(descriptor -> ((SegmentationDescriptor.Event) descriptor)
                        .segmentationDuration()
                        .orElse(0))
                .max()
                .orElse(0);
        return longest > 0 ? Math.min(longest, EmsgBox.UNKNOWN_DURATION) : EmsgBox.UNKNOWN_DURATION;
    }
}
