// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.monitor;

import io.github.srtnetty.libsrt.SrtRejectReason;
import io.github.srtnetty.relay.streamid.Role;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Counters of callers since the start: accepted, rejected, and closed for a violation. Any thread. */
public final class CallerStatistics {
    private final Map<Role, LongAdder> accepted = Map.of(Role.PUBLISH, new LongAdder(), Role.PLAY, new LongAdder());
    private final Map<Integer, LongAdder> rejected = new ConcurrentHashMap<>();
    private final Map<CallerLimit, LongAdder> limited = new EnumMap<>(CallerLimit.class);
    private final Map<CloseCause, LongAdder> closed = new EnumMap<>(CloseCause.class);
    private final LongAdder twoStreamIds = new LongAdder();
    private final LongAdder sendingPlayers = new LongAdder();

    /** Starts with zeros. */
    public CallerStatistics() {
        for (CallerLimit limit : CallerLimit.values()) {
            limited.put(limit, new LongAdder());
        }
        for (CloseCause cause : CloseCause.values()) {
            closed.put(cause, new LongAdder());
        }
    }

    public LongAdder accepted(Role role) {
        return Objects.requireNonNull(accepted.get(role));
    }

    /** Returns the number of rejected callers by code. */
    public Map<Integer, LongAdder> rejected() {
        return rejected;
    }

    /** Returns the number of callers that were rejected because of each limit. */
    public Map<CallerLimit, LongAdder> limited() {
        return limited;
    }

    /** Returns the number of publishers that were closed for a cause. */
    public LongAdder closed(CloseCause cause) {
        return Objects.requireNonNull(closed.get(cause));
    }

    /** Returns the number of connections that were closed because their handshake held two stream ids. */
    public LongAdder twoStreamIds() {
        return twoStreamIds;
    }

    /** Returns the number of players that sent payloads. */
    public LongAdder sendingPlayers() {
        return sendingPlayers;
    }

    /** Counts a caller that was rejected because of a limit. */
    public void countLimited(CallerLimit limit) {
        Objects.requireNonNull(limited.get(limit)).increment();
    }

    void countRejected(SrtRejectReason reason) {
        rejected.computeIfAbsent(reason.code(), code -> new LongAdder()).increment();
    }
}
