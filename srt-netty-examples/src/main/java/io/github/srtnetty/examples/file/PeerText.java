// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.file;

/** Text that a peer sent, as it may be shown: on a terminal control characters are commands. */
final class PeerText {
    private PeerText() {}

    static String printable(String text) {
        return text.replaceAll("\\p{Cntrl}", "?");
    }
}
