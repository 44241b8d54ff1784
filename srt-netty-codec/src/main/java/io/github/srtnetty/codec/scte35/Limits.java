// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.scte35;

/** Range checks of the value types, so that every value that was constructed can be encoded. */
final class Limits {
    private Limits() {}

    /** Throws {@link IllegalArgumentException} when {@code value} is not an unsigned number of {@code bits} bits. */
    static void bits(String field, long value, int bits) {
        if (value >>> bits != 0) {
            throw new IllegalArgumentException(field + ": " + value + " does not fit in " + bits + " bits");
        }
    }

    /** Throws {@link IllegalArgumentException} when {@code size} is above {@code max}. */
    static void size(String field, int size, int max) {
        if (size > max) {
            throw new IllegalArgumentException(field + ": " + size + " is above " + max);
        }
    }
}
