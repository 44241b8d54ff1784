// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.scte35.form;

import io.github.srtnetty.codec.bits.MalformedDataException;
import io.github.srtnetty.codec.scte35.SpliceInfoSection;
import java.util.List;

/**
 * The content of a document.
 *
 * @param cues in their order, each once
 * @param failures the parts that should be a cue and cannot be read, each with its place; empty if the document has no
 *     errors
 * @param summary the content in one line, for a user who misses a cue
 */
public record CueDocument(List<SpliceInfoSection> cues, List<MalformedDataException> failures, String summary) {
    /** Copies the lists. */
    public CueDocument {
        cues = List.copyOf(cues);
        failures = List.copyOf(failures);
    }

    /**
     * Returns the cues of a document without failures.
     *
     * @throws MalformedDataException the first failure
     */
    public List<SpliceInfoSection> requireSound() {
        if (!failures.isEmpty()) {
            throw failures.get(0);
        }
        return cues;
    }
}
