// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.mpegts;

import java.time.Duration;
import java.util.List;

/**
 * User event of {@link Tr101290Analyzer}: an error, or the begin or the end of an outage.
 *
 * @param check the check that found the error
 * @param phase a single error, or the begin or end of an outage
 * @param pid the PID; {@link TsPacket#NONE} when it concerns the whole stream
 * @param programs the programs whose PMT names the PID, or whose PMT it carries; at most 16
 * @param packetIndex the number of the last packet before the error was found
 * @param time the time of the stream since its first PCR; see {@link Tr101290Analyzer}
 * @param missed the length of the outage at its end, otherwise zero
 * @param detail a description of the error, in English
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
        /** The begin of an outage. */
        BEGIN,
        /** The end of an outage. */
        END
    }

    /** Copies the list. */
    public Tr101290Event {
        programs = List.copyOf(programs);
    }
}
