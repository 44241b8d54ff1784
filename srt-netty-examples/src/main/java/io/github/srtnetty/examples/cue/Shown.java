// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.cue;

import io.github.srtnetty.libsrt.PeerText;

/** Text of a user in an error. */
final class Shown {
    private static final int MOST = 48;

    private Shown() {}

    /** Returns the beginning of a text, in one printable line. */
    static String text(String text) {
        String begin = text.length() <= MOST ? text : text.substring(0, MOST) + "...";
        return begin.isBlank() ? '"' + begin + '"' : PeerText.printable(begin);
    }
}
