// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.media;

import io.github.srtnetty.relay.stream.Intake;
import java.util.concurrent.CompletableFuture;

/** A source that reads nothing. */
record StubSource(boolean isLive) implements MediaSource {
    @Override
    public void open(Intake intake) {}

    @Override
    public CompletableFuture<Void> ended() {
        return new CompletableFuture<>();
    }

    @Override
    public void close() {}
}
