// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.file;

import java.io.IOException;

/**
 * A transfer that both sides have agreed on. It runs once, on the thread that agreed, and may hold a file open
 * until then.
 */
@FunctionalInterface
interface Agreed {
    /** Transfers the file; blocks until it is done. */
    Transferred transfer() throws IOException;
}
