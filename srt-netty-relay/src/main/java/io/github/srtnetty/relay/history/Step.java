// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.history;

import java.util.Arrays;

/** The step of a resolution that is being measured: the mean or the largest value of its seconds so far. */
final class Step {
    private final float[] values = new float[Quantity.COUNT];
    private final int[] counts = new int[Quantity.COUNT];
    private long number = Long.MIN_VALUE;

    /** Adds a second; a new step restarts the values. */
    void add(long step, float[] second) {
        if (step != number) {
            number = step;
            Arrays.fill(values, Float.NaN);
            Arrays.fill(counts, 0);
        }
        for (Quantity quantity : Quantity.values()) {
            int i = quantity.ordinal();
            if (!Float.isNaN(second[i])) {
                counts[i]++;
                values[i] = counts[i] == 1 ? second[i] : folded(quantity, values[i], second[i], counts[i]);
            }
        }
    }

    /** Returns the values so far, NaN for a gap; not a copy. */
    float[] values() {
        return values;
    }

    private static float folded(Quantity quantity, float before, float second, int count) {
        return quantity.fold() == Quantity.Fold.MAX ? Math.max(before, second) : before + (second - before) / count;
    }
}
