// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.mpegts;

import java.time.Duration;
import java.util.List;

/**
 * User event of {@link Tr101290Analyzer}: an error, or the begin or the end of an outage.
 *
 * @param check what was checked
 * @param phase a single error, or the begin or end of an outage
 * @param pid the PID; {@link TsPacket#NONE} when it concerns the whole stream
 * @param programs the programs whose PMT names the PID, or whose PMT it carries; 16 at most
 * @param packetIndex number of the last packet before it was found
 * @param time when, in the time of the stream since its first PCR; see {@link Tr101290Analyzer}
 * @param missed how long it was away; zero but at the end of an outage
 * @param detail what was found, in English
 */
public record Tr101290Event(
        Tr101290Check check,
        Phase phase,
        int pid,
        List<Integer> programs,
        long packetIndex,
        Duration time,
        Duration missed,
        String detail) {
    /** The phases of an error. */
    public enum Phase {
        /** A single error. */
        ERROR,
        /** Something is away, or wrong, from now on. */
        BEGIN,
        /** It is back. */
        END
    }

    /** Copies the list. */
    public Tr101290Event {
        programs = List.copyOf(programs);
    }
}
