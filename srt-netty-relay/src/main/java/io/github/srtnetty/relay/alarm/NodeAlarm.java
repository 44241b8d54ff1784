// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.alarm;

import io.github.srtnetty.relay.alarm.Reading.Level;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The alarm of a node that runs alone although more are expected. One thread. */
final class NodeAlarm {
    private final ClusterSize size;
    private final Hysteresis state = new Hysteresis();
    private @Nullable Alarm raised;

    NodeAlarm(ClusterSize size) {
        this.size = size;
    }

    /** Takes the next sample; returns the change, null if there is none. */
    StreamAlarms.@Nullable Change next(long holdNanos, long nowNanos, Instant now) {
        int nodes = size.nodes().getAsInt();
        Level level = size.expected() > 1 && nodes <= 1 ? Level.BAD : Level.GOOD;
        Hysteresis.Change change = state.update(level, nowNanos, holdNanos, holdNanos);
        Alarm before = raised;
        Instant since = before == null ? now : before.since();
        raised = state.isRaised() ? new Alarm(null, AlarmKind.NODE_ALONE, since, nodes, size.expected()) : null;
        return change == Hysteresis.Change.NONE
                ? null
                : new StreamAlarms.Change(
                        AlarmKind.NODE_ALONE, state.isRaised(), new Reading(level, nodes, size.expected()), since);
    }

    List<Alarm> raised() {
        Alarm alarm = raised;
        return alarm == null ? List.of() : List.of(alarm);
    }
}
