// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.scte35.hls;

import io.github.srtnetty.codec.bits.MalformedDataException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A tag of a playlist that may mark a cue.
 *
 * @param name in upper case, without {@code #}
 * @param value the text after the colon; empty if there is none
 */
record PlaylistTag(String name, String value) {
    private static final Pattern LINE = Pattern.compile("#\\s{0,4}(EXT[A-Za-z0-9-]{0,60})(?::(.*))?", Pattern.DOTALL);
    /** Does not match base64 whose padding looks like an attribute without a value, because that is longer. */
    private static final Pattern ATTRIBUTES = Pattern.compile("\\s*[A-Za-z0-9-]{1,16}=.*", Pattern.DOTALL);

    private static final String DATERANGE = "EXT-X-DATERANGE";

    /** Without CUE, which in a date range is the trigger of an interstitial. */
    private static final Set<String> OF_DATE_RANGES = Set.of("SCTE35-CMD", "SCTE35-OUT", "SCTE35-IN", "SCTE35");

    private static final Set<String> OF_OTHERS = Set.of("SCTE35-CMD", "SCTE35-OUT", "SCTE35-IN", "SCTE35", "CUE");

    /**
     * A written cue in a tag.
     *
     * @param attribute the name of the attribute; empty if the value of the tag is the cue
     */
    record Payload(String attribute, String text) {}

    /** Returns the tag in a line, or null if the line has none. */
    static @Nullable PlaylistTag of(String line) {
        Matcher matcher = LINE.matcher(line);
        if (!matcher.matches()) {
            return null;
        }
        String value = matcher.group(2);
        return new PlaylistTag(matcher.group(1).toUpperCase(Locale.ROOT), value == null ? "" : value.strip());
    }

    /** Returns whether the tag is one of those that mark cues or breaks. */
    boolean isMarker() {
        return name.equals(DATERANGE)
                || name.contains("SCTE35")
                || name.equals("EXT-X-CUE")
                || name.startsWith("EXT-X-CUE-");
    }

    /**
     * Returns the written cues in the tag; none if their attributes are absent or empty.
     *
     * @throws MalformedDataException when its attribute list cannot be read
     */
    List<Payload> payloads() {
        if (name.contains("SCTE35") && !ATTRIBUTES.matcher(value).matches()) {
            String bare = value.replaceAll("^\"|\"$", "").strip();
            return bare.isEmpty() ? List.of() : List.of(new Payload("", bare));
        }
        Set<String> names = name.equals(DATERANGE) ? OF_DATE_RANGES : OF_OTHERS;
        List<Payload> found = new ArrayList<>();
        for (AttributeList.Attribute attribute : AttributeList.parse(value)) {
            if (names.contains(attribute.name()) && !attribute.value().isBlank()) {
                found.add(new Payload(attribute.name(), attribute.value()));
            }
        }
        return found;
    }
}
