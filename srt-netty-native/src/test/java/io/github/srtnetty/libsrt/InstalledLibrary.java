// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.libsrt;

import java.nio.file.Path;

/** The libsrt that the tests run with. */
final class InstalledLibrary {
    private InstalledLibrary() {}

    static Path file() {
        return Path.of(Srt.librarySource());
    }
}
