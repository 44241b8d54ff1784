// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.scte35.json;

import io.github.srtnetty.codec.bits.Bytes;
import io.github.srtnetty.codec.bits.MalformedDataException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object with the read methods for cues; an invalid value is a {@link MalformedDataException} with the name of
 * the key.
 */
final class JsonObject {
    private static final BigDecimal TICKS_PER_SECOND = BigDecimal.valueOf(90_000);

    /** Keys that are computed again, so their values may contradict other keys. */
    private static final Set<String> COMPUTED = Set.of(
            "section_length",
            "splice_command_length",
            "descriptor_loop_length",
            "crc",
            "crc_32",
            "command_length",
            "descriptor_length",
            "warnings");

    private final String path;
    private final Map<String, @Nullable Object> fields;
    private final Set<String> used = new HashSet<>();

    JsonObject(String path, Map<String, @Nullable Object> fields) {
        this.path = path;
        this.fields = fields;
    }

    boolean has(String key) {
        return fields.get(key) != null;
    }

    private @Nullable Object take(String key) {
        used.add(key);
        return fields.get(key);
    }

    boolean flag(String key, boolean otherwise) {
        Object value = take(key);
        if (value == null) {
            return otherwise;
        }
        if (value instanceof Boolean flag) {
            return flag;
        }
        throw unexpected(key, "true or false", value);
    }

    String text(String key) {
        Object value = take(key);
        if (value instanceof String text) {
            return text;
        }
        throw unexpected(key, "text", value);
    }

    /**
     * Reads an unsigned number of {@code bits} bits, as a number or as text in hexadecimal with 0x; the key is
     * required.
     */
    long number(String key, int bits) {
        Object value = take(key);
        long number = value == null ? -1 : toNumber(value);
        if (number < 0 || number >>> bits != 0) {
            throw unexpected(key, "a number of " + bits + " bits", value);
        }
        return number;
    }

    long number(String key, int bits, long otherwise) {
        return has(key) ? number(key, bits) : otherwise;
    }

    private static long toNumber(Object value) {
        try {
            if (value instanceof BigDecimal decimal) {
                return decimal.longValueExact();
            }
            boolean hex = value instanceof String text && text.matches("0[xX][0-9a-fA-F]{1,15}");
            return hex ? Long.parseLong(value.toString().substring(2), 16) : -1;
        } catch (ArithmeticException | NumberFormatException e) {
            return -1;
        }
    }

    /** Reads {@code KEY_ticks}, or seconds under {@code key}, which must agree; returns ticks of 90 kHz. */
    long ticks(String key, int bits) {
        if (!has(key + "_ticks")) {
            return secondsAsTicks(key, bits);
        }
        long ticks = number(key + "_ticks", bits);
        if (has(key) && secondsAsTicks(key, bits) != ticks) {
            throw unexpected(key, JsonFields.seconds(ticks) + " as in " + key + "_ticks", fields.get(key));
        }
        return ticks;
    }

    private long secondsAsTicks(String key, int bits) {
        Object value = take(key);
        if (value instanceof BigDecimal seconds && isSensible(seconds)) {
            BigDecimal ticks = seconds.multiply(TICKS_PER_SECOND).setScale(0, RoundingMode.HALF_UP);
            if (ticks.toBigInteger().bitLength() <= bits) {
                return ticks.longValueExact();
            }
        }
        throw unexpected(key, "seconds that fit in " + bits + " bits of 90 kHz", value);
    }

    /** Rejects numbers such as 1e999999999 before any arithmetic. */
    private static boolean isSensible(BigDecimal seconds) {
        return seconds.signum() >= 0 && seconds.precision() < 40 && Math.abs(seconds.scale()) < 40;
    }

    JsonObject object(String key) {
        Object value = take(key);
        if (value instanceof JsonObject object) {
            return object;
        }
        throw unexpected(key, "an object", value);
    }

    /** Reads hexadecimal digits, with or without 0x. */
    Bytes hex(String key) {
        String digits = text(key);
        try {
            return Bytes.fromHex(digits);
        } catch (IllegalArgumentException e) {
            throw unexpected(key, "pairs of hexadecimal digits", digits);
        }
    }

    /** Checks a key, if it is given, that repeats the values of other keys. */
    void agrees(String key, int bits, long expected) {
        if (has(key) && number(key, bits) != expected) {
            throw unexpected(key, expected + " as by the other keys", fields.get(key));
        }
    }

    /** Checks like {@link #agrees(String, int, long)}: {@code key} may be absent, but not have another value. */
    void agrees(String key, boolean expected) {
        if (flag(key, expected) != expected) {
            throw unexpected(key, expected + " here", !expected);
        }
    }

