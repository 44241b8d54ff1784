// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.edit;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where an object is in a text of JSON with comments.
 *
 * @param start the index of its opening brace
 * @param members its members in their order
 */
record JsonSpan(int start, List<Member> members) {
    /**
     * Where a member is.
     *
     * @param key its name
     * @param nameStart the index of the name's quotation mark
     * @param valueStart the index of the first character of the value
     * @param valueEnd the index behind the last character of the value
     */
    record Member(String key, int nameStart, int valueStart, int valueEnd) {}

    private static final JsonFactory FACTORY =
            JsonFactory.builder().enable(JsonReadFeature.ALLOW_JAVA_COMMENTS).build();

    /** Returns the object under a path of keys, null where there is none. */
    static @Nullable JsonSpan find(String text, List<String> path) throws IOException {
        try (JsonParser json = FACTORY.createParser(text)) {
            return json.nextToken() == JsonToken.START_OBJECT ? find(json, path) : null;
        }
    }

    @Nullable
    Member member(String key) {
        return members.stream()
                .filter(member -> member.key.equals(key))
                .findFirst()
                .orElse(null);
    }

    private static @Nullable JsonSpan find(JsonParser json, List<String> path) throws IOException {
        int start = tokenStart(json);
        List<Member> members = new ArrayList<>();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String key = json.currentName();
            int nameStart = tokenStart(json);
            JsonToken value = json.nextToken();
            if (!path.isEmpty() && key.equals(path.get(0))) {
                return value == JsonToken.START_OBJECT ? find(json, path.subList(1, path.size())) : null;
            }
            int valueStart = tokenStart(json);
            json.skipChildren();
            json.finishToken();
            members.add(new Member(
                    key, nameStart, valueStart, (int) json.currentLocation().getCharOffset()));
        }
        return path.isEmpty() ? new JsonSpan(start, members) : null;
    }

    private static int tokenStart(JsonParser json) {
        return (int) json.currentTokenLocation().getCharOffset();
    }
}
