// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.file;

import java.io.IOException;
import java.nio.file.Path;

/** Says where a file that a peer sends is written. */
@FunctionalInterface
interface Naming {
    /** Returns a path for the peer's name, which is empty where it gives none; fails where it may not write there. */
    Path target(String name) throws IOException;
}
