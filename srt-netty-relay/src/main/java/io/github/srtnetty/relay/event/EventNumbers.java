// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.event;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Numbers events. A stream that had no event for the longest time is forgotten once there are too many: its numbers
 * start again. One thread.
 */
final class EventNumbers {
    /** Callers may choose stream names; this many take 2 MB. */
    static final int MOST_STREAMS = 10_000;

    private static final String RELAY = "";

    private final Map<String, Long> streams = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
            return size() > MOST_STREAMS;
        }
    };
    private long last;

    RelayEvent number(EventDraft draft) {
        return new RelayEvent(
                ++last,
                next(draft.stream()),
                draft.time(),
                draft.kind(),
                draft.stream(),
                draft.previous(),
                draft.current(),
                draft.details());
    }

    private long next(@Nullable String stream) {
        return streams.merge(stream == null ? RELAY : stream, 1L, Long::sum);
    }
}
