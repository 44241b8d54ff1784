// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.bits;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.HexFormat;

/** An immutable sequence of bytes with value equality, for fields that the standards call "private bytes". */
public final class Bytes {
    /** No bytes. */
    public static final Bytes EMPTY = new Bytes(new byte[0]);

    private final byte[] octets;

    private Bytes(byte[] octets) {
        this.octets = octets;
    }

    /** Copies {@code octets}. */
    public static Bytes of(byte... octets) {
        return octets.length == 0 ? EMPTY : new Bytes(octets.clone());
    }

    /**
     * Copies {@code length} bytes from {@code offset}.
     *
     * @throws IndexOutOfBoundsException when the range is not inside the array
     */
    public static Bytes copyOf(byte[] octets, int offset, int length) {
        return length == 0 ? EMPTY : new Bytes(Arrays.copyOfRange(octets, offset, offset + length));
    }

    /** Copies the readable bytes; does not change the buffer's indices and reference count. */
    public static Bytes copyOf(ByteBuf buffer) {
        byte[] octets = new byte[buffer.readableBytes()];
        buffer.getBytes(buffer.readerIndex(), octets);
        return octets.length == 0 ? EMPTY : new Bytes(octets);
    }

    /** Encodes {@code text} in {@code charset}. */
    public static Bytes of(String text, Charset charset) {
        return new Bytes(text.getBytes(charset));
    }

    /**
     * Reads pairs of hexadecimal digits, with or without a leading {@code 0x}.
     *
     * @throws IllegalArgumentException when a character is not a digit, or their number is odd
     */
    public static Bytes fromHex(String hex) {
        boolean prefixed = hex.startsWith("0x") || hex.startsWith("0X");
        return new Bytes(HexFormat.of().parseHex(prefixed ? hex.substring(2) : hex));
    }

    /** Returns the number of bytes. */
    public int length() {
        return octets.length;
    }

    /** Returns whether there are no bytes. */
    public boolean isEmpty() {
        return octets.length == 0;
    }

    /**
     * Returns the byte at {@code index}, 0 to 255.
     *
     * @throws IndexOutOfBoundsException when there is none
     */
    public int at(int index) {
        return octets[index] & 0xFF;
    }

    /**
     * Returns {@code length} bytes from {@code offset} as a new value.
     *
     * @throws IndexOutOfBoundsException when the range is not inside
     */
    public Bytes slice(int offset, int length) {
        return copyOf(octets, offset, length);
    }

    /** Returns a copy as an array. */
    public byte[] toArray() {
        return octets.clone();
    }

    /** Returns a heap buffer over a copy; the caller releases it. */
    public ByteBuf toByteBuf() {
        return Unpooled.wrappedBuffer(octets.clone());
    }

    /** Returns lower-case hexadecimal digits without a prefix. */
    public String hex() {
        return HexFormat.of().formatHex(octets);
    }

    /** Decodes in {@code charset}; malformed bytes become its replacement character. */
    public String text(Charset charset) {
        return new String(octets, charset);
    }

    /**
     * Returns the unsigned big-endian number in the four bytes from {@code offset}.
     *
     * @throws IndexOutOfBoundsException when the range is not inside
     */
    public long unsignedInt(int offset) {
        return (long) at(offset) << 24 | at(offset + 1) << 16 | at(offset + 2) << 8 | at(offset + 3);
    }

    /** Returns the bytes as one big-endian number; if there are more than 8, the last 8. */
    public long toLong() {
        long value = 0;
        for (byte octet : octets) {
            value = (value << 8) | (octet & 0xFF);
        }
        return value;
    }

    /**
     * Computes the {@link Crc32Mpeg2} of {@code length} bytes from {@code offset}.
     *
     * @throws IndexOutOfBoundsException when the range is not inside
     */
    public int crc32Mpeg2(int offset, int length) {
        return Crc32Mpeg2.of(octets, offset, length);
    }

    /** Returns a reader over all bytes. */
    public BitReader reader() {
        return new BitReader(octets, 0, octets.length);
    }

    void appendTo(BitWriter writer) {
        writer.append(octets, 0, octets.length);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Bytes that && Arrays.equals(octets, that.octets);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(octets);
    }

    /** Returns {@link #hex()}. */
    @Override
    public String toString() {
        return hex();
    }
}
