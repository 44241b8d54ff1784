// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.scte35.xml;

import io.github.srtnetty.codec.scte35.DecodeOptions;
import io.github.srtnetty.codec.scte35.SpliceInfoSection;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Finds the cues in an MPD or a part of one. Elements of DASH count by their local name. */
final class DashEvents {
    /** What packagers write: the year and its letter differ. */
    private static final Pattern SCHEME = Pattern.compile("urn:scte:scte35:\\d{4}[a-z]?:(xml|bin|xml\\+bin)");

    /** Elements beside the event streams of a period, in which most of a large MPD is. */
    private static final Set<String> SKIPPED = Set.of("AdaptationSet", "EmptyAdaptationSet", "Preselection");

    private final DecodeOptions options;
    private final Set<SpliceInfoSection> cues = new LinkedHashSet<>();

    private DashEvents(DecodeOptions options) {
        this.options = options;
    }

    /** Returns the cues of documents one behind the other, each once. */
    static List<SpliceInfoSection> read(byte[] documents, DecodeOptions options) {
        DashEvents events = new DashEvents(options);
        XmlParser.parse(documents, SKIPPED).forEach(root -> events.root(XmlElement.root(root)));
        return List.copyOf(events.cues);
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
        period.children("EventStream").forEach(this::stream);
    }

    private void stream(XmlElement stream) {
        String scheme = stream.attribute("schemeIdUri");
        if (scheme != null && SCHEME.matcher(scheme.toLowerCase(Locale.ROOT)).matches()) {
            stream.children("Event").forEach(this::event);
        }
    }

    private void event(XmlElement event) {
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
            cues.addAll(Cues.read(text.getBytes(StandardCharsets.UTF_8), options));
        } else {
            cues.add(Cues.decode(event, text, options));
        }
    }
}
