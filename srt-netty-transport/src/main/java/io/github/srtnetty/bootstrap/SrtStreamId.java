// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.bootstrap;

import io.github.srtnetty.libsrt.PeerText;
import io.github.srtnetty.libsrt.PercentText;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A stream id in the syntax {@code #!::key=value,key=value} (libsrt's access control guidelines). Standard keys:
 * {@code u} user, {@code r} resource, {@code h} host, {@code s} session, {@code t} type (stream, file, auth), {@code m}
 * mode (request, publish, bidirectional). Unknown keys are kept. The syntax has no escapes: a value holds no comma.
 * Immutable.
 */
public final class SrtStreamId {
    /** The longest stream id, in bytes of UTF-8. */
    public static final int MAX_BYTES = 512;

    private static final String PREFIX = "#!::";

    /** Keys whose values are no secrets in any server's dialect. */
    private static final Set<String> SHOWN_KEYS = Set.of("r", "h", "t", "m", "u");

    private static final Pattern PAIR = Pattern.compile("(^#!::|^|[,&?;])([^=,&?;]*)=([^,&?;]*)");

    /** {@code NAME,mode:publish,token:TOKEN} */
    private static final Pattern COLON_PAIR = Pattern.compile(",([^,:=]*):([^,]*)");

    /** {@code publish/NAME/TOKEN} */
    private static final Pattern SLASHES = Pattern.compile("(?i)(/?(?:publish|play)/[^/?]*/).+");

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
     * Parses an id. The exception does not quote the id, as ids hold tokens.
     *
     * @throws SrtSyntaxException when it does not start with {@code #!::}, holds something that is not key=value, or a
     *     key twice
     */
    public static SrtStreamId parse(String text) {
        Map<String, String> values = new LinkedHashMap<>();
        Problem problem = read(text, values);
        if (problem != null) {
            throw new SrtSyntaxException(
                    "stream id, position " + problem.position + ": " + problem.rule, problem.position);
        }
        return new SrtStreamId(values);
    }

    /**
     * Parses an id, for accept filters: no exception, whatever a caller sent.
     *
     * @return null where {@link #parse} throws
     */
    public static @Nullable SrtStreamId tryParse(String text) {
        Map<String, String> values = new LinkedHashMap<>();
        return read(text, values) == null ? new SrtStreamId(values) : null;
    }

    /**
     * Returns this id with a key set, or set otherwise.
     *
     * @throws IllegalArgumentException when key or value cannot be written, or the whole gets longer than 512 bytes
     */
    public SrtStreamId with(String key, String value) {
        if (key.isEmpty() || key.indexOf('=') >= 0 || key.indexOf(',') >= 0 || value.indexOf(',') >= 0) {
            throw new IllegalArgumentException("stream id, key \"" + PeerText.printable(key)
                    + "\": a key is not empty and has no equals sign, and neither key nor value has a comma");
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

    /** Returns the id as it is sent, with its tokens: not for logs. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(PREFIX);
        values.forEach((key, value) -> text.append(text.length() == PREFIX.length() ? "" : ",")
                .append(key)
                .append('=')
                .append(value));
        return text.toString();
    }

    /**
     * Returns an own stream id, of any syntax, with {@code ***} for what may be a token, not escaped. Of key=value
     * pairs the values of {@code r h t m u} are kept; of other ids the text before a {@code ?} and before a second
     * colon; of {@code NAME,key:value} the value of {@code mode}; of {@code publish/NAME/TOKEN} the name.
     */
    static String mask(String id) {
        String decoded = PercentText.lenientlyDecoded(id);
        String plain = masked(decoded).equals(decoded) ? id : decoded;
        return masked(plain);
    }

    private static String masked(String id) {
        String masked = PAIR.matcher(id)
                .replaceAll(pair -> Matcher.quoteReplacement(
                        SHOWN_KEYS.contains(pair.group(2)) ? pair.group() : pair.group(1) + pair.group(2) + "=***"));
        if (isStandard(id)) {
            return masked;
        }
        int comma = masked.indexOf(',');
        if (comma >= 0 && masked.indexOf(':') > comma) {
            return COLON_PAIR
                    .matcher(masked)
                    .replaceAll(pair -> Matcher.quoteReplacement(
                            pair.group(1).matches("m|mode") ? pair.group() : ',' + pair.group(1) + ":***"));
        }
        Matcher slashes = SLASHES.matcher(masked);
        if (slashes.matches()) {
            return slashes.group(1) + "***";
        }
        int question = masked.indexOf('?');
        int secondColon = masked.indexOf(':', masked.indexOf(':') + 1);
        boolean cut = secondColon >= 0 && secondColon + 1 < masked.length() && (question < 0 || secondColon < question);
        return cut ? masked.substring(0, secondColon + 1) + "***" : masked;
    }

    /** Reads the keys and values; returns what is wrong, null for a right id. */
    private static @Nullable Problem read(String text, Map<String, String> values) {
        if (!isStandard(text)) {
            return new Problem(0, "must start with " + PREFIX);
        }
        int start = PREFIX.length();
        while (start < text.length()) {
            int comma = text.indexOf(',', start);
            int end = comma < 0 ? text.length() : comma;
            int equals = text.indexOf('=', start);
            if (start < end && (equals <= start || equals > end)) {
                return new Problem(start, "must be key=value");
            }
            if (start < end) {
                String key = text.substring(start, equals);
                if (values.put(key, text.substring(equals + 1, end)) != null) {
                    return new Problem(start, "the key \"" + PeerText.printable(key) + "\" is given twice");
                }
            }
            start = end + 1;
        }
        return null;
    }

    private record Problem(int position, String rule) {}
}
