// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.api;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.srtnetty.relay.http.HttpAnswer;
import io.github.srtnetty.relay.http.HttpProblem;
import io.github.srtnetty.relay.http.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A part of a list in the order of its keys. The next part begins after the last key of this one, so entries that come
 * and go in between neither repeat nor hide others.
 *
 * @param items the entries of this part
 * @param total the entries of all parts
 * @param next the cursor of the next part, null for the last one
 */
record Page<T>(List<T> items, int total, @Nullable String next) {
    /** The parameters of every list. */
    static final String LIMIT = "limit";

    static final String CURSOR = "cursor";

    static final int DEFAULT_LIMIT = 100;
    static final int MAX_LIMIT = 1000;

    /** Writes an entry. */
    @FunctionalInterface
    interface Writer<T> {
        /** Writes an object with its braces. */
        void write(T item, JsonGenerator json) throws IOException;
    }

    /**
     * Returns the part that a query requests.
     *
     * @throws HttpProblem 400
     */
    static <T> Page<T> of(Collection<T> all, Function<T, String> key, Map<String, String> query) {
        int limit = limit(query.get(LIMIT));
        String cursor = query.get(CURSOR);
        String after = cursor == null ? "" : decoded(cursor);
        List<T> rest = all.stream()
                .filter(item -> key.apply(item).compareTo(after) > 0)
                .sorted(Comparator.comparing(key))
                .limit(limit + 1L)
                .toList();
        return rest.size() <= limit
                ? new Page<>(rest, all.size(), null)
                : new Page<>(rest.subList(0, limit), all.size(), encoded(key.apply(rest.get(limit - 1))));
    }

    /** Returns {@code {"items":[...],"total":n,"next":"..."}}. */
    HttpAnswer answer(Writer<T> writer) {
        return HttpAnswer.json(200, Json.object(json -> {
            json.writeArrayFieldStart("items");
            for (T item : items) {
                writer.write(item, json);
            }
            json.writeEndArray();
            json.writeNumberField("total", total);
            if (next != null) {
                json.writeStringField("next", next);
            }
        }));
    }

    private static int limit(@Nullable String text) {
        if (text == null) {
            return DEFAULT_LIMIT;
        }
        if (!text.matches("[0-9]{1,4}") || Integer.parseInt(text) < 1 || Integer.parseInt(text) > MAX_LIMIT) {
            throw new HttpProblem(400, "limit must be from 1 to " + MAX_LIMIT);
        }
        return Integer.parseInt(text);
    }

    private static String encoded(String key) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(key.getBytes(StandardCharsets.UTF_8));
    }

    private static String decoded(String cursor) {
        try {
            return new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new HttpProblem(400, "cursor must be the value of next in an earlier answer");
        }
    }
}
