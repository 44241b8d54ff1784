// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.bits;

import io.netty.buffer.ByteBuf;

/**
 * Reads big-endian bit fields (uimsbf, bslbf), most significant bit first, from a range of bytes. Every read names its
 * field. If too few bits are left, a read throws {@link MalformedDataException} with that name and does not move the
 * position. Not thread-safe.
 */
public final class BitReader {
    private final byte[] bytes;
    private final int start;
    private final int endBit;
    private int bit;
    private boolean reservedBitsClear;

    /**
     * Reads {@code length} bytes from {@code offset}; the array is not copied.
     *
     * @throws IndexOutOfBoundsException when the range is not inside the array
     */
    public BitReader(byte[] bytes, int offset, int length) {
        if ((offset | length) < 0 || length > bytes.length - offset) {
            throw new IndexOutOfBoundsException("offset " + offset + ", length " + length + " of " + bytes.length);
        }
        this.bytes = bytes;
        this.start = offset;
        this.bit = offset << 3;
        this.endBit = (offset + length) << 3;
    }

    /**
     * Reads the readable bytes of {@code buffer}, in place if it has an array, otherwise from a copy. Does not move the
     * indices.
     */
    public static BitReader of(ByteBuf buffer) {
        int length = buffer.readableBytes();
        if (buffer.hasArray()) {
            return new BitReader(buffer.array(), buffer.arrayOffset() + buffer.readerIndex(), length);
        }
        byte[] copy = new byte[length];
        buffer.getBytes(buffer.readerIndex(), copy);
        return new BitReader(copy, 0, length);
    }

    /**
     * Reads {@code count} bits, 0 to 64, as an unsigned number; 64 bits are returned as their two's complement pattern.
     *
     * @throws MalformedDataException when fewer are left
     */
    public long bits(int count, String field) {
        require(count, field);
        int spanned = (bit & 7) + count;
        if (spanned > 64) {
            long high = bits(count - 32, field);
            return high << 32 | bits(32, field);
        }
        int first = bit >>> 3;
        int end = first + ((spanned + 7) >>> 3);
        long value = 0;
        for (int i = first; i < end; i++) {
            value = value << 8 | (bytes[i] & 0xFF);
        }
        bit += count;
        value >>>= (8 - (spanned & 7)) & 7;
        return count == 64 ? value : value & ((1L << count) - 1);
    }

    /** Reads {@code count} bits, 0 to 31, as an unsigned number. */
    public int uint(int count, String field) {
        return (int) bits(count, field);
    }

    /** Reads one bit. */
    public boolean flag(String field) {
        require(1, field);
        boolean set = (bytes[bit >>> 3] & (0x80 >>> (bit & 7))) != 0;
        bit++;
        return set;
    }

    /** Skips {@code count} reserved bits, at most 64, and records whether one of them was 0. */
    public void reserved(int count) {
        long ones = count == 64 ? -1L : (1L << count) - 1;
        if (bits(count, "reserved") != ones) {
            reservedBitsClear = true;
        }
    }

    /** Returns whether a reserved bit was 0 so far; the standards require 1. */
    public boolean sawClearReservedBit() {
        return reservedBitsClear;
    }

    /**
     * Copies {@code length} bytes; the position must be on a byte boundary.
     *
     * @throws MalformedDataException when fewer are left
     * @throws IllegalStateException when the position is inside a byte
     */
    public Bytes bytes(int length, String field) {
        Bytes copy = Bytes.copyOf(bytes, align(length, field), length);
        bit += length << 3;
        return copy;
    }

    /**
     * Returns a reader of the next {@code length} bytes and skips them; the position must be on a byte boundary.
     *
     * @throws MalformedDataException when fewer are left
     * @throws IllegalStateException when the position is inside a byte
     */
    public BitReader slice(int length, String field) {
        BitReader slice = new BitReader(bytes, align(length, field), length);
        bit += length << 3;
        return slice;
    }

    /** Skips {@code length} bytes. */
    public void skip(int length, String field) {
        align(length, field);
        bit += length << 3;
    }

    /** Returns how many whole bytes are left. */
    public int remainingBytes() {
        return (endBit - bit) >>> 3;
    }

    /** Returns how many bits are left. */
    public int remainingBits() {
        return endBit - bit;
    }

    /** Returns how many whole bytes were read. */
    public int position() {
        return (bit >>> 3) - start;
    }

    /** Moves to byte {@code position} of the range, 0 to its length. */
    public void position(int position) {
        int target = (start + position) << 3;
        if (position < 0 || target > endBit) {
            throw new IndexOutOfBoundsException("position " + position);
        }
        bit = target;
    }

    private int align(int length, String field) {
        if ((bit & 7) != 0) {
            throw new IllegalStateException(field + " does not start on a byte boundary");
        }
        if (length < 0 || length > remainingBytes()) {
            throw new MalformedDataException(field, length + " bytes", remainingBytes() + " bytes");
        }
        return bit >>> 3;
    }

    private void require(int count, String field) {
        if (count > endBit - bit) {
            throw new MalformedDataException(field, count + " bits", (endBit - bit) + " bits");
        }
    }
}
