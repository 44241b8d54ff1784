// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.edit;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import io.github.srtnetty.relay.http.JsonTree;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The text of a configuration, with the settings of its streams. Immutable. */
public final class ConfigText {
    private static final String STREAMS = "streams";
    private static final String BYTE_ORDER_MARK = "\uFEFF";
    private static final JsonFactory FACTORY =
            JsonFactory.builder().enable(JsonReadFeature.ALLOW_JAVA_COMMENTS).build();

    private final JsonText json;
    private final boolean marked;

    private ConfigText(JsonText json, boolean marked) {
        this.json = json;
        this.marked = marked;
    }

    /**
     * Takes the content of a file that can be read as a configuration.
     *
     * @throws IOException where it is not UTF-8
     */
    public static ConfigText of(byte[] content) throws IOException {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(content))
                    .toString();
            boolean marked = text.startsWith(BYTE_ORDER_MARK);
            return new ConfigText(new JsonText(marked ? text.substring(1) : text), marked);
        } catch (CharacterCodingException e) {
            throw new IOException("the configuration is not UTF-8", e);
        }
    }

    /** Returns the content of the file. */
    public byte[] content() {
        return ((marked ? BYTE_ORDER_MARK : "") + json.text()).getBytes(StandardCharsets.UTF_8);
    }

    /** Returns the settings of each stream that is listed, by name. */
    public Map<String, Map<String, @Nullable Object>> streams() throws IOException {
        Map<String, Map<String, @Nullable Object>> streams = new TreeMap<>();
        try (JsonParser parser = FACTORY.createParser(json.text())) {
            parser.nextToken();
            if (JsonTree.object(parser).get(STREAMS) instanceof Map<?, ?> listed) {
                listed.forEach((name, settings) -> streams.put((String) name, settings(settings)));
            }
        }
        return streams;
    }

    /** Returns the text with these settings of a stream; everything else stays unchanged. */
    public ConfigText with(String name, Map<String, @Nullable Object> settings) throws IOException {
        JsonText next = json;
        if (JsonSpan.find(next.text(), List.of(STREAMS)) == null) {
            next = next.set(List.of(), STREAMS, "{}");
        }
        Map<String, @Nullable Object> before = streams().get(name);
        if (before == null) {
            return new ConfigText(next.set(List.of(STREAMS), name, JsonTree.text(settings)), marked);
        }
        List<String> path = List.of(STREAMS, name);
        for (String key : before.keySet()) {
            next = settings.containsKey(key) ? next : next.remove(path, key);
        }
        for (Map.Entry<String, @Nullable Object> setting : settings.entrySet()) {
            if (!Objects.equals(before.get(setting.getKey()), setting.getValue())) {
                next = next.set(path, setting.getKey(), JsonTree.text(setting.getValue()));
            }
        }
        return new ConfigText(next, marked);
    }

    /** Returns the text without a stream. */
    public ConfigText without(String name) throws IOException {
        return new ConfigText(json.remove(List.of(STREAMS), name), marked);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, @Nullable Object> settings(@Nullable Object value) {
        return value instanceof Map ? (Map<String, @Nullable Object>) value : Map.of();
    }

    /** Leaves out the text, which holds secrets. */
    @Override
    public String toString() {
        return json.toString();
    }
}
