// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Values of JSON: {@code Map} in the order of the text, {@code List}, {@code String}, {@code Long}, {@code BigInteger},
 * {@code BigDecimal}, {@code Boolean} and null.
 */
public final class JsonTree {
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private JsonTree() {}

    /**
     * Reads a text that is one object.
     *
     * @throws HttpProblem 400 without quoting it
     */
    public static Map<String, @Nullable Object> object(byte[] text) {
        try (JsonParser json = FACTORY.createParser(text)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new HttpProblem(400, "the content must be an object");
            }
            Map<String, @Nullable Object> object = object(json);
            if (json.nextToken() != null) {
                throw new HttpProblem(400, "unexpected content after the object");
            }
            return object;
        } catch (IOException e) {
            throw new HttpProblem(400, "the content is not JSON, or repeats a field");
        }
    }

    /** Reads the members of an object; the parser is at its brace. */
    public static Map<String, @Nullable Object> object(JsonParser json) throws IOException {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            json.nextToken();
            object.put(name, value(json));
        }
        return object;
    }

    /** Returns a value as text in one line, with a space behind each colon and comma. */
    public static String text(@Nullable Object value) {
        if (value instanceof Map<?, ?> object) {
            List<String> members = new ArrayList<>();
            object.forEach((name, inner) -> members.add(text(name) + ": " + text(inner)));
            return "{" + String.join(", ", members) + "}";
        }
        if (value instanceof List<?> list) {
            return "[" + String.join(", ", list.stream().map(JsonTree::text).toList()) + "]";
        }
        return value instanceof String text ? quoted(text) : String.valueOf(value);
    }

    /** Writes a value. */
    public static void write(@Nullable Object value, JsonGenerator json) throws IOException {
        json.writeRawValue(text(value));
    }

    private static @Nullable Object value(JsonParser json) throws IOException {
        return switch (json.currentToken()) {
            case START_OBJECT -> object(json);
            case START_ARRAY -> array(json);
            case VALUE_STRING -> json.getText();
            case VALUE_NUMBER_INT ->
                json.getNumberType() == JsonParser.NumberType.BIG_INTEGER
                        ? json.getBigIntegerValue()
                        : (Object) json.getLongValue();
            case VALUE_NUMBER_FLOAT -> json.getDecimalValue();
            case VALUE_TRUE, VALUE_FALSE -> json.getBooleanValue();
            default -> null;
        };
    }

    private static List<@Nullable Object> array(JsonParser json) throws IOException {
        List<@Nullable Object> array = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            array.add(value(json));
        }
        return array;
    }

    private static String quoted(String text) {
        StringWriter quoted = new StringWriter();
        try (JsonGenerator json = FACTORY.createGenerator(quoted)) {
            json.writeString(text);
        } catch (IOException e) {
            throw new UncheckedIOException("memory cannot fail", e);
        }
        return quoted.toString();
    }
}
