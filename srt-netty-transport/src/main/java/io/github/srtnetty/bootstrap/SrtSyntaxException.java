// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.bootstrap;

/**
 * Reports a text that is not a valid {@code srt://} address or stream id in the syntax {@code #!::}. The message is one
 * line without passphrases and tokens; control characters are escaped.
 */
public final class SrtSyntaxException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    private final int position;

    SrtSyntaxException(String message, int position) {
        super(message);
        this.position = position;
    }

    /**
     * Returns the index of the first wrong character, from 0, or the length of the text if something is missing at its
     * end.
     */
    public int position() {
        return position;
    }
}
