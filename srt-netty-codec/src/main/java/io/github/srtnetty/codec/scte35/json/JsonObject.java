// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.scte35.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.github.srtnetty.codec.bits.MalformedDataException;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object with the readings that cues need; what does not fit is a {@link MalformedDataException} with the key's
 * name.
 */
final class JsonObject {
    private static final BigDecimal TICKS_PER_SECOND = BigDecimal.valueOf(90_000);
    private static final int MOST_DEPTH = 16;

    private final Map<String, @Nullable Object> fields;

    private JsonObject(Map<String, @Nullable Object> fields) {
        this.fields = fields;
    }

    static JsonObject parse(JsonFactory factory, String text) {
        try (JsonParser parser = factory.createParser(text)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                JsonToken token = parser.currentToken();
                throw new MalformedDataException("JSON", "an object", token == null ? "nothing" : token.toString());
            }
            JsonObject object = object(parser, 0);
            if (parser.nextToken() != null) {
                throw new MalformedDataException("JSON", "nothing behind the object", "more");
            }
            return object;
        } catch (IOException e) {
            String reason =
                    String.valueOf(e.getMessage()).replaceAll("\\[Source: .*?; (line: \\d+, column: \\d+)]", "$1");
            throw new MalformedDataException("JSON", "JSON", reason);
        }
    }

    private static JsonObject object(JsonParser parser, int depth) throws IOException {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String key = parser.currentName();
            parser.nextToken();
            fields.put(key, value(parser, depth + 1));
        }
        return new JsonObject(fields);
    }

    private static @Nullable Object value(JsonParser parser, int depth) throws IOException {
        if (depth > MOST_DEPTH) {
            throw new MalformedDataException("JSON", "at most " + MOST_DEPTH + " levels", "more");
        }
        switch (parser.currentToken()) {
            case START_OBJECT:
                return object(parser, depth);
            case START_ARRAY:
                List<@Nullable Object> items = new ArrayList<>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    items.add(value(parser, depth + 1));
                }
                return items;
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT:
                return number(parser.getText());
            case VALUE_TRUE:
                return Boolean.TRUE;
            case VALUE_FALSE:
                return Boolean.FALSE;
            case VALUE_NULL:
                return null;
            default:
                return parser.getText();
        }
    }

    /** Returns a number, or its text when no cue can mean it. */
    private static Object number(String text) {
        try {
            return text.length() > 32 ? text : new BigDecimal(text);
        } catch (NumberFormatException e) {
            return text;
        }
    }

    boolean has(String key) {
        return fields.get(key) != null;
    }

    boolean flag(String key, boolean otherwise) {
        Object value = fields.get(key);
        if (value == null) {
            return otherwise;
        }
        if (value instanceof Boolean flag) {
            return flag;
        }
        throw unexpected(key, "true or false", value);
    }

    String text(String key) {
        Object value = fields.get(key);
        if (value instanceof String text) {
            return text;
        }
        throw unexpected(key, "text", value);
    }

    /**
     * Reads an unsigned number of {@code bits} bits, as a number or as text in hexadecimal with 0x; it must be there.
     */
    long number(String key, int bits) {
        Object value = fields.get(key);
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
            return value instanceof String text && text.startsWith("0x") ? Long.parseLong(text.substring(2), 16) : -1;
        } catch (ArithmeticException | NumberFormatException e) {
            return -1;
        }
    }

    /** Reads {@code KEY_ticks}, or seconds under {@code key}; returns ticks of 90 kHz. */
    long ticks(String key, int bits) {
        if (has(key + "_ticks")) {
            return number(key + "_ticks", bits);
        }
        Object value = fields.get(key);
        if (value instanceof BigDecimal seconds && isSensible(seconds)) {
            BigDecimal ticks = seconds.multiply(TICKS_PER_SECOND).setScale(0, RoundingMode.HALF_UP);
            if (ticks.toBigInteger().bitLength() <= bits) {
                return ticks.longValueExact();
            }
        }
        throw unexpected(key, "seconds that fit in " + bits + " bits of 90 kHz", value);
    }

    /** Keeps numbers such as 1e999999999 out of the arithmetic. */
    private static boolean isSensible(BigDecimal seconds) {
        return seconds.signum() >= 0 && seconds.precision() < 40 && Math.abs(seconds.scale()) < 40;
    }

    JsonObject object(String key) {
        Object value = fields.get(key);
        if (value instanceof JsonObject object) {
            return object;
        }
        throw unexpected(key, "an object", value);
    }

    boolean isObject(String key) {
        return fields.get(key) instanceof JsonObject;
    }

    /** Reads a list of objects; none when the key is absent. */
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

    /** Reads a list of numbers from 0 to 255; none when the key is absent. */
    byte[] octets(String key) {
        List<?> items = list(key);
        byte[] octets = new byte[items.size()];
        for (int i = 0; i < octets.length; i++) {
            Object item = items.get(i);
            long octet = item == null ? -1 : toNumber(item);
            if (octet >>> 8 != 0) {
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

    private List<?> list(String key) {
        Object value = fields.get(key);
        if (value == null) {
            return List.of();
        }
        if (value instanceof List<?> items) {
            return items;
        }
        throw unexpected(key, "a list", value);
    }

    private static MalformedDataException unexpected(String key, String expected, @Nullable Object value) {
        return new MalformedDataException(key, expected, value == null ? "nothing" : String.valueOf(value));
    }

    @Override
    public String toString() {
        return "object with " + fields.keySet();
    }
}
