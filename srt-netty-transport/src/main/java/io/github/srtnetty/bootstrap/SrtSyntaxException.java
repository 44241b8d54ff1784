// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.bootstrap;

/**
 * A text that is not an {@code srt://} address, or not a stream id in the syntax {@code #!::}. The message is one line
 * without passphrases and tokens; control characters in it are escaped.
 */
public final class SrtSyntaxException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    private final int position;

    SrtSyntaxException(String message, int position) {
        super(message);
        this.position = position;
    }

    /**
     * Returns the index of the first wrong character in the text, from 0; the text's length where something is missing.
     */
    public int position() {
        return position;
    }
}
