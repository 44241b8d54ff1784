// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.scte35.form;

import io.github.srtnetty.codec.scte35.SpliceInfoSection;

/**
 * {@code hex}: hexadecimal digits with a leading {@code 0x}, one cue per line. Also reads digits without {@code 0x} and
 * with white space.
 */
public final class HexForm implements CueForm {
    private static final TextLines LINES = new TextLines("hex", SpliceInfoSection::fromHex);

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
        return TextLines.line(cue.toHex());
    }
}
