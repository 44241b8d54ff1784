// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.api;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A JSON merge patch (RFC 7396): null removes a key, an object is merged, anything else replaces the value. */
final class MergePatch {
    private MergePatch() {}

    static Map<String, @Nullable Object> apply(
            Map<String, @Nullable Object> target, Map<String, @Nullable Object> patch) {
        Map<String, @Nullable Object> result = new LinkedHashMap<>(target);
        patch.forEach((key, value) -> {
            if (value == null) {
                result.remove(key);
            } else {
                result.put(key, merged(result.get(key), value));
            }
        });
        return result;
    }

    private static Object merged(@Nullable Object target, Object patch) {
        return patch instanceof Map ? apply(target instanceof Map ? object(target) : Map.of(), object(patch)) : patch;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, @Nullable Object> object(Object value) {
        return (Map<String, @Nullable Object>) value;
    }
}
