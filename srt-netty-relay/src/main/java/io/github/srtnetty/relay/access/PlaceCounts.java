// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.access;

import io.github.srtnetty.relay.config.RelayRules;
import io.github.srtnetty.relay.config.RelaySetting;
import io.github.srtnetty.relay.monitor.CallerLimit;
import io.github.srtnetty.relay.streamid.Role;
import io.github.srtnetty.relay.streamid.StreamRequest;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The number of places taken: in total, by address and token, by publishers, and by the players of each stream. Not
 * shared between threads.
 */
final class PlaceCounts {
    private static final int PERCENT = 100;

    private final Map<CallerKey, Integer> ofCaller = new HashMap<>();
    private final Map<String, Integer> playersOfStream = new HashMap<>();
    private int all;
    private int publishers;

    int all() {
        return all;
    }

    int ofCaller(CallerKey caller) {
        return ofCaller.getOrDefault(caller, 0);
    }

    /** Adds {@code count} places, which may be negative. */
    void add(CallerKey caller, StreamRequest request, int count) {
        all += count;
        add(ofCaller, caller, count);
        if (request.role() == Role.PUBLISH) {
            publishers += count;
        } else {
            add(playersOfStream, request.name(), count);
        }
    }

    /** Returns the limit that one place more would exceed, null where none. */
    @Nullable
    CallerLimit reached(CallerKey caller, StreamRequest request, RelayRules config) {
        int most = config.number(RelaySetting.MAX_CONNECTIONS);
        boolean publishes = request.role() == Role.PUBLISH;
        int reserve = publishes ? 0 : (int) ((long) most * config.number(RelaySetting.PUBLISHER_RESERVE) / PERCENT);
        if (all >= most || !publishes && all - publishers >= most - reserve) {
            return CallerLimit.CONNECTIONS;
        }
        if (ofCaller(caller) >= config.number(RelaySetting.MAX_CONNECTIONS_PER_ADDRESS)) {
            return CallerLimit.ADDRESS;
        }
        if (publishes) {
            return publishers >= config.number(RelaySetting.MAX_PUBLISHERS) ? CallerLimit.PUBLISHERS : null;
        }
        int players = playersOfStream.getOrDefault(request.name(), 0);
        return players >= config.number(RelaySetting.MAX_PLAYERS_PER_STREAM) ? CallerLimit.STREAM : null;
    }

    private static <K> void add(Map<K, Integer> counts, K key, int count) {
        int sum = counts.getOrDefault(key, 0) + count;
        if (sum == 0) {
            counts.remove(key);
        } else {
            counts.put(key, sum);
        }
    }
}
