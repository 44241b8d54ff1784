// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.cli;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Symbolic links that may lead to nothing yet. */
final class Links {
    private static final int MOST = 40; // as Linux follows

    private Links() {}

    /** Returns the target of a path through all links of its last name: a missing file is created there. */
    static Path end(Path file) throws IOException {
        Path at = file.toAbsolutePath();
        for (int links = 0; Files.isSymbolicLink(at); links++) {
            if (links == MOST) {
                throw new FileSystemException(file.toString(), null, "Too many levels of symbolic links");
            }
            at = at.resolveSibling(Files.readSymbolicLink(at));
        }
        return at;
    }
}
