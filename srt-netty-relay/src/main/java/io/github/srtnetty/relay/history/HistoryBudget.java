// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.history;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** The memory that the samples of all streams may take. Any thread. */
public final class HistoryBudget {
    private final LongSupplier limitBytes;
    private final AtomicLong used = new AtomicLong();

    /** Creates a budget whose limit is asked for each time. */
    public HistoryBudget(LongSupplier limitBytes) {
        this.limitBytes = limitBytes;
    }

    /** Returns how many bytes are in use. */
    public long usedBytes() {
        return used.get();
    }

    /** Allocates memory; returns false if the limit does not allow it. */
    boolean reserve(int bytes) {
        if (used.addAndGet(bytes) <= limitBytes.getAsLong()) {
            return true;
        }
        used.addAndGet(-bytes);
        return false;
    }

    /** Allocates memory that each stream has regardless of the limit. */
    void reserveAlways(int bytes) {
        used.addAndGet(bytes);
    }

    void release(int bytes) {
        used.addAndGet(-bytes);
    }
}
