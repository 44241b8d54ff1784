// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.bits;

import io.netty.buffer.ByteBuf;

/**
 * The CRC_32 of MPEG-2 sections (ISO/IEC 13818-1 Annex A): polynomial 0x04C11DB7, initial value all ones, no reflection, no
 * final inversion. Over a whole section, its CRC_32 field included, the result is 0.
 */
public final class Crc32Mpeg2 {
    private static final int POLYNOMIAL = 0x04C11DB7;
    private static final int[] TABLE = table();

    private Crc32Mpeg2() {}

    /**
     * Computes the CRC of {@code length} bytes from absolute {@code index}; reader and writer index stay as they are.
     *
     * @throws IndexOutOfBoundsException when the range is not inside the buffer
     */
    public static int of(ByteBuf bytes, int index, int length) {
        int crc = 0xFFFFFFFF;
        for (int i = index, end = index + length; i < end; i++) {
            crc = (crc << 8) ^ TABLE[(crc >>> 24) ^ (bytes.getByte(i) & 0xFF)];
        }
        return crc;
    }

    /** Computes the CRC of {@code length} bytes from {@code offset}. */
    public static int of(byte[] bytes, int offset, int length) {
        int crc = 0xFFFFFFFF;
        for (int i = offset, end = offset + length; i < end; i++) {
            crc = (crc << 8) ^ TABLE[(crc >>> 24) ^ (bytes[i] & 0xFF)];
        }
        return crc;
    }

    private static int[] table() {
        int[] table = new int[256];
        for (int i = 0; i < table.length; i++) {
            int crc = i << 24;
            for (int bit = 0; bit < 8; bit++) {
                crc = (crc << 1) ^ ((crc >>> 31) * POLYNOMIAL);
            }
            table[i] = crc;
        }
        return table;
    }
}
