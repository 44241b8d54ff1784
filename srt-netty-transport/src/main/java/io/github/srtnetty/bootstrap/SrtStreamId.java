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
 * A stream id in the syntax {@code #!::key=value,key=value} (libsrt's access control guidelines). Standard keys: {@code
 * u} user, {@code r} resource, {@code h} host, {@code s} session, {@code t} type (stream, file, auth), {@code m} mode
 * (request, publish, bidirectional). Unknown keys are kept. The syntax has no escapes, so a value cannot hold a comma.
 * Immutable.
 */
public final class SrtStreamId {
    /** The longest stream id, in bytes of UTF-8. */
    public static final int MAX_BYTES = 512;

    private static final String PREFIX = "#!::";

    /** Keys whose values are not secret in any known server's syntax. */
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

    /** Returns an id without keys; {@link #with} adds keys. */
    public static SrtStreamId empty() {
        return new SrtStreamId(new LinkedHashMap<>());
    }

    /** Returns whether a text uses this syntax; any other text is a valid stream id too, without keys. */
    public static boolean isStandard(String text) {
        return text.startsWith(PREFIX);
    }

    /**
     * Parses an id. The exception does not quote the id, because ids may hold tokens.
     *
     * @throws SrtSyntaxException when the id does not start with {@code #!::}, has a part that is not key=value, or has
     *     a key twice
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
     * Parses an id that a caller sent, for accept filters. Never throws.
     *
     * @return null where {@link #parse} throws
     */
    public static @Nullable SrtStreamId tryParse(String text) {
        Map<String, String> values = new LinkedHashMap<>();
        return read(text, values) == null ? new SrtStreamId(values) : null;
    }

    /**
     * Returns a copy of this id with a key added or changed.
     *
     * @throws IllegalArgumentException when the key or the value cannot be written, or the id becomes longer than 512
     *     bytes
     */
    public SrtStreamId with(String key, String value) {
        if (key.isEmpty() || key.indexOf('=') >= 0 || key.indexOf(',') >= 0 || value.indexOf(',') >= 0) {
            throw new IllegalArgumentException("stream id, key \"" + PeerText.printable(key)
                    + "\": a key must not be empty or have an equals sign, and neither key nor value may have a comma");
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

    /** Returns the value of a key, or null if the id does not have the key. */
    public @Nullable String get(String key) {
        return values.get(key);
    }

    /** Returns all keys and values in the order of the id. */
    public Map<String, String> values() {
        return values;
    }

    /** Returns {@code u}, the user's name, or null if there is none. */
    public @Nullable String user() {
        return get("u");
    }

    /** Returns {@code r}, the resource, or null if there is none. */
    public @Nullable String resource() {
        return get("r");
    }

    /** Returns {@code h}, the host, or null if there is none. */
    public @Nullable String host() {
        return get("h");
    }

    /** Returns {@code s}, the session, or null if there is none. */
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

    /** Returns the id as it is sent, including tokens. Do not log it. */
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
     * Returns this side's own stream id, of any syntax, with {@code ***} in place of possible tokens; not escaped.
     * Key=value pairs keep the values of {@code r h t m u}, {@code NAME,key:value} keeps the value of {@code mode}, and
     * {@code publish/NAME/TOKEN} keeps the name. Other ids keep the text before a {@code ?} and before a second colon.
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

    /** Reads the keys and values; returns the error, or null if the id is valid. */
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
