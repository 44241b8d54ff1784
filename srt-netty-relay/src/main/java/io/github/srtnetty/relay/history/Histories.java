// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.history;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The memory of streams by name, also of those that have ended: for a day, {@link #MOST_ENDED} of them at most,
 * and none as long as the running ones need more memory than the budget has. Any thread.
 */
public final class Histories {
    /** A caller that publishes one name after the other makes the relay remember no more. */
    public static final int MOST_ENDED = 200;

    private static final Duration KEPT = Duration.ofDays(1);

    /** The memory of one stream. */
    public static final class Entry {
        private final String name;
        private final StreamHistory samples;
        private final StreamCounters counters = new StreamCounters();
        private volatile @Nullable Instant endedAt;

        Entry(String name, HistoryBudget budget) {
            this.name = name;
            samples = new StreamHistory(budget);
        }

        public String name() {
            return name;
        }

        public StreamHistory samples() {
            return samples;
        }

        public StreamCounters counters() {
            return counters;
        }

        /** Returns when the stream was seen to be gone, null while it is there. */
        public @Nullable Instant endedAt() {
            return endedAt;
        }
    }

    private final Map<String, Entry> entries = new ConcurrentHashMap<>();
    private final HistoryBudget budget;
    private final LongSupplier limitBytes;

    /** Creates an empty memory whose limit is asked for each time. */
    public Histories(LongSupplier limitBytes) {
        this.limitBytes = limitBytes;
        budget = new HistoryBudget(limitBytes);
    }

    /** Returns the bytes of all samples. */
    public long usedBytes() {
        return budget.usedBytes();
    }

    /** Returns what is remembered of a stream that is there; begins where nothing is. */
    public Entry running(String name) {
        Entry entry = entries.computeIfAbsent(name, key -> new Entry(key, budget));
        entry.endedAt = null;
        return entry;
    }

    /** Returns what is remembered of a stream, null where nothing is. */
    public @Nullable Entry find(String name) {
        return entries.get(name);
    }

    /** Returns the streams that have ended, the last one first. */
    public List<Entry> ended() {
        return entries.values().stream()
                .filter(entry -> entry.endedAt != null)
                .sorted(Comparator.comparing(Histories::end).reversed())
                .toList();
    }

    /** Notes that a stream is gone. */
    public void ended(Entry entry, Instant now) {
        if (entry.endedAt == null) {
            entry.endedAt = now;
        }
    }

    /** Returns the streams that were there so far. */
    public List<Entry> running() {
        return entries.values().stream().filter(entry -> entry.endedAt == null).toList();
    }

    /** Forgets what is too old or too much. */
    public void trim(Instant now) {
        List<Entry> ended = ended();
        for (int i = ended.size() - 1; i >= 0; i--) {
            Entry oldest = ended.get(i);
            boolean full = budget.usedBytes() + StreamHistory.MOST_BYTES > limitBytes.getAsLong();
            if (full || i >= MOST_ENDED || end(oldest).isBefore(now.minus(KEPT))) {
                entries.remove(oldest.name);
                oldest.samples.release();
            }
        }
    }

    private static Instant end(Entry entry) {
        Instant end = entry.endedAt;
        return end == null ? Instant.MAX : end;
    }
}
