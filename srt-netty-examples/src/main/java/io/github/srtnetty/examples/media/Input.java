// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.media;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;

/** Where data comes from. */
public interface Input extends AutoCloseable {
    /**
     * Begins to read, and returns at once, or when the address is bound.
     *
     * @throws IOException when it cannot be opened at all
     */
    void open(Receiver receiver) throws IOException, InterruptedException;

    /** Returns what is done at the end of the data, and fails when it cannot go on. */
    CompletableFuture<Void> ended();

    /** Stops reading. */
    @Override
    void close();
}
