// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.media;

/**
 * Options of all sources and sinks of a program.
 *
 * @param once the first connection of each SRT address is the only one
 * @param sourceTime SRT sources read the creation time of each payload, SRT sinks pass it on
 * @param chunkBytes how much of a file or of standard input makes a payload
 * @param pace how fast a file is read
 */
public record MediaOptions(boolean once, boolean sourceTime, int chunkBytes, Pace pace) {
    /** How fast a file is read. */
    public enum Pace {
        /** As fast as the intake takes it. */
        FULL_SPEED,
        /** A transport stream in a file by its clock, all else at full speed. */
        BY_CLOCK
    }
}
