// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.scte35.xml;

import io.github.srtnetty.codec.bits.MalformedDataException;
import io.github.srtnetty.codec.scte35.DecodeOptions;
import io.github.srtnetty.codec.scte35.SpliceInfoSection;
import io.github.srtnetty.codec.scte35.form.CueDocument;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Finds the cues in an MPD or a part of one. Elements of DASH are identified by their local name. */
final class DashEvents {
    /** The schemes that packagers write, which differ in the year and its letter. */
    private static final Pattern SCHEME = Pattern.compile("urn:scte:scte35:\\d{4}[a-z]?:(xml|bin|xml\\+bin)");

    /** Elements of an AdaptationSet, which make up most of a large MPD. */
    private static final Set<String> SKIPPED =
            Set.of("Representation", "SegmentTemplate", "SegmentList", "SegmentBase", "ContentProtection");

    private final DecodeOptions options;
    private final Set<SpliceInfoSection> cues = new LinkedHashSet<>();
    private final List<MalformedDataException> failures = new ArrayList<>();
    private int periods;
    private int streams;
    private int otherStreams;
    private int inbandStreams;
    private int events;

    private DashEvents(DecodeOptions options) {
        this.options = options;
    }

    /** Returns the cues of consecutive documents, each once. */
    static CueDocument examine(byte[] documents, DecodeOptions options) {
        DashEvents found = new DashEvents(options);
        XmlElement.roots(XmlParser.parse(documents, SKIPPED)).forEach(found::root);
        return new CueDocument(List.copyOf(found.cues), found.failures, found.summary());
    }

    private void root(XmlElement root) {
        switch (root.name()) {
            case "MPD" -> root.children("Period").forEach(this::period);
            case "Period" -> period(root);
            case "EventStream" -> stream(root);
            case "Event" -> event(root);
            default -> throw root.wrong("MPD, Period, EventStream or Event", root.name());
        }
    }

    private void period(XmlElement period) {
        periods++;
        period.children("EventStream").forEach(this::stream);
        for (XmlElement set : period.children("AdaptationSet")) {
            inbandStreams += (int) set.children("InbandEventStream").stream()
                    .filter(DashEvents::isScte35)
                    .count();
        }
    }

    private void stream(XmlElement stream) {
        if (isScte35(stream)) {
            streams++;
            stream.children("Event").forEach(this::event);
        } else {
            otherStreams++;
        }
    }

    private static boolean isScte35(XmlElement stream) {
        String scheme = stream.attribute("schemeIdUri");
        return scheme != null && SCHEME.matcher(scheme.toLowerCase(Locale.ROOT)).matches();
    }

    private void event(XmlElement event) {
        events++;
        try {
            read(event);
        } catch (MalformedDataException e) {
            failures.add(e);
        }
    }

    private void read(XmlElement event) {
        List<XmlElement> found = event.children().stream()
                .filter(child -> Cues.ELEMENTS.contains(child.name()))
                .toList();
        if (!found.isEmpty()) {
            found.forEach(child -> cues.add(Cues.read(child, options)));
            return;
        }
        String data = event.attribute("messageData");
        String text = data == null ? event.token() : data;
        if (text.isEmpty()) {
            List<XmlElement> others = event.children();
            String actual = others.isEmpty() ? "nothing" : others.get(0).name();
            throw event.wrong("Signal, SpliceInfoSection, Binary or base64", actual);
        }
        if (text.startsWith("<")) {
            cues.addAll(
                    Cues.examine(text.getBytes(StandardCharsets.UTF_8), options).requireSound());
        } else {
            cues.add(Cues.decode(event, text, options));
        }
    }

    private String summary() {
        String inband = inbandStreams == 0
                ? ""
                : ", " + inbandStreams + " InbandEventStream of SCTE 35, whose cues are in the segments as emsg";
        return "a manifest of DASH with " + periods + " Period, " + streams + " EventStream of SCTE 35 and "
                + otherStreams + " others, " + events + " Event" + inband;
    }
}
