// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.stream;

import java.util.concurrent.CompletableFuture;

/**
 * Sends or writes payloads: to a player, an SRT or UDP address, a file. It never blocks its caller; a payload for which
 * it has no connection or no room is dropped and counted.
 */
public interface Sink extends Intake {
    /** Returns whether a payload would be taken now. Any thread. */
    boolean hasRoom();

    /** Returns the number of payloads that were dropped. Any thread. */
    long dropped();

    /** Returns a future that completes when the sink has ended, and fails when it cannot continue. */
    CompletableFuture<Void> ended();

    /**
     * Begins to close; nothing may be passed to the sink any more. May be called repeatedly, from any thread.
     *
     * @return completes when everything that was queued is sent, and fails when that is known to be impossible
     */
    CompletableFuture<Void> finish();
}
