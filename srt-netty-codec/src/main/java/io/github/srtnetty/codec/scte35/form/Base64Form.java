// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.scte35.form;

import io.github.srtnetty.codec.scte35.SpliceInfoSection;

/** {@code base64}: base64, one cue per line. Reads both alphabets, with and without padding. */
public final class Base64Form implements CueForm {
    private static final TextLines LINES = new TextLines("base64", SpliceInfoSection::fromBase64);

    @Override
    public String name() {
        return LINES.name();
    }

    @Override
    public CueDocument examine(byte[] document) {
        return LINES.examine(document);
    }

    @Override
    public byte[] write(SpliceInfoSection cue) {
        return TextLines.line(cue.toBase64());
    }
}
