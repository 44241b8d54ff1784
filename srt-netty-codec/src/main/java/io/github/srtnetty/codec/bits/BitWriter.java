// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.bits;

import java.util.Arrays;

/** Writes big-endian bit fields, most significant bit first, into a growing array. */
public final class BitWriter {
    private byte[] bytes;
    private int bit;

    /** Creates a writer with room for {@code capacity} bytes, which grows when needed. */
    public BitWriter(int capacity) {
        bytes = new byte[Math.max(capacity, 16)];
    }

    /**
     * Writes the low {@code count} bits, 0 to 64, of {@code value}.
     *
     * @throws IllegalArgumentException that names the field, when {@code value} does not fit
     */
    public BitWriter bits(long value, int count, String field) {
        if (count < 64 && (value >>> count) != 0) {
            throw new IllegalArgumentException(field + ": " + value + " does not fit in " + count + " bits");
        }
        reserve(count);
        int left = count;
        while (left > 0) {
            int offset = bit & 7;
            int take = Math.min(8 - offset, left);
            int part = (int) (value >>> (left - take)) & ((1 << take) - 1);
            bytes[bit >>> 3] |= (byte) (part << (8 - offset - take));
            bit += take;
            left -= take;
        }
        return this;
    }

    /** Writes one bit. */
    public BitWriter flag(boolean set) {
        return bits(set ? 1 : 0, 1, "flag");
    }

    /** Writes {@code count} bits of 1, at most 64, as the standards require for reserved bits. */
    public BitWriter reserved(int count) {
        return bits(count == 64 ? -1L : (1L << count) - 1, count, "reserved");
    }

    /**
     * Appends whole bytes; the position must be on a byte boundary.
     *
     * @throws IllegalStateException when it is not
     */
    public BitWriter bytes(Bytes source) {
        source.appendTo(this);
        return this;
    }

    /** Returns the number of whole bytes written. */
    public int position() {
        return bit >>> 3;
    }

    /**
     * Returns a copy of the written bytes.
     *
     * @throws IllegalStateException when the last byte is not full
     */
    public byte[] toArray() {
        requireAligned();
        return Arrays.copyOf(bytes, position());
    }

    /** Returns the written bytes as a value. */
    public Bytes toBytes() {
        requireAligned();
        return Bytes.copyOf(bytes, 0, position());
    }

    void append(byte[] source, int offset, int length) {
        requireAligned();
        reserve(length << 3);
        System.arraycopy(source, offset, bytes, bit >>> 3, length);
        bit += length << 3;
    }

    private void requireAligned() {
        if ((bit & 7) != 0) {
            throw new IllegalStateException("bit position " + bit + " is inside a byte");
        }
    }

    private void reserve(int count) {
        int needed = (bit + count + 7) >>> 3;
        if (needed > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(needed, bytes.length * 2));
        }
    }
}
