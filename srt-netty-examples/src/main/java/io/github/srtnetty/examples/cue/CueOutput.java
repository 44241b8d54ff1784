// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.cue;

import io.github.srtnetty.codec.scte35.Scte35Cue;
import io.github.srtnetty.codec.scte35.SpliceInfoSection;
import io.github.srtnetty.codec.scte35.form.CueForm;
import io.github.srtnetty.codec.scte35.form.TextForm;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;

/**
 * Converts the cues of a command, in order, to their printed form.
 *
 * @param ofSection of a cue without a stream
 * @param ofCue of a cue of a stream
 * @param isBinary whether the output is binary
 */
record CueOutput(Function<SpliceInfoSection, byte[]> ofSection, Function<Scte35Cue, byte[]> ofCue, boolean isBinary) {
    static CueOutput of(CueForm form) {
        return new CueOutput(form::write, form::write, form.isBinary());
    }

    static CueOutput ofText() {
        TextForm text = new TextForm();
        return ofLines(text::write, text::write);
    }

    /** Creates an output of text that ends with a line break. */
    static CueOutput ofLines(Function<SpliceInfoSection, String> ofSection, Function<Scte35Cue, String> ofCue) {
        return new CueOutput(
                section -> ofSection.apply(section).getBytes(StandardCharsets.UTF_8),
                cue -> ofCue.apply(cue).getBytes(StandardCharsets.UTF_8),
                false);
    }
}
