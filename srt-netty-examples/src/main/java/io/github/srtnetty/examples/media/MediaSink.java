// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.media;

import io.github.srtnetty.relay.stream.SendQueue;
import io.github.srtnetty.relay.stream.Sink;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;

/**
 * A sink that an address names: SRT, UDP, a file or standard output. Waiting payloads have no age limit: a file must
 * get all of them, and libsrt drops those that are too late.
 */
public interface MediaSink extends Sink {
    /** How far a sink may lag behind, in bytes of memory: at most 32,768 payloads, as each costs at least 256 bytes. */
    int QUEUE_BYTES = 8 << 20;

    /** The queue of a connection: once it is full, payloads are dropped until it is down to half. */
    SendQueue.Limits CHANNEL_QUEUE = new SendQueue.Limits(
            QUEUE_BYTES, QUEUE_BYTES / 2, SendQueue.Limits.NO_AGE_LIMIT, SendQueue.WhenFull.DROP_NEWEST);

    /** Opens it: returns at once, or when the address is bound. */
    void open() throws IOException, InterruptedException;

    /** Returns a future that completes when the sink is ready to send for the first time. */
    CompletableFuture<Void> ready();

    /** Returns the number of payloads that the system refused to send; the first was reported. Any thread. */
    default long refused() {
        return 0;
    }
}
