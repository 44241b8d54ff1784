// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.stream;

import java.util.concurrent.CompletableFuture;

/** Reads payloads and passes them to an {@link Intake}: a publisher, an SRT or UDP address, a file. */
public interface Source extends AutoCloseable {
    /**
     * Returns whether payloads arrive in real time. A live source is never held back: a sink without room loses
     * payloads. Any other source, such as a file, waits until its sinks have room.
     */
    boolean isLive();

    /** Returns a future that completes at the end of the data, and fails when the source cannot continue. */
    CompletableFuture<Void> ended();

    /** Stops reading. Any thread. */
    @Override
    void close();
}
