// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.endpoint;

import io.github.srtnetty.relay.stream.StreamSource;

/** Reports when a publisher becomes silent, and when it sends again. Event loop. */
final class SilenceReport {
    /** Gets each change. */
    @FunctionalInterface
    interface Change {
        /** Notes whether the publisher is silent from now on. */
        void silent(boolean silent);
    }

    private final StreamSource publisher;
    private final Change change;
    private boolean silent;

    SilenceReport(StreamSource publisher, Change change) {
        this.publisher = publisher;
        this.change = change;
    }

    void look(long nowNanos) {
        boolean now = publisher.isSilent(nowNanos);
        if (now != silent) {
            silent = now;
            change.silent(now);
        }
    }
}
