// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.scte35.form;

import io.github.srtnetty.codec.scte35.Scte35Cue;
import io.github.srtnetty.codec.scte35.SpliceInfoSection;
import java.util.List;

/**
 * A written form of SCTE-35 cues, for example XML or the tags of an HLS playlist. Every form represents every cue:
 * {@code read(write(cue))} returns the same bytes.
 *
 * <p>Threads: a form is immutable and may be shared.
 */
public interface CueForm {
    /** Returns the name of the form in lower case, for example {@code xml+bin}. */
    String name();

    /**
     * Reads all cues of a document, in their order; a cue that the document repeats, because two tags carry it, is
     * returned once.
     *
     * @param document the whole document; text is UTF-8 unless the document declares another encoding
     * @return the cues; empty if the document is of this form and has none
     * @throws io.github.srtnetty.codec.bits.MalformedDataException when the document is not of this form, or a cue in
     *     it cannot be decoded or encoded; names the element, attribute or tag
     */
    default List<SpliceInfoSection> read(byte[] document) {
        return examine(document).requireSound();
    }

    /**
     * Reads a document like {@link #read}, and describes its content. If its documents have many parts, such as those
     * of a playlist, a form also returns the cues around an unreadable one.
     *
     * @throws io.github.srtnetty.codec.bits.MalformedDataException when the document is not of this form
     */
    CueDocument examine(byte[] document);

    /** Returns whether the written form is binary, not text. */
    default boolean isBinary() {
        return false;
    }

    /** Writes a cue; text is UTF-8 and ends with a line break. */
    byte[] write(SpliceInfoSection cue);

    /** Writes a cue of a stream; a form with a field for a time of the stream takes the time from {@code cue}. */
    default byte[] write(Scte35Cue cue) {
        return write(cue.section());
    }
}
