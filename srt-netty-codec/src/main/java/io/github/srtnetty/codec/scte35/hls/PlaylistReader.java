// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.scte35.hls;

import io.github.srtnetty.codec.bits.MalformedDataException;
import io.github.srtnetty.codec.scte35.DecodeOptions;
import io.github.srtnetty.codec.scte35.SpliceInfoSection;
import io.github.srtnetty.codec.scte35.form.CueDocument;
import io.github.srtnetty.codec.scte35.form.Located;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Reads one playlist, line by line. */
final class PlaylistReader {
    private final Set<SpliceInfoSection> cues = new LinkedHashSet<>();
    private final List<MalformedDataException> failures = new ArrayList<>();
    /** The number of markers without a binary cue, by tag. */
    private final Map<String, Integer> bare = new TreeMap<>();

    private int lines;
    private int tags;
    private int segments;

    static CueDocument read(String text) {
        PlaylistReader reader = new PlaylistReader();
        text.replace("\uFEFF", "").lines().forEach(reader::line);
        if (reader.tags == 0) {
            throw new MalformedDataException("playlist", "tags of HLS, lines that start with #EXT", "none");
        }
        return new CueDocument(List.copyOf(reader.cues), reader.failures, reader.summary());
    }

    private void line(String line) {
        lines++;
        PlaylistTag tag = PlaylistTag.of(line.strip());
        if (tag == null) {
            return;
        }
        tags++;
        segments += tag.name().equals("EXTINF") ? 1 : 0;
        if (tag.isMarker()) {
            marker(tag);
        }
    }

    private void marker(PlaylistTag tag) {
        String place = "line " + lines + ", " + tag.name();
        try {
            List<PlaylistTag.Payload> payloads = tag.payloads();
            for (PlaylistTag.Payload payload : payloads) {
                cue(payload, payload.attribute().isEmpty() ? place : place + " " + payload.attribute());
            }
            if (payloads.isEmpty()) {
                bare.merge(tag.name(), 1, Integer::sum);
            }
        } catch (MalformedDataException e) {
            failures.add(Located.at(place, e));
        }
    }

    private void cue(PlaylistTag.Payload payload, String place) {
        try {
            cues.add(SpliceInfoSection.fromText(payload.text(), DecodeOptions.STRICT));
        } catch (MalformedDataException e) {
            failures.add(Located.at(place, e));
        }
    }

    private String summary() {
        String markers = bare.entrySet().stream()
                .map(entry -> entry.getValue() + " " + entry.getKey())
                .collect(Collectors.joining(", "));
        return "a playlist of " + lines + " lines and " + segments + " segments"
                + (markers.isEmpty() ? "" : ", without a binary cue: " + markers);
    }
}
