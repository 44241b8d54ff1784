// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.api;

import io.github.srtnetty.relay.http.Percent;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A path whose segments are texts or, in braces, variables.
 *
 * @param text the path as the documents show it
 * @param segments between the slashes
 */
record PathTemplate(String text, List<String> segments) {
    static PathTemplate of(String text) {
        return new PathTemplate(text, List.of(text.split("/", -1)));
    }

    /** Returns the variables of a path, decoded; null if the path does not match. A variable is never empty. */
    @Nullable
    Map<String, String> match(String path) {
        String[] given = path.split("/", -1);
        if (given.length != segments.size()) {
            return null;
        }
        Map<String, String> variables = new LinkedHashMap<>();
        for (int i = 0; i < given.length; i++) {
            String segment = segments.get(i);
            if (segment.startsWith("{") && !given[i].isEmpty()) {
                variables.put(segment.substring(1, segment.length() - 1), given[i]);
            } else if (!segment.equals(given[i])) {
                return null;
            }
        }
        variables.replaceAll((name, value) -> Percent.decode(value));
        return variables;
    }
}