    /** Checks the type of values that are computed again, and ignores them. */
    void ignoreNumbers(int bits, String... keys) {
        for (String key : keys) {
            if (has(key)) {
                number(key, bits);
            }
        }
    }

    /** Ignores keys that repeat the information of others. */
    void ignore(String... keys) {
        used.addAll(Arrays.asList(keys));
    }

    /** Throws for the first key, here or below, that was not read, because it is misspelt or contradicts another. */
    void rejectUnused() {
        fields.forEach((key, value) -> {
            if (value != null && !used.contains(key)) {
                throw unexpected(key, "a key that is known here and fits the others", value);
            }
            if (value instanceof JsonObject object && !object.used.isEmpty()) {
                object.rejectUnused();
            } else if (value instanceof List<?> items) {
                for (Object item : items) {
                    if (item instanceof JsonObject object && !object.used.isEmpty()) {
                        object.rejectUnused();
                    }
                }
            }
        });
    }

    /**
     * Throws for the first key that differs from {@code written}, which comes from {@code source}; marks all as read.
     */
    void requireSame(JsonObject written, String source) {
        fields.forEach((key, value) -> {
            used.add(key);
            if (value != null && !COMPUTED.contains(key) && !key.equals(source)) {
                requireSame(path.isEmpty() ? key : path + "." + key, value, written.fields.get(key), source);
            }
        });
    }

    private static void requireSame(String path, @Nullable Object given, @Nullable Object expected, String source) {
        if (given instanceof JsonObject object && expected instanceof JsonObject other) {
            object.requireSame(other, source);
        } else if (given instanceof List<?> items
                && expected instanceof List<?> others
                && items.size() == others.size()) {
            for (int i = 0; i < items.size(); i++) {
                requireSame(path + "[" + i + "]", items.get(i), others.get(i), source);
            }
        } else if (!isSame(given, expected)) {
            String wanted = expected == null ? "nothing" : expected.toString();
            throw new MalformedDataException(
                    path, wanted + ", as in " + source + " (leave one of the two out)", String.valueOf(given));
        }
    }

    private static boolean isSame(@Nullable Object given, @Nullable Object expected) {
        if (given instanceof BigDecimal number && expected instanceof BigDecimal other) {
            return number.compareTo(other) == 0;
        }
        if (given == null || expected == null) {
            return given == expected;
        }
        return toNumber(given) >= 0 ? toNumber(given) == toNumber(expected) : given.equals(expected);
    }

    boolean isObject(String key) {
        return fields.get(key) instanceof JsonObject;
    }

    /** Reads a list of objects; empty if the key is absent. */
    List<JsonObject> objects(String key) {
        List<JsonObject> objects = new ArrayList<>();
        for (Object item : list(key)) {
            if (!(item instanceof JsonObject object)) {
                throw unexpected(key, "a list of objects", item);
            }
            objects.add(object);
        }
        return objects;
    }

    /** Reads a list of numbers from 0 to 255; empty if the key is absent. */
    byte[] octets(String key) {
        List<?> items = list(key);
        byte[] octets = new byte[items.size()];
        for (int i = 0; i < octets.length; i++) {
            Object item = items.get(i);
            long octet = item == null ? -1 : toNumber(item);
            if (octet < 0 || octet >>> 8 != 0) {
                throw unexpected(key, "numbers from 0 to 255", item);
            }
            octets[i] = (byte) octet;
        }
        return octets;
    }

    /** Reads a list of texts and joins them. */
    String joined(String key) {
        StringBuilder text = new StringBuilder();
        for (Object item : list(key)) {
            if (!(item instanceof String part)) {
                throw unexpected(key, "a list of texts", item);
            }
            text.append(part);
        }
        return text.toString();
    }

    /** Throws if {@code key} does not have a list; an empty one is allowed. */
    void requireList(String key) {
        if (!(fields.get(key) instanceof List<?>)) {
            throw unexpected(key, "a list", fields.get(key));
        }
    }

    private List<?> list(String key) {
        Object value = take(key);
        if (value == null) {
            return List.of();
        }
        if (value instanceof List<?> items) {
            return items;
        }
        throw unexpected(key, "a list", value);
    }

    /** Returns the failure of a key with its path. */
    MalformedDataException unexpected(String key, String expected, @Nullable Object value) {
        String below = path.isEmpty() ? key : path + "." + key;
        return new MalformedDataException(below, expected, value == null ? "nothing" : String.valueOf(value));
    }

    @Override
    public String toString() {
        return "an object with " + fields.keySet();
    }
}
