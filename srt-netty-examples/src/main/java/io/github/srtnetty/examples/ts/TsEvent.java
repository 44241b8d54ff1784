// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.ts;

import io.github.srtnetty.codec.mpegts.Tr101290Event;
import io.github.srtnetty.codec.scte35.CueRuleEvent;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * An event as it is printed: of TR 101 290, or of the rules for cues.
 *
 * @param type {@code tr101290} or {@code cue}
 * @param name the check or the rule
 * @param priority 1 to 3 of TR 101 290, 0 of a rule
 * @param phase {@code error}, {@code begin} or {@code end}
 * @param pid the PID, -1 for the whole stream
 * @param programs the programs of the PID
 * @param packet the packet before it was found, -1 where that is not known
 * @param time the time of the stream
 * @param missed how long something was away, at its end
 * @param eventId the event of a cue, -1 for none
 * @param detail what was found
 */
record TsEvent(
        String type,
        String name,
        int priority,
        String phase,
        int pid,
        List<Integer> programs,
        long packet,
        Duration time,
        Duration missed,
        long eventId,
        String detail) {
    static TsEvent of(Tr101290Event event) {
        return new TsEvent(
                "tr101290",
                event.check().indicator(),
                event.check().priority(),
                event.phase().name().toLowerCase(Locale.ROOT),
                event.pid(),
                event.programs(),
                event.packetIndex(),
                event.time(),
                event.missed(),
                -1,
                event.detail());
    }

    static TsEvent of(CueRuleEvent event, Duration time) {
        return new TsEvent(
                "cue",
                event.rule().name().toLowerCase(Locale.ROOT),
                0,
                "error",
                event.pid(),
                event.programNumber() == 0 ? List.of() : List.of(event.programNumber()),
                -1,
                time,
                Duration.ZERO,
                event.eventId(),
                event.detail());
    }
}
