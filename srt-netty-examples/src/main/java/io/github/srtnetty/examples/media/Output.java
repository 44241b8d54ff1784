// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.media;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;

/**
 * Where data goes to. It never blocks who writes: what finds no connection, or finds {@link #QUEUE_BYTES} still
 * waiting, is dropped and counted. What waits does not grow old by itself: a file must have all of it, and libsrt drops
 * what is too late.
 */
public interface Output extends Receiver {
    /** How far an output may be behind, in bytes of memory: {@link QueueCost}, so in 32,768 payloads at most. */
    int QUEUE_BYTES = 8 << 20;

    /** Opens it: returns at once, or when the address is bound. */
    void open() throws IOException, InterruptedException;

    /** Returns what is done when it was ready to write for the first time. */
    CompletableFuture<Void> ready();

    /** Returns what fails when the output cannot go on, and is done when its connection has ended for good. */
    CompletableFuture<Void> ended();

    /** Returns whether a payload would be taken now. */
    boolean hasRoom();

    /** Returns how many payloads were dropped. Any thread. */
    long dropped();

    /**
     * Begins to close; done when what is left is written, and fails when that is known to be impossible. Nothing may be
     * written any more. May be called more than once, before {@link #open} too.
     */
    CompletableFuture<Void> finish();
}
