// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.file;

import java.io.IOException;

/**
 * A transfer that both sides have agreed on. It runs once, on the thread that agreed; until then it may hold a file
 * open.
 */
@FunctionalInterface
interface Agreed {
    /** Transfers the file; blocks until it is done. */
    Transferred transfer() throws IOException;
}
