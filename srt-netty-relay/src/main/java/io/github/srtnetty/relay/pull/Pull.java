// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.pull;

import io.github.srtnetty.relay.directory.StreamEntry;
import io.netty.util.concurrent.Future;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A stream that this node pulls, over one connection after another. One event loop. */
final class Pull {
    private StreamEntry origin;
    private @Nullable PullConnection connection;
    private @Nullable Future<?> retry;
    private @Nullable Future<?> linger;
    private final Set<Integer> logged = new HashSet<>();
    private int failures;

    Pull(StreamEntry origin) {
        this.origin = origin;
    }

    StreamEntry origin() {
        return origin;
    }

    /** Returns whether an entry belongs to another node, and sets it as the origin. */
    boolean follow(StreamEntry other) {
        boolean moved =
                !other.node().equals(origin.node()) || !other.pullAddress().equals(origin.pullAddress());
        if (!other.isSameClaim(origin)) { // a failure of the previous origin may not apply to this one
            cancelRetry();
            failures = 0;
            logged.clear();
        }
        origin = other;
        return moved;
    }

    @Nullable
    PullConnection connection() {
        return connection;
    }

    void use(PullConnection next) {
        connection = next;
    }

    /** Leaves a connection to itself; returns whether it was the current one. */
    boolean leave(PullConnection one) {
        boolean current = connection == one;
        if (current) {
            connection = null;
        }
        return current;
    }

    boolean isIdle() {
        return connection == null && retry == null;
    }

    /** Returns how many attempts have failed in a row, this one with them. */
    int fail() {
        return ++failures;
    }

    void succeed() {
        failures = 0;
        logged.clear();
    }

    /** Returns whether a failure with a code is the first one since the last success. */
    boolean isNews(int code) {
        return logged.add(code);
    }

    void retry(Future<?> timer) {
        cancelRetry();
        retry = timer;
    }

    void cancelRetry() {
        if (retry != null) {
            retry.cancel(false);
            retry = null;
        }
    }

    boolean lingers() {
        return linger != null;
    }

    void linger(Future<?> timer) {
        linger = timer;
    }

    void cancelLinger() {
        if (linger != null) {
            linger.cancel(false);
            linger = null;
        }
    }
}
