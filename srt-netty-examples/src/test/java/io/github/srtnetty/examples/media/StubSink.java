// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.media;

import java.util.concurrent.CompletableFuture;

/** A sink that is ready at once, never ends by itself, has room and drops nothing, unless a test says otherwise. */
interface StubSink extends MediaSink {
    @Override
    default CompletableFuture<Void> ready() {
        return CompletableFuture.completedFuture(null);
    }

    @Override
    default CompletableFuture<Void> ended() {
        return new CompletableFuture<>();
    }

    @Override
    default boolean hasRoom() {
        return true;
    }

    @Override
    default long dropped() {
        return 0;
    }

    @Override
    default CompletableFuture<Void> finish() {
        return CompletableFuture.completedFuture(null);
    }
}
