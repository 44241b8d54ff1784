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
 * The histories of streams by name. Ended streams are kept for a day, at most {@link #MOST_ENDED} of them, and
 * none while the running streams need more memory than the budget allows. Any thread.
 */
public final class Histories {
    /** Bounds the memory if a caller publishes one name after another. */
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

    /** Returns the history of an existing stream; creates it if there is none. */
    public Entry running(String name) {
        Entry entry = entries.computeIfAbsent(name, key -> new Entry(key, budget));
        entry.endedAt = null;
        return entry;
    }

    /** Returns the history of a stream, null if there is none. */
    public @Nullable Entry find(String name) {
        return entries.get(name);
    }

    /** Returns the streams that have ended, the latest first. */
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

    /** Removes histories that are too old or too many. */
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
