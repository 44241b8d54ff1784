// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The content of a request: an object whose fields are texts and whole numbers. No message quotes a value. */
public final class JsonBody {
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    /** Stands for null. */
    private static final Object NULL = new Object();

    private final Map<String, Object> fields;

    private JsonBody(Map<String, Object> fields) {
        this.fields = fields;
    }

    /**
     * Reads the content of a request.
     *
     * @param known the fields that there may be
     * @throws HttpProblem 400, or 415 where it is not {@code application/json}
     */
    public static JsonBody of(HttpCall call, Set<String> known) {
        ContentType.require(call, ContentType.JSON);
        return read(call, known);
    }

    /**
     * Reads a merge patch of RFC 7396, as {@code application/merge-patch+json} or {@code application/json}.
     *
     * @param known the fields that there may be; each of them may be null
     * @throws HttpProblem 400, or 415 where it is something else
     */
    public static JsonBody patch(HttpCall call, Set<String> known) {
        ContentType.require(call, ContentType.MERGE_PATCH, ContentType.JSON);
        return read(call, known);
    }

    private static JsonBody read(HttpCall call, Set<String> known) {
        try (JsonParser json = FACTORY.createParser(call.body())) {
            return new JsonBody(fields(json, known));
        } catch (JsonProcessingException e) {
            throw new HttpProblem(400, "the content is not JSON, or repeats a field");
        } catch (IOException e) {
            throw new HttpProblem(400, "the content is not UTF-8");
        }
    }

    /** Returns whether the field is there, with a value or null. */
    public boolean has(String name) {
        return fields.containsKey(name);
    }

    /** Returns whether the field is there and null. */
    public boolean isNull(String name) {
        return fields.get(name) == NULL;
    }

    /** Returns a text, null where the field is missing. */
    public @Nullable String text(String name) {
        Object value = fields.get(name);
        if (value != null && !(value instanceof String)) {
            throw new HttpProblem(400, name + " must be a string");
        }
        return (String) value;
    }

    /** Returns a number within a range, {@code standard} where the field is missing. */
    public long number(String name, long min, long max, long standard) {
        Object value = fields.getOrDefault(name, standard);
        if (!(value instanceof Long number) || number < min || number > max) {
            throw new HttpProblem(400, name + " must be a whole number from " + min + " to " + max);
        }
        return number;
    }

    private static Map<String, Object> fields(JsonParser json, Set<String> known) throws IOException {
        Map<String, Object> fields = new LinkedHashMap<>();
        if (json.nextToken() != JsonToken.START_OBJECT) {
            throw new HttpProblem(400, "the content must be an object");
        }
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            if (!known.contains(name)) {
                throw new HttpProblem(400, "unknown field; known fields: " + String.join(", ", known));
            }
            JsonToken token = json.nextToken();
            if (token == JsonToken.VALUE_STRING) {
                fields.put(name, json.getText());
            } else if (token == JsonToken.VALUE_NUMBER_INT) {
                fields.put(name, json.getLongValue());
            } else if (token == JsonToken.VALUE_NULL) {
                fields.put(name, NULL);
            } else {
                throw new HttpProblem(400, name + " must be a string or a whole number");
            }
        }
        if (json.currentToken() != JsonToken.END_OBJECT || json.nextToken() != null) {
            throw new HttpProblem(400, "unexpected content after the object");
        }
        return fields;
    }
}
