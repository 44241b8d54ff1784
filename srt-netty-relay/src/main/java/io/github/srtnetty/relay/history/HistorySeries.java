// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.history;

/**
 * Samples of a stream, one column for each quantity.
 *
 * @param startSecond the time of the first step, in seconds since 1970
 * @param stepSeconds between two steps
 * @param columns by the order of {@link Quantity}, NaN for a gap
 */
public record HistorySeries(long startSecond, int stepSeconds, float[][] columns) {
    /** Returns the values of a quantity; not a copy. */
    public float[] column(Quantity quantity) {
        return columns[quantity.ordinal()];
    }

    /** Returns the number of steps. */
    public int length() {
        return columns[0].length;
    }
}
