// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.file;

import java.io.IOException;

/** Stops long work whose result is no longer needed. */
@FunctionalInterface
interface Wanted {
    /** For work of this side's own. */
    Wanted ALWAYS = () -> {};

    /** Fails where the peer has left. The thread that works calls it after each block. */
    void check() throws IOException;
}
