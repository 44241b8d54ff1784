// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.hook;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Answers by question. Not thread-safe. */
final class AnswerCache {
    /** About 5 MB; the least recently used one is removed. */
    static final int MOST = 10_000;

    private static final class Entry {
        private @Nullable HookAnswer answer;
        private long freshNanos;
        private boolean once;
        private @Nullable HookAnswer allowed;
        private long allowedNanos;
    }

    private final HookLimits limits;
    private final Map<ByteBuffer, Entry> entries = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<ByteBuffer, AnswerCache.Entry> eldest) {
            return size() > MOST;
        }
    };

    AnswerCache(HookLimits limits) {
        this.limits = limits;
    }

    /** Returns the valid answer, null if there is none. */
    @Nullable
    HookAnswer fresh(ByteBuffer key, long nowNanos) {
        Entry entry = entries.get(key);
        if (entry == null || entry.answer == null || nowNanos - entry.freshNanos > 0) {
            return null;
        }
        HookAnswer answer = entry.answer;
        if (entry.once) {
            entry.answer = null;
        }
        return answer;
    }

    /** Returns a recently valid permission, null if there was none. */
    @Nullable
    HookAnswer stale(ByteBuffer key, long nowNanos) {
        Entry entry = entries.get(key);
        return entry == null || entry.allowed == null || nowNanos - entry.allowedNanos > 0 ? null : entry.allowed;
    }

    /** Keeps what the hook answered. */
    void put(ByteBuffer key, HookReply reply, long nowNanos) {
        Entry entry = entries.computeIfAbsent(key, none -> new Entry());
        boolean once = reply.age().isZero();
        keep(entry, reply.answer(), once ? limits.nextAttempt() : reply.age(), nowNanos);
        entry.once = once;
        boolean isAllowed = reply.answer().rejection() == null;
        entry.allowed = isAllowed ? reply.answer() : null;
        entry.allowedNanos = entry.freshNanos + limits.stale().toNanos();
    }

    /** Keeps the decision after a failure; an earlier permission stays. */
    void putFailed(ByteBuffer key, HookAnswer answer, long nowNanos) {
        keep(entries.computeIfAbsent(key, none -> new Entry()), answer, limits.failed(), nowNanos);
    }

    private static void keep(Entry entry, HookAnswer answer, Duration age, long nowNanos) {
        entry.answer = answer;
        entry.freshNanos = nowNanos + age.toNanos();
        entry.once = false;
    }
}
