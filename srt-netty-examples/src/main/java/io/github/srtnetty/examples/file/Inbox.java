// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.file;

import java.io.IOException;

/** Where a file that a peer sends is written. */
@FunctionalInterface
interface Inbox {
    /** Returns a target for the peer's name, which is empty where it gives none; fails where it may not write there. */
    Target target(String name) throws IOException;
}
