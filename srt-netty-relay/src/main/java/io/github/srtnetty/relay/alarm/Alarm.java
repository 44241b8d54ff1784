// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.alarm;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An alarm that is raised.
 *
 * @param stream the name of the stream, null where it concerns the relay
 * @param kind what is wrong
 * @param since when it was raised
 * @param value what was measured last, in the unit of {@code limit}
 * @param limit the limit that was in effect when it was measured
 */
public record Alarm(@Nullable String stream, AlarmKind kind, Instant since, double value, double limit) {
    /** Returns the names of the kinds, such as {@code high-loss}. */
    public static List<String> names(List<Alarm> alarms) {
        return alarms.stream().map(alarm -> alarm.kind.toString()).toList();
    }
}
