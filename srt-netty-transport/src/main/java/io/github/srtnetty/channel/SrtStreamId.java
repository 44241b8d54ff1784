// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.channel;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A stream id in the syntax {@code #!::key=value,key=value} (libsrt's access control guidelines). Standard keys: {@code u}
 * user, {@code r} resource, {@code h} host, {@code s} session, {@code t} type (stream, file, auth), {@code m} mode (request,
 * publish, bidirectional). Unknown keys are kept. The syntax has no escapes: a value holds no comma. Immutable.
 */
public final class SrtStreamId {
    /** The longest stream id, in bytes of UTF-8. */
    public static final int MAX_BYTES = 512;

    private static final String PREFIX = "#!::";

    private final Map<String, String> values;

    private SrtStreamId(Map<String, String> values) {
        this.values = Collections.unmodifiableMap(values);
    }

    /** Returns an id without keys, to be filled by {@link #with}. */
    public static SrtStreamId empty() {
        return new SrtStreamId(new LinkedHashMap<>());
    }

    /** Returns whether a text uses this syntax; any other text is a valid stream id too, without keys. */
    public static boolean isStandard(String text) {
        return text.startsWith(PREFIX);
    }

    /**
     * Parses an id.
     *
     * @throws IllegalArgumentException when it does not start with {@code #!::}, holds something that is not key=value, or a
     *     key twice
     */
    public static SrtStreamId parse(String text) {
        if (!isStandard(text)) {
            throw new IllegalArgumentException("stream id \"" + text + "\": must start with " + PREFIX);
        }
        Map<String, String> values = new LinkedHashMap<>();
        for (String pair : text.substring(PREFIX.length()).split(",")) {
            if (pair.isEmpty()) {
                continue;
            }
            int equals = pair.indexOf('=');
            if (equals <= 0) {
                throw new IllegalArgumentException("stream id \"" + text + "\": \"" + pair + "\" is not key=value");
            }
            if (values.put(pair.substring(0, equals), pair.substring(equals + 1)) != null) {
                throw new IllegalArgumentException(
                        "stream id \"" + text + "\": the key " + pair.substring(0, equals) + " is given twice");
            }
        }
        return new SrtStreamId(values);
    }

    /**
     * Returns this id with a key set, or set otherwise.
     *
     * @throws IllegalArgumentException when key or value cannot be written, or the whole gets longer than 512 bytes
     */
    public SrtStreamId with(String key, String value) {
        if (key.isEmpty() || key.indexOf('=') >= 0 || key.indexOf(',') >= 0 || value.indexOf(',') >= 0) {
            throw new IllegalArgumentException("stream id key \"" + key + "\", value \"" + value
                    + "\": a key has no equals sign, and neither has a comma");
        }
        Map<String, String> changed = new LinkedHashMap<>(values);
        changed.put(key, value);
        SrtStreamId id = new SrtStreamId(changed);
        int length = id.toString().getBytes(StandardCharsets.UTF_8).length;
        if (length > MAX_BYTES) {
            throw new IllegalArgumentException("stream id of " + length + " bytes: at most " + MAX_BYTES);
        }
        return id;
    }

    /** Returns the value of a key, null where it is not there. */
    public @Nullable String get(String key) {
        return values.get(key);
    }

    /** Returns all keys and values in their order. */
    public Map<String, String> values() {
        return values;
    }

    /** Returns {@code u}, the user's name, null where there is none. */
    public @Nullable String user() {
        return get("u");
    }

    /** Returns {@code r}, the resource, null where there is none. */
    public @Nullable String resource() {
        return get("r");
    }

    /** Returns {@code h}, the host, null where there is none. */
    public @Nullable String host() {
        return get("h");
    }

    /** Returns {@code s}, the session, null where there is none. */
    public @Nullable String session() {
        return get("s");
    }

    /** Returns {@code t}, the type, by default {@code stream}. */
    public String type() {
        return values.getOrDefault("t", "stream");
    }

    /** Returns {@code m}, the mode, by default {@code request}. */
    public String mode() {
        return values.getOrDefault("m", "request");
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SrtStreamId that && values.equals(that.values);
    }

    @Override
    public int hashCode() {
        return values.hashCode();
    }

    /** Returns the id as it is sent. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(PREFIX);
        values.forEach((key, value) -> text.append(text.length() == PREFIX.length() ? "" : ",")
                .append(key)
                .append('=')
                .append(value));
        return text.toString();
    }
}
