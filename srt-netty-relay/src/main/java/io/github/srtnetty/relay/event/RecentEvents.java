// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.event;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The latest events, up to {@link #MOST}. Any thread. */
public final class RecentEvents {
    /** An event takes about 500 bytes, so all of them take at most 1 MB. */
    public static final int MOST = 2000;

    private final Deque<RelayEvent> events = new ArrayDeque<>();

    /**
     * Returns the events after a number, oldest first.
     *
     * @param number the last one that the caller knows, 0 for none
     * @param stream only those of this stream, null for all
     */
    public synchronized List<RelayEvent> after(long number, @Nullable String stream) {
        List<RelayEvent> found = new ArrayList<>();
        for (RelayEvent event : events) {
            if (event.number() > number && (stream == null || stream.equals(event.stream()))) {
                found.add(event);
            }
        }
        return found;
    }

    synchronized void add(RelayEvent event) {
        events.add(event);
        if (events.size() > MOST) {
            events.remove();
        }
    }
}
