// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.scte35.xml;

import io.github.srtnetty.codec.scte35.DecodeOptions;
import io.github.srtnetty.codec.scte35.Scte35Cue;
import io.github.srtnetty.codec.scte35.SegmentationDescriptor;
import io.github.srtnetty.codec.scte35.SpliceInfoSection;
import io.github.srtnetty.codec.scte35.SpliceInsert;
import io.github.srtnetty.codec.scte35.form.CueDocument;
import io.github.srtnetty.codec.scte35.form.CueForm;
import java.util.List;
import java.util.OptionalLong;

/**
 * Events of MPEG-DASH, SCTE 214-1 6.7: an element {@code EventStream} whose schemeIdUri is one of SCTE 35.
 *
 * <p>Reads all cues of an MPD, of a {@code Period}, an {@code EventStream} or an {@code Event}, in their order, each
 * once. Event streams of other schemes are ignored. The content of the event, not the scheme, determines the format:
 * {@code Signal}, {@code SpliceInfoSection} and {@code Binary} as {@link XmlForm} reads them, or base64 as text or in
 * the attribute messageData. XML as text in an event is also read.
 *
 * <p>Writes one {@code EventStream} with one {@code Event}: timescale 90000; presentationTime is the splice time with
 * pts_adjustment, or for a cue of a stream without one the last PTS of the program, otherwise 0. duration is the
 * break_duration or the first segmentation_duration. id is the splice_event_id or the first segmentation_event_id.
 */
public final class DashForm implements CueForm {
    /** The scheme of events that hold a {@code SpliceInfoSection}. */
    public static final String XML = "urn:scte:scte35:2013:xml";

    /** The scheme of events that hold a {@code Signal} with a {@code Binary}; written by default. */
    public static final String XML_BIN = "urn:scte:scte35:2014:xml+bin";

    /** The scheme of events that hold the section itself, in an MPD as base64. */
    public static final String BIN = "urn:scte:scte35:2013:bin";

    private static final int TIMESCALE = 90_000;

    private final String scheme;
    private final DecodeOptions options;

    /** Creates the form with {@link #XML_BIN} and {@link DecodeOptions#STRICT}. */
    public DashForm() {
        this(XML_BIN, DecodeOptions.STRICT);
    }

    private DashForm(String scheme, DecodeOptions options) {
        this.scheme = scheme;
        this.options = options;
    }

    /**
     * Returns a form that writes events of another scheme. A cue that the XML schema cannot represent is still written
     * with {@link #XML_BIN}.
     *
     * @param uri {@link #XML}, {@link #XML_BIN} or {@link #BIN}
     * @throws IllegalArgumentException when the scheme is another one
     */
    public DashForm withScheme(String uri) {
        if (!List.of(XML, XML_BIN, BIN).contains(uri)) {
            throw new IllegalArgumentException("scheme: " + uri + " is not " + XML + ", " + XML_BIN + " or " + BIN);
        }
        return new DashForm(uri, options);
    }

    /** Returns a form that decodes base64 with {@code value}; default {@link DecodeOptions#STRICT}. */
    public DashForm withOptions(DecodeOptions value) {
        return new DashForm(scheme, value);
    }

    @Override
    public String name() {
        return "dash";
    }

    /** Reads a document, and also returns the cues around an unreadable event. */
    @Override
    public CueDocument examine(byte[] document) {
        return DashEvents.examine(document, options);
    }

    @Override
    public byte[] write(SpliceInfoSection cue) {
        return write(cue, cue.adjustedSplicePts().orElse(0));
    }

    @Override
    public byte[] write(Scte35Cue cue) {
        long now = cue.lastPts90k().orElse(0);
        return write(cue.section(), cue.adjustedSplicePts().orElse(now));
    }

    private byte[] write(SpliceInfoSection cue, long presentationTime) {
        XmlNode event = new XmlNode(Namespaces.DASH, "Event").with("presentationTime", presentationTime);
        duration(cue).ifPresent(ticks -> event.with("duration", ticks));
        eventId(cue).ifPresent(id -> event.with("id", id));
        String written = scheme;
        if (scheme.equals(BIN)) {
            event.with("contentEncoding", "base64").addText(cue.toBase64());
        } else {
            XmlNode content = scheme.equals(XML) ? Cues.node(cue) : Cues.binaryNode(cue);
            event.add(content);
            written = content.name().equals("Signal") ? XML_BIN : XML;
        }
        XmlNode stream = new XmlNode(Namespaces.DASH, "EventStream")
                .with("schemeIdUri", written)
                .with("timescale", TIMESCALE)
                .add(event);
        return XmlPrinter.print(stream, Namespaces.SCTE);
    }

    private static OptionalLong duration(SpliceInfoSection cue) {
        if (cue.command() instanceof SpliceInsert.Event event && event.breakDuration() != null) {
            return OptionalLong.of(event.breakDuration().duration());
        }
        return cue.descriptors().stream()
                .filter(SegmentationDescriptor.Event.class::isInstance)
                .map(descriptor -> ((SegmentationDescriptor.Event) descriptor).segmentationDuration())
                .filter(OptionalLong::isPresent)
                .findFirst()
                .orElse(OptionalLong.empty());
    }

    private static OptionalLong eventId(SpliceInfoSection cue) {
        if (cue.command() instanceof SpliceInsert insert) {
            return OptionalLong.of(insert.spliceEventId());
        }
        return cue.descriptors().stream()
                .filter(SegmentationDescriptor.class::isInstance)
                .mapToLong(descriptor -> ((SegmentationDescriptor) descriptor).segmentationEventId())
                .findFirst();
    }
}
