// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.scte35.form;

import io.github.srtnetty.codec.bits.Bytes;
import io.github.srtnetty.codec.scte35.BreakDuration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Rows of a name and a value, aligned when they are printed. */
final class TextRows {
    private static final double HERTZ = 90_000;
    private static final int INDENT = 2;
    private static final int MOST_BYTES = 64;

    private record Row(String name, String value) {}

    private final List<Row> rows = new ArrayList<>();

    void add(int depth, String name, String value) {
        rows.add(new Row(" ".repeat(INDENT * depth) + name, value));
    }

    static String seconds(long ticks) {
        return String.format(Locale.ROOT, "%.3f s", ticks / HERTZ);
    }

    static String duration(BreakDuration duration) {
        return seconds(duration.duration()) + (duration.autoReturn() ? ", auto_return" : "");
    }

    static String id(long id) {
        return id + String.format(" (0x%08x)", id);
    }

    static String flag(boolean flag) {
        return flag ? "1" : "0";
    }

    /** Returns the bytes in hexadecimal; if there are many, only the first ones. */
    static String hex(Bytes bytes) {
        String length = bytes.length() + " bytes";
        if (bytes.isEmpty()) {
            return length;
        }
        boolean all = bytes.length() <= MOST_BYTES;
        return length + " 0x" + (all ? bytes : bytes.slice(0, MOST_BYTES)).hex() + (all ? "" : "...");
    }

    /** Returns a registered identifier in hexadecimal, after its four characters if they are printable. */
    static String identifier(long identifier) {
        StringBuilder letters = new StringBuilder(4);
        for (int shift = 24; shift >= 0; shift -= 8) {
            letters.append((char) (identifier >>> shift & 0xFF));
        }
        String hex = String.format("0x%08x", identifier);
        boolean readable = letters.chars().allMatch(c -> c > ' ' && c < 0x7F);
        return readable ? '"' + letters.toString() + "\" (" + hex + ')' : hex;
    }

    /** Returns text of a cue with all characters escaped that could control a terminal. */
    static String printable(String text) {
        StringBuilder safe = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            if (c >= ' ' && c < 0x7F || c > 0xA0 && c != 0xAD && c <= 0xFF) {
                safe.append((char) c);
            } else {
                safe.append(String.format(c <= 0xFF ? "\\x%02x" : "\\u{%x}", c));
            }
        });
        return safe.toString();
    }

    @Override
    public String toString() {
        int width = rows.stream().mapToInt(row -> row.name.length()).max().orElse(0) + INDENT;
        StringBuilder text = new StringBuilder();
        for (Row row : rows) {
            String padding = row.value.isEmpty() ? "" : " ".repeat(width - row.name.length());
            text.append(row.name).append(padding).append(row.value).append('\n');
        }
        return text.toString();
    }
}
