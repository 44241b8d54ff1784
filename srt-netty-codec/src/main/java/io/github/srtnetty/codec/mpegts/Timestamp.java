// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.mpegts;

/**
 * Arithmetic on the clocks of a transport stream, which wrap: PTS and DTS after 2^33 ticks of 90 kHz (about 26.5
 * hours), PCR after 2^33 * 300 ticks of 27 MHz.
 */
public final class Timestamp {
    /** Ticks of PTS and DTS in a second. */
    public static final int PTS_HZ = 90_000;
    /** Ticks of PCR in a second. */
    public static final int PCR_HZ = 27_000_000;
    /** The number of ticks after which PTS and DTS start again at 0. */
    public static final long PTS_MODULUS = 1L << 33;
    /** The number of ticks after which PCR starts again at 0. */
    public static final long PCR_MODULUS = PTS_MODULUS * 300;

    private Timestamp() {}

    /** Adds ticks, which may be negative, to a PTS; returns 0 to 2^33 - 1. */
    public static long add(long pts90k, long ticks) {
        return Math.floorMod(pts90k + ticks, PTS_MODULUS);
    }

    /** Returns the shortest difference from {@code earlier} to {@code later}: -2^32 to 2^32 - 1 ticks. */
    public static long difference(long later, long earlier) {
        return shortest(later - earlier, PTS_MODULUS);
    }

    /** Returns the {@link #difference} of two PCRs, in ticks of 27 MHz. */
    public static long pcrDifference(long later27M, long earlier27M) {
        return shortest(later27M - earlier27M, PCR_MODULUS);
    }

    /**
     * Converts a PTS to ticks that do not wrap: the value nearest to {@code reference} that is {@code pts90k} modulo
     * 2^33.
     *
     * @param reference the last result; any PTS for the first call
     */
    public static long unwrap(long reference, long pts90k) {
        return reference + difference(pts90k, Math.floorMod(reference, PTS_MODULUS));
    }

    /** Returns the base of the PCR: the same time in ticks of 90 kHz. */
    public static long toPts(long pcr27M) {
        return pcr27M / 300;
    }

    private static long shortest(long ticks, long modulus) {
        long forward = Math.floorMod(ticks, modulus);
        return forward < modulus / 2 ? forward : forward - modulus;
    }
}
