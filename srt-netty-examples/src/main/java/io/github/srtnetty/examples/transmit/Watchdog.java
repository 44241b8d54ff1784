// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.transmit;

import io.github.srtnetty.examples.media.FanOut;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Fails a future when an input has been silent for too long. */
final class Watchdog {
    private final CompletableFuture<Void> barked = new CompletableFuture<>();
    private final FanOut fanOut;
    private final long patienceNanos;

    /** Watches, unless the time is 0. */
    Watchdog(FanOut fanOut, int seconds) {
        this.fanOut = fanOut;
        patienceNanos = TimeUnit.SECONDS.toNanos(seconds);
        if (seconds > 0) {
            look();
        }
    }

    CompletableFuture<Void> barked() {
        return barked;
    }

    private void look() {
        long left = patienceNanos - fanOut.silentNanos();
        if (left <= 0) {
            barked.completeExceptionally(
                    new IOException("nothing came for " + TimeUnit.NANOSECONDS.toSeconds(patienceNanos) + " seconds"));
        } else {
            CompletableFuture.delayedExecutor(left, TimeUnit.NANOSECONDS).execute(this::look);
        }
    }
}
