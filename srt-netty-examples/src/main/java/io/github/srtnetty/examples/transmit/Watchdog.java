// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.transmit;

import io.github.srtnetty.examples.media.Transmission;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Fails a future when a source has been silent for too long. */
final class Watchdog {
    private final CompletableFuture<Void> expired = new CompletableFuture<>();
    private final Transmission transmission;
    private final long limitNanos;

    /** Watches, unless the time is 0. */
    Watchdog(Transmission transmission, int seconds) {
        this.transmission = transmission;
        limitNanos = TimeUnit.SECONDS.toNanos(seconds);
        if (seconds > 0) {
            check();
        }
    }

    CompletableFuture<Void> expired() {
        return expired;
    }

    private void check() {
        long left = limitNanos - transmission.silentNanos();
        if (left <= 0) {
            expired.completeExceptionally(
                    new IOException("nothing arrived for " + TimeUnit.NANOSECONDS.toSeconds(limitNanos) + " seconds"));
        } else {
            CompletableFuture.delayedExecutor(left, TimeUnit.NANOSECONDS).execute(this::check);
        }
    }
}
