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

/** How many places are taken: in all, of each address, by publishers and by the players of each stream. Not shared. */
final class PlaceCounts {
    private static final int PERCENT = 100;

    private final Map<Object, Integer> ofAddress = new HashMap<>();
    private final Map<String, Integer> playersOfStream = new HashMap<>();
    private int all;
    private int publishers;

    int all() {
        return all;
    }

    int ofAddress(Object address) {
        return ofAddress.getOrDefault(address, 0);
    }

    /** Adds {@code count} places, which may be negative. */
    void add(Object address, StreamRequest request, int count) {
        all += count;
        add(ofAddress, address, count);
        if (request.role() == Role.PUBLISH) {
            publishers += count;
        } else {
            add(playersOfStream, request.name(), count);
        }
    }

    /** Returns the limit that one place more would exceed, null where none. */
    @Nullable
    CallerLimit reached(Object address, StreamRequest request, RelayRules config) {
        int most = config.number(RelaySetting.MAX_CONNECTIONS);
        boolean publishes = request.role() == Role.PUBLISH;
        int reserve = publishes ? 0 : (int) ((long) most * config.number(RelaySetting.PUBLISHER_RESERVE) / PERCENT);
        if (all >= most || !publishes && all - publishers >= most - reserve) {
            return CallerLimit.CONNECTIONS;
        }
        if (ofAddress(address) >= config.number(RelaySetting.MAX_CONNECTIONS_PER_ADDRESS)) {
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
