// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.file;

import java.io.IOException;

/** Where a file that a peer sends is written. */
@FunctionalInterface
interface Inbox {
    /** Returns a target for the peer's name, which is empty if it gives none; fails if it may not write there. */
    Target target(String name) throws IOException;
}
