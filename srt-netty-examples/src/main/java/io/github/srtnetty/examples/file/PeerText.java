// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.file;

import java.util.regex.Pattern;

/** Text that a peer sent, as it may be shown: on a terminal control characters are commands, also U+0080 to U+009F. */
final class PeerText {
    private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}\\x80-\\x9F]");

    private PeerText() {}

    static String printable(String text) {
        return CONTROL.matcher(text).replaceAll("?");
    }
}
