// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.cue;

import io.github.srtnetty.codec.scte35.DecodeOptions;
import io.github.srtnetty.codec.scte35.SpliceInfoSection;
import io.github.srtnetty.codec.scte35.form.CueDocument;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads written cues.
 *
 * @param from the form of the cues; null: detect it
 */
record CueText(@Nullable CueFormat from) {
    /** Returns the form detected from a beginning; null for digits, and for a line with a cue in it. */
    @Nullable
    CueFormat format(byte[] start) {
        return from != null ? from : ContentFormat.of(start);
    }

    /**
     * Reads an argument, a line or a document.
     *
     * @throws io.github.srtnetty.codec.bits.MalformedDataException when it is none of the form
     */
    CueDocument read(String text) {
        return read(text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Reads a document.
     *
     * @throws io.github.srtnetty.codec.bits.MalformedDataException when it is none of the form
     */
    CueDocument read(byte[] document) {
        CueFormat format = format(document);
        if (format != null) {
            return format.form().examine(document);
        }
        SpliceInfoSection cue = ContentFormat.isSection(document)
                ? SpliceInfoSection.decode(document)
                : SpliceInfoSection.fromText(new String(document, StandardCharsets.UTF_8), DecodeOptions.STRICT);
        return new CueDocument(List.of(cue), List.of(), "one cue");
    }
}
