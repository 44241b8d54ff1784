// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.history;

import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The totals of a stream over all its publishers, since the last reset. Each owner counts from 0; a new one adds to
 * the earlier ones. Any thread.
 */
public final class StreamCounters {
    private static final double PERCENT = 100;

    private final long[] sums = new long[Total.COUNT];
    private final long[] before = new long[Total.COUNT];
    private final String[] owners = new String[Total.COUNT];
    private @Nullable Instant resetAt;

    /** Creates counters that are 0. */
    public StreamCounters() {
        Arrays.fill(owners, "");
    }

    /**
     * Adds what an owner has counted since the last call.
     *
     * @param owner names the connection or stream that counts
     * @param value its total so far
     * @return what was added
     */
    public synchronized long add(Total total, String owner, long value) {
        int i = total.ordinal();
        long start = owner.equals(owners[i]) ? before[i] : 0;
        long added = Math.max(0, value - start); // a 32-bit counter can overflow
        owners[i] = owner;
        before[i] = value;
        sums[i] += added;
        return added;
    }

    /** Begins to count from 0. */
    public synchronized void reset(Instant now) {
        Arrays.fill(sums, 0);
        resetAt = now;
    }

    /** Returns when it was reset, null where it never was. */
    public synchronized @Nullable Instant resetAt() {
        return resetAt;
    }

    /** Returns a sum since the last reset. */
    public synchronized long get(Total total) {
        return sums[total.ordinal()];
    }

    /** Returns the part of packets that were lost at first, in percent of those that were sent. */
    public synchronized double lossPercent() {
        long sent = get(Total.UNIQUE) + get(Total.DROPPED);
        return sent == 0 ? 0 : Math.min(PERCENT, PERCENT * get(Total.LOST) / sent);
    }

    /** Returns the part of received packets that were retransmissions, in percent. */
    public synchronized double retransmittedPercent() {
        return get(Total.RECEIVED) == 0 ? 0 : PERCENT * get(Total.RETRANSMITTED) / get(Total.RECEIVED);
    }
}
