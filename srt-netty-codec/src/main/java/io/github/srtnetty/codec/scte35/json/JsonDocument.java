// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.scte35.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.github.srtnetty.codec.bits.MalformedDataException;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads JSON into objects; invalid JSON is a {@link MalformedDataException} with line and column. */
final class JsonDocument {
    private static final int MOST_DEPTH = 16;

    private JsonDocument() {}

    /** Returns the one object of a text. */
    static JsonObject parse(String text) {
        try (JsonParser parser = Jackson.factory().createParser(text)) {
            JsonObject object = root(parser, parser.nextToken(), "");
            if (parser.nextToken() != null) {
                throw new MalformedDataException("JSON", "nothing behind the object", "more");
            }
            return object;
        } catch (IOException e) {
            throw noJson(e);
        }
    }

    /** Returns the objects of a text: consecutive ones, or those of an array. */
    static List<JsonObject> parseAll(String text) {
        List<JsonObject> objects = new ArrayList<>();
        boolean array = false;
        try (JsonParser parser = Jackson.factory().createParser(text)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token == JsonToken.START_ARRAY && objects.isEmpty() && !array) {
                    array = true;
                } else if (token != JsonToken.END_ARRAY) {
                    objects.add(root(parser, token, objects.isEmpty() && !array ? "" : "[" + objects.size() + "]"));
                }
            }
        } catch (IOException e) {
            throw noJson(e);
        }
        if (objects.isEmpty() && !array) {
            throw new MalformedDataException("JSON", "an object", "nothing");
        }
        return objects;
    }

    private static JsonObject root(JsonParser parser, @Nullable JsonToken token, String path) throws IOException {
        if (token != JsonToken.START_OBJECT) {
            throw new MalformedDataException("JSON", "an object", token == null ? "nothing" : token.toString());
        }
        return object(parser, path, 0);
    }

    private static MalformedDataException noJson(IOException cause) {
        String reason =
                String.valueOf(cause.getMessage()).replaceAll("\\[Source: .*?; (line: \\d+, column: \\d+)]", "$1");
        return new MalformedDataException("JSON", "JSON", reason);
    }

    private static JsonObject object(JsonParser parser, String path, int depth) throws IOException {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String key = parser.currentName();
            parser.nextToken();
            String below = path.isEmpty() ? key : path + "." + key;
            if (fields.containsKey(key)) {
                throw new MalformedDataException(below, "each key once", "it twice");
            }
            fields.put(key, value(parser, below, depth + 1));
        }
        return new JsonObject(path, fields);
    }

    private static @Nullable Object value(JsonParser parser, String path, int depth) throws IOException {
        if (depth > MOST_DEPTH) {
            throw new MalformedDataException("JSON", "at most " + MOST_DEPTH + " levels", "more");
        }
        switch (parser.currentToken()) {
            case START_OBJECT:
                return object(parser, path, depth);
            case START_ARRAY:
                List<@Nullable Object> items = new ArrayList<>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    items.add(value(parser, path + "[" + items.size() + "]", depth + 1));
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

    /** Returns a number, or its text if the number is not valid in any cue. */
    private static Object number(String text) {
        try {
            return text.length() > 32 ? text : new BigDecimal(text);
        } catch (NumberFormatException e) {
            return text;
        }
    }
}
