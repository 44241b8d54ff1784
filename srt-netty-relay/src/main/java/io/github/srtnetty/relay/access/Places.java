// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.access;

import io.github.srtnetty.relay.config.RelayRules;
import io.github.srtnetty.relay.config.RelaySetting;
import io.github.srtnetty.relay.monitor.CallerLimit;
import io.github.srtnetty.relay.streamid.Role;
import io.github.srtnetty.relay.streamid.StreamRequest;
import java.net.InetAddress;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Counts callers against the limits of the configuration: all, of an address, players of a stream, publishers. The
 * accept filter takes a place, so that callers that come at the same moment cannot exceed a limit together; the
 * accepted channel claims it and releases it when it closes.
 *
 * <p>A caller that the filter admitted may never become a channel: its passphrase is wrong, the backlog is full, it
 * left. Its place is free again after {@link #UNCLAIMED_NANOS}; a channel that claims later than that takes its place
 * anew.
 *
 * <p>Threads: any; each operation holds the lock for a constant number of steps, on average.
 */
public final class Places {
    /** libsrt hands an admitted caller to the accept queue at once; a caller gives up after 3 s. */
    public static final long UNCLAIMED_NANOS = TimeUnit.SECONDS.toNanos(3);

    private static final int PERCENT = 100;

    private enum State {
        TAKEN,
        CLAIMED,
        FREE
    }

    /** The place of one caller. */
    static final class Place {
        private final Object address;
        private final StreamRequest request;
        private final long sinceNanos;
        private State state = State.TAKEN;

        private Place(Object address, StreamRequest request, long sinceNanos) {
            this.address = address;
            this.request = request;
            this.sinceNanos = sinceNanos;
        }
    }

    /** Either a place, or the limit because of which there is none. */
    public record Outcome(@Nullable Place place, @Nullable CallerLimit limit) {}

    private final ArrayDeque<Place> unclaimed = new ArrayDeque<>();
    private final Map<Object, Integer> ofAddress = new HashMap<>();
    private final Map<String, Integer> playersOfStream = new HashMap<>();
    private int all;
    private int publishers;
    private int claimed;

    /** Takes a place for a caller. */
    public synchronized Outcome take(InetAddress address, StreamRequest request, RelayRules config, long nowNanos) {
        freeUnclaimed(nowNanos);
        Place place = new Place(AddressKey.of(address), request, nowNanos);
        CallerLimit limit = reached(place, config);
        if (limit != null) {
            return new Outcome(null, limit);
        }
        add(place, 1);
        unclaimed.add(place);
        return new Outcome(place, null);
    }

    /**
     * Keeps the place of a channel until it is released; returns false where it was free already and a limit is
     * reached.
     */
    public synchronized boolean claim(Place place, RelayRules config) {
        if (place.state == State.FREE) {
            if (reached(place, config) != null) {
                return false;
            }
            add(place, 1);
        }
        place.state = State.CLAIMED;
        claimed++;
        return true;
    }

    /** Frees the place of a channel that closed. */
    public synchronized void release(Place place) {
        if (place.state == State.CLAIMED) {
            claimed--;
            add(place, -1);
            place.state = State.FREE;
        }
    }

    /** Returns the number of channels. */
    public synchronized int connected() {
        return claimed;
    }

    /** Returns the number of places taken: by channels and by callers that are not accepted yet. */
    public synchronized int taken() {
        return all;
    }

    private @Nullable CallerLimit reached(Place place, RelayRules config) {
        int most = config.number(RelaySetting.MAX_CONNECTIONS);
        boolean publishes = place.request.role() == Role.PUBLISH;
        int reserve = publishes ? 0 : (int) ((long) most * config.number(RelaySetting.PUBLISHER_RESERVE) / PERCENT);
        if (all >= most || !publishes && all - publishers >= most - reserve) {
            return CallerLimit.CONNECTIONS;
        }
        if (ofAddress.getOrDefault(place.address, 0) >= config.number(RelaySetting.MAX_CONNECTIONS_PER_ADDRESS)) {
            return CallerLimit.ADDRESS;
        }
        if (publishes) {
            return publishers >= config.number(RelaySetting.MAX_PUBLISHERS) ? CallerLimit.PUBLISHERS : null;
        }
        int players = playersOfStream.getOrDefault(place.request.name(), 0);
        return players >= config.number(RelaySetting.MAX_PLAYERS_PER_STREAM) ? CallerLimit.STREAM : null;
    }

    private void add(Place place, int count) {
        all += count;
        add(ofAddress, place.address, count);
        if (place.request.role() == Role.PUBLISH) {
            publishers += count;
        } else {
            add(playersOfStream, place.request.name(), count);
        }
    }

    private static <K> void add(Map<K, Integer> counts, K key, int count) {
        int sum = counts.getOrDefault(key, 0) + count;
        if (sum == 0) {
            counts.remove(key);
        } else {
            counts.put(key, sum);
        }
    }

    private void freeUnclaimed(long nowNanos) {
        Place oldest = unclaimed.peek();
        while (oldest != null && (oldest.state != State.TAKEN || nowNanos - oldest.sinceNanos > UNCLAIMED_NANOS)) {
            unclaimed.remove();
            if (oldest.state == State.TAKEN) {
                add(oldest, -1);
                oldest.state = State.FREE;
            }
            oldest = unclaimed.peek();
        }
    }
}
