// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.stream;

import io.netty.buffer.ByteBuf;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongConsumer;

/**
 * The turn of a new source of a stream: it comes when the earlier ones have delivered what they have. Until then the
 * payloads of the new one are held, within a bound.
 */
final class Turn {
    private final LiveStream stream;
    private final CompletableFuture<Void> earlierEnded;
    private final HeldPayloads held;
    private final CompletableFuture<Void> taken = new CompletableFuture<>();
    private volatile boolean waits;

    /** Notes the earlier sources; for the maker of {@link Streams#publish} and {@link Streams#pull}. */
    Turn(LiveStream stream) {
        this.stream = stream;
        earlierEnded = stream.earlierEnded();
        held = new HeldPayloads(stream);
        waits = !earlierEnded.isDone();
    }

    /**
     * Takes the turn now, or once the earlier sources have ended, on the thread on which the last of them ends.
     *
     * @param before runs after what was held has been passed on; gets the number of payloads that were dropped
     */
    void await(LongConsumer before) {
        earlierEnded.thenRun(() -> {
            long dropped = held.release();
            before.accept(dropped);
            waits = false;
            taken.complete(null);
        });
    }

    /** Returns whether earlier sources still deliver. */
    boolean waits() {
        return waits;
    }

    /** Passes a payload on, or holds it until the turn comes. Releases it in the end. */
    void payload(ByteBuf payload) {
        if (waits) {
            held.payload(payload);
        } else {
            stream.payload(payload, Intake.NO_TIME);
        }
    }

    /** Returns a future that completes when the turn has come. */
    CompletableFuture<Void> taken() {
        return taken;
    }
}
