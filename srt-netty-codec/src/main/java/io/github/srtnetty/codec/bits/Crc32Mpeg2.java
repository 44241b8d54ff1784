// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.bits;

import io.netty.buffer.ByteBuf;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The CRC_32 of MPEG-2 sections (ISO/IEC 13818-1 Annex A): polynomial 0x04C11DB7, initial value all ones, no
 * reflection, no final inversion. Over a complete section, including its CRC_32 field, the result is 0.
 */
public final class Crc32Mpeg2 {
    private static final int POLYNOMIAL = 0x04C11DB7;
    private static final int[] TABLE = table();
    private static final int[] TABLE_1 = oneByteFurther(TABLE);
    private static final int[] TABLE_2 = oneByteFurther(TABLE_1);
    private static final int[] TABLE_3 = oneByteFurther(TABLE_2);
    private static final VarHandle BIG_ENDIAN_INT =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

    private Crc32Mpeg2() {}

    /**
     * Computes the CRC of {@code length} bytes from absolute {@code index}; does not change the reader and writer
     * index.
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

    /**
     * Computes the CRC of {@code length} bytes from {@code offset}, four at a time.
     *
     * @throws IndexOutOfBoundsException when the range is not inside the array
     */
    public static int of(byte[] bytes, int offset, int length) {
        int crc = 0xFFFFFFFF;
        int i = offset;
        int end = offset + length;
        for (; i <= end - 4; i += 4) {
            int word = crc ^ (int) BIG_ENDIAN_INT.get(bytes, i);
            crc = TABLE_3[word >>> 24]
                    ^ TABLE_2[(word >>> 16) & 0xFF]
                    ^ TABLE_1[(word >>> 8) & 0xFF]
                    ^ TABLE[word & 0xFF];
        }
        for (; i < end; i++) {
            crc = (crc << 8) ^ TABLE[(crc >>> 24) ^ (bytes[i] & 0xFF)];
        }
        return crc;
    }

    /** Returns the table for bytes that are followed by one more byte than those of {@code table}. */
    private static int[] oneByteFurther(int[] table) {
        int[] further = new int[256];
        for (int i = 0; i < further.length; i++) {
            further[i] = (table[i] << 8) ^ TABLE[table[i] >>> 24];
        }
        return further;
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
