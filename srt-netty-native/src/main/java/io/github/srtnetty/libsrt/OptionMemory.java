// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.libsrt;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Values of options in the layout of {@code srt_getsockflag} and {@code srt_setsockflag}. */
final class OptionMemory {
    private OptionMemory() {}

    /** Reads a value of {@code length} bytes. */
    static <T> T get(SrtOption<T> option, ByteBuffer memory, int length) {
        Object value = switch (option.encoding()) {
            case INT32 -> (Object) memory.getInt(0);
            case INT64 -> memory.getLong(0);
            case BOOL -> memory.get(0) != 0;
            case LINGER -> memory.getInt(0) == 0 ? 0 : memory.getInt(Integer.BYTES);
            case STRING -> text(memory, length);
            case ENUM -> option.decode(memory.getInt(0));
        };
        return option.type().cast(value);
    }

    /** Writes a value; returns its length in bytes. */
    static int put(SrtOption<?> option, Object value, ByteBuffer memory) {
        switch (option.encoding()) {
            case INT32 -> memory.putInt(0, (Integer) value);
            case INT64 -> memory.putLong(0, (Long) value);
            case BOOL -> memory.putInt(0, (Boolean) value ? 1 : 0);
            case LINGER -> memory.putInt(0, (Integer) value > 0 ? 1 : 0).putInt(Integer.BYTES, (Integer) value);
            case ENUM -> memory.putInt(0, option.encode(value));
            case STRING -> {
                byte[] bytes = ((String) value).getBytes(StandardCharsets.UTF_8);
                memory.put(0, bytes);
                return bytes.length;
            }
        }
        return switch (option.encoding()) {
            case INT64, LINGER -> Long.BYTES;
            default -> Integer.BYTES;
        };
    }

    /** Overwrites a secret. */
    static void wipe(ByteBuffer memory, int length) {
        for (int i = 0; i < length; i++) {
            memory.put(i, (byte) 0);
        }
    }

    // The length may include zero bytes: from libsrt 1.5.4 on, an accepted stream id of one byte has three of them.
    private static String text(ByteBuffer memory, int length) {
        byte[] bytes = new byte[length];
        memory.get(0, bytes);
        int end = 0;
        while (end < length && bytes[end] != 0) {
            end++;
        }
        return new String(bytes, 0, end, StandardCharsets.UTF_8);
    }
}
