// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.scte35.form;

import io.github.srtnetty.codec.bits.MalformedDataException;
import io.github.srtnetty.codec.scte35.SpliceInfoSection;
import io.github.srtnetty.codec.scte35.Warning;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Documents of digits: one cue, which may span several lines, or one cue per line. */
record TextLines(String name, Function<String, SpliceInfoSection> decoder) {
    CueDocument examine(byte[] document) {
        String text = new String(document, StandardCharsets.UTF_8).replace("\uFEFF", "");
        List<String> lines = text.lines().filter(line -> !line.isBlank()).toList();
        List<SpliceInfoSection> cues = new ArrayList<>();
        List<MalformedDataException> failures = new ArrayList<>();
        int number = 0;
        for (String line : text.lines().toList()) {
            number++;
            if (line.isBlank()) {
                continue;
            }
            try {
                cues.add(decoder.apply(line));
            } catch (MalformedDataException e) {
                failures.add(lines.size() == 1 ? e : Located.at("line " + number, e));
            }
        }
        SpliceInfoSection wrapped = failures.isEmpty() || lines.size() == 1 ? null : whole(text);
        if (wrapped != null) {
            return of(List.of(wrapped), List.of());
        }
        return of(cues, failures);
    }

    /** Returns the cue if all lines together are exactly one, otherwise null. */
    private @Nullable SpliceInfoSection whole(String text) {
        try {
            SpliceInfoSection cue = decoder.apply(text);
            return cue.has(Warning.Code.BYTES_AFTER_SECTION) ? null : cue;
        } catch (MalformedDataException e) {
            return null;
        }
    }

    private CueDocument of(List<SpliceInfoSection> cues, List<MalformedDataException> failures) {
        return new CueDocument(cues, failures, cues.size() + " cues of " + name);
    }

    static byte[] line(String text) {
        return (text + '\n').getBytes(StandardCharsets.UTF_8);
    }
}
