// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.file;

import io.github.srtnetty.libsrt.PeerText;

/**
 * A file that was transferred.
 *
 * @param name its name
 * @param sha256Hex the SHA-256 of its bytes
 */
record Transferred(String name, String sha256Hex) {
    /** Returns a line as sha256sum prints it. */
    @Override
    public String toString() {
        return sha256Hex + "  " + PeerText.printable(name);
    }
}
