// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.api;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * An OpenAPI 3.1 document, and the part of JSON Schema that ours uses: {@code $ref}, {@code type}, {@code properties},
 * {@code required}, {@code additionalProperties}, {@code items}, {@code enum}, {@code minimum}. A keyword that it does
 * not know is an error, so that nothing is left unchecked.
 */
public final class OpenApiDocument {
    private static final List<String> ANNOTATIONS = List.of("description", "default", "format");

    private final Map<String, Object> root;

    public OpenApiDocument(String text) throws IOException {
        root = object(parse(text));
    }

    /** Returns "METHOD path [parameters of the query]" for each operation. */
    public List<String> operations() {
        List<String> all = new ArrayList<>();
        object(root.get("paths"))
                .forEach((path, methods) -> object(methods)
                        .forEach((method, operation) ->
                                all.add(method.toUpperCase() + " " + path + " " + parameters(object(operation)))));
        return all;
    }

    /** Returns what is wrong with an answer, empty where nothing is. */
    public List<String> complaints(String method, String path, int status, String contentType, String body)
            throws IOException {
        Map<String, Object> operation =
                object(object(object(root.get("paths")).get(path)).get(method.toLowerCase()));
        Map<String, Object> response = object(object(operation.get("responses")).get(String.valueOf(status)));
        if (response.isEmpty()) {
            return List.of("the document has no answer " + status);
        }
        Map<String, Object> content = object(response.get("content"));
        if (content.isEmpty()) {
            return body.isEmpty() ? List.of() : List.of("has content");
        }
        Map<String, Object> type = object(content.get(contentType));
        if (type.isEmpty()) {
            return List.of("the document has no content " + contentType);
        }
        List<String> complaints = new ArrayList<>();
        check("", contentType.endsWith("json") ? parse(body) : body, object(type.get("schema")), complaints);
        return complaints;
    }

    private void check(String where, Object value, Map<String, Object> schema, List<String> complaints) {
        schema.forEach((keyword, wanted) -> {
            switch (keyword) {
                case "$ref" -> check(where, value, resolved((String) wanted), complaints);
                case "type" -> require(isType(value, (String) wanted), where + " is no " + wanted, complaints);
                case "enum" -> require(((List<?>) wanted).contains(value), where + " is not in " + wanted, complaints);
                case "minimum" ->
                    require(
                            ((Number) value).doubleValue() >= ((Number) wanted).doubleValue(),
                            where + " is less than " + wanted,
                            complaints);
                case "maximum" ->
                    require(
                            ((Number) value).doubleValue() <= ((Number) wanted).doubleValue(),
                            where + " is more than " + wanted,
                            complaints);
                case "required" ->
                    ((List<?>) wanted)
                            .forEach(name -> require(
                                    object(value).containsKey(name), where + "/" + name + " is missing", complaints));
                case "properties" ->
                    object(wanted).forEach((name, inner) -> {
                        if (object(value).containsKey(name)) {
                            check(where + "/" + name, object(value).get(name), object(inner), complaints);
                        }
                    });
                case "additionalProperties" ->
                    object(value)
                            .keySet()
                            .forEach(name -> require(
                                    object(schema.get("properties")).containsKey(name),
                                    where + "/" + name + " is unknown",
                                    complaints));
                case "items" ->
                    ((List<?>) value).forEach(item -> check(where + "/-", item, object(wanted), complaints));
                default -> require(ANNOTATIONS.contains(keyword), "unknown keyword " + keyword, complaints);
            }
        });
    }

    private Map<String, Object> resolved(String reference) {
        Map<String, Object> found = root;
        for (String name : reference.substring(2).split("/")) {
            found = object(found.get(name));
        }
        return found;
    }

    private static void require(boolean holds, String complaint, List<String> complaints) {
        if (!holds) {
            complaints.add(complaint);
        }
    }

    private static boolean isType(Object value, String type) {
        return switch (type) {
            case "object" -> value instanceof Map;
            case "array" -> value instanceof List;
            case "string" -> value instanceof String;
            case "boolean" -> value instanceof Boolean;
            case "integer" -> value instanceof Long;
            case "number" -> value instanceof Number;
            default -> false;
        };
    }

    private static TreeSet<String> parameters(Map<String, Object> operation) {
        TreeSet<String> names = new TreeSet<>();
        if (operation.get("parameters") instanceof List<?> list) {
            list.stream()
                    .map(OpenApiDocument::object)
                    .filter(parameter -> "query".equals(parameter.get("in")))
                    .forEach(parameter -> names.add((String) parameter.get("name")));
        }
        return names;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> object(Object value) {
        return value instanceof Map ? (Map<String, Object>) value : Map.of();
    }

    private static Object parse(String text) throws IOException {
        try (JsonParser json = new JsonFactory().createParser(text)) {
            json.nextToken();
            return value(json);
        }
    }

    private static Object value(JsonParser json) throws IOException {
        switch (json.currentToken()) {
            case START_OBJECT -> {
                Map<String, Object> object = new LinkedHashMap<>();
                while (json.nextToken() == JsonToken.FIELD_NAME) {
                    String name = json.currentName();
                    json.nextToken();
                    object.put(name, value(json));
                }
                return object;
            }
            case START_ARRAY -> {
                List<Object> array = new ArrayList<>();
                while (json.nextToken() != JsonToken.END_ARRAY) {
                    array.add(value(json));
                }
                return array;
            }
            case VALUE_NUMBER_INT -> {
                return json.getLongValue();
            }
            case VALUE_NUMBER_FLOAT -> {
                return json.getDoubleValue();
            }
            case VALUE_TRUE, VALUE_FALSE -> {
                return json.getBooleanValue();
            }
            default -> {
                return json.getText();
            }
        }
    }
}
