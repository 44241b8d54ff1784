// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.file;

import java.io.IOException;
import java.time.Duration;

/** Waits for something that goes on, and loses patience when it does not. Of one thread. */
final class Patience {
    private final String failure;
    private final Duration atMost;
    private long lastState;
    private long sinceNanos = System.nanoTime();

    /** Fails with this text and the time. */
    Patience(String failure, Duration atMost) {
        this.failure = failure;
        this.atMost = atMost;
    }

    /** Tells how far it is: any other number than before is progress. */
    void at(long state) throws IOException {
        long now = System.nanoTime();
        if (state != lastState) {
            lastState = state;
            sinceNanos = now;
        } else if (now - sinceNanos > atMost.toNanos()) {
            throw lost();
        }
    }

    IOException lost() {
        return new IOException(failure + " for " + atMost.toSeconds() + " s");
    }
}
