// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.alarm;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The alarms of one stream. One thread. */
final class StreamAlarms {
    /** A change of one alarm. */
    record Change(AlarmKind kind, boolean raised, Reading reading, Instant since) {}

    private final String stream;
    private final SampleWindow window;
    private final Map<AlarmKind, Hysteresis> states = new EnumMap<>(AlarmKind.class);
    private final Map<AlarmKind, Alarm> raised = new EnumMap<>(AlarmKind.class);

    StreamAlarms(String stream, AlarmPolicy policy) {
        this.stream = stream;
        window = new SampleWindow(policy);
        for (AlarmKind kind : AlarmKind.values()) {
            if (kind.isOfStream()) {
                states.put(kind, new Hysteresis());
            }
        }
    }

    /** Takes the next sample; returns what changed. */
    List<Change> next(Sample sample, AlarmLimits limits, Instant now) {
        window.add(sample);
        List<Change> changes = new ArrayList<>();
        window.readings(limits).forEach((kind, reading) -> {
            Change change = update(kind, reading, limits, sample.nanos(), now);
            if (change != null) {
                changes.add(change);
            }
        });
        return changes;
    }

    List<Alarm> raised() {
        return List.copyOf(raised.values());
    }

    /** Returns whether there is no state to keep. */
    boolean isQuiet() {
        return raised.isEmpty() && window.isQuiet();
    }

    private @Nullable Change update(AlarmKind kind, Reading reading, AlarmLimits limits, long nanos, Instant now) {
        Hysteresis state = Objects.requireNonNull(states.get(kind));
        boolean mustLast = kind == AlarmKind.LOW_BIT_RATE || kind == AlarmKind.HIGH_LOSS;
        Hysteresis.Change change =
                state.update(reading.level(), nanos, mustLast ? limits.holdNanos() : 0, limits.holdNanos());
        Alarm before = raised.get(kind);
        Instant since = before == null ? now : before.since();
        if (state.isRaised()) {
            raised.put(kind, new Alarm(stream, kind, since, reading.value(), reading.limit()));
        } else {
            raised.remove(kind);
        }
        return change == Hysteresis.Change.NONE ? null : new Change(kind, state.isRaised(), reading, since);
    }
}
