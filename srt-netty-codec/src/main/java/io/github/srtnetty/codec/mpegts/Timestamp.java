// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.mpegts;

/**
 * Arithmetic on the clocks of a transport stream, which run round: PTS and DTS in 33 bits of 90 kHz (about 26.5 hours),
 * PCR in 2^33 * 300 ticks of 27 MHz.
 */
public final class Timestamp {
    /** Ticks of PTS and DTS in a second. */
    public static final int PTS_HZ = 90_000;
    /** Ticks of PCR in a second. */
    public static final int PCR_HZ = 27_000_000;
    /** Where PTS and DTS start again at 0. */
    public static final long PTS_MODULUS = 1L << 33;
    /** Where PCR starts again at 0. */
    public static final long PCR_MODULUS = PTS_MODULUS * 300;

    private Timestamp() {}

    /** Adds ticks, also negative ones, to a PTS; returns 0 to 2^33 - 1. */
    public static long add(long pts90k, long ticks) {
        return Math.floorMod(pts90k + ticks, PTS_MODULUS);
    }

    /**
     * Returns the shortest way from {@code earlier} to {@code later}: -2^32 to 2^32 - 1 ticks, negative when it leads
     * back.
     */
    public static long difference(long later, long earlier) {
        return shortest(later - earlier, PTS_MODULUS);
    }

    /** Does the same as {@link #difference} for PCRs, in ticks of 27 MHz. */
    public static long pcrDifference(long later27M, long earlier27M) {
        return shortest(later27M - earlier27M, PCR_MODULUS);
    }

    /**
     * Turns a PTS into ticks that do not wrap: the value next to {@code reference} that is {@code pts90k} modulo 2^33.
     *
     * @param reference the last result, or any PTS to begin with
     */
    public static long unwrap(long reference, long pts90k) {
        return reference + difference(pts90k, Math.floorMod(reference, PTS_MODULUS));
    }

    /** Returns the PCR's base: the same moment in ticks of 90 kHz. */
    public static long toPts(long pcr27M) {
        return pcr27M / 300;
    }

    private static long shortest(long ticks, long modulus) {
        long forward = Math.floorMod(ticks, modulus);
        return forward < modulus / 2 ? forward : forward - modulus;
    }
}
