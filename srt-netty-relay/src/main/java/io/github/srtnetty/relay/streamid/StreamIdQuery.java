// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.streamid;

import io.github.srtnetty.libsrt.SrtRejectReason;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The keys and values after the name in a stream id. Keys are case-insensitive. {@code m} or {@code mode} is the role;
 * {@code s}, {@code token}, {@code secret} (SRS) and {@code pass} (MediaMTX) are the token; {@code u} and {@code user}
 * are the name of the user.
 *
 * @param values by key in lower case
 */
record StreamIdQuery(Map<String, String> values) {
    private static final SrtRejectReason BAD = SrtRejectReason.BAD_REQUEST;
    private static final List<String> MODE_KEYS = List.of("m", "mode");
    private static final List<String> TOKEN_KEYS = List.of("s", "token", "secret", "pass");
    private static final List<String> USER_KEYS = List.of("u", "user");
    private static final int MOST_SHOWN = 20; // longer than every mode and type

    /**
     * Takes pairs as they were written.
     *
     * @throws StreamIdException when a key is there twice
     */
    static StreamIdQuery of(Map<String, String> pairs) throws StreamIdException {
        Map<String, String> values = new HashMap<>();
        for (Map.Entry<String, String> pair : pairs.entrySet()) {
            add(values, pair.getKey(), pair.getValue());
        }
        return new StreamIdQuery(values);
    }

    /**
     * Reads {@code key=value&key=value}; parts that are not pairs are ignored.
     *
     * @throws StreamIdException when a key is there twice, or a part is a role without its key
     */
    static StreamIdQuery parse(String text) throws StreamIdException {
        return parse(text, "&", '=');
    }

    /** As {@link #parse(String)}, with other separators: {@code mode:publish,token:x}. */
    static StreamIdQuery parse(String text, String between, char within) throws StreamIdException {
        Map<String, String> values = new HashMap<>();
        for (String pair : text.split(between)) {
            int separator = pair.indexOf(within);
            if (separator >= 0) {
                add(values, pair.substring(0, separator), pair.substring(separator + 1));
            } else if (isPublish(pair)) {
                throw new StreamIdException(BAD, "publish without a key: write m=publish");
            }
        }
        return new StreamIdQuery(values);
    }

    /** Returns the value of a key, null where it is not there. */
    @Nullable
    String get(String key) {
        return values.get(key);
    }

    /** Returns the token, empty where there is none. */
    String token() {
        return first(TOKEN_KEYS);
    }

    /** Returns the name of the user, empty where there is none. */
    String user() {
        return first(USER_KEYS);
    }

    private String first(List<String> keys) {
        for (String key : keys) {
            String value = values.get(key);
            if (value != null) {
                return value;
            }
        }
        return "";
    }

    /**
     * Returns the role that the mode names, null where there is no mode.
     *
     * @throws StreamIdException with 1405 for a mode that the relay does not serve; with 1400 for two roles, and where
     *     another key says {@code publish}, so that a publisher never becomes a player
     */
    @Nullable
    Role role() throws StreamIdException {
        Role role = null;
        for (String key : MODE_KEYS) {
            String mode = values.get(key);
            if (mode != null) {
                role = agreed(role, roleOf(mode));
            }
        }
        if (role == null && values.values().stream().anyMatch(StreamIdQuery::isPublish)) {
            throw new StreamIdException(BAD, "publish after an unknown key: write m=publish");
        }
        return role;
    }

    /** Returns the role of two that are given; they must be the same. */
    static @Nullable Role agreed(@Nullable Role one, @Nullable Role other) throws StreamIdException {
        if (one != null && other != null && one != other) {
            throw new StreamIdException(BAD, "two roles: " + one + " and " + other);
        }
        return one != null ? one : other;
    }

    private static Role roleOf(String mode) throws StreamIdException {
        return switch (mode.strip().toLowerCase(Locale.ROOT)) {
            case "publish" -> Role.PUBLISH;
            case "request", "play", "read", "subscribe" -> Role.PLAY;
            default ->
                throw new StreamIdException(SrtRejectReason.BAD_MODE, "mode " + shown(mode) + ": publish or request");
        };
    }

    /**
     * Returns the first word of a value, for a log: the rest, as in {@code publish?secret=x}, may be a token.
     */
    static String shown(String value) {
        int end = 0;
        while (end < Math.min(value.length(), MOST_SHOWN) && Character.isLetter(value.charAt(end))) {
            end++;
        }
        return value.substring(0, end) + (end < value.length() ? "..." : "");
    }

    /** Returns whether a text contains the key and value of a token, as a name does if its {@code ?} was forgotten. */
    static boolean hasToken(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        for (String key : TOKEN_KEYS) {
            int at = lower.indexOf(key + "=");
            while (at >= 0) {
                if (at == 0 || !Character.isLetterOrDigit(lower.charAt(at - 1))) {
                    return true;
                }
                at = lower.indexOf(key + "=", at + 1);
            }
        }
        return false;
    }

    private static boolean isPublish(String text) {
        return text.strip().equalsIgnoreCase("publish");
    }

    private static void add(Map<String, String> values, String key, String value) throws StreamIdException {
        String plain = key.strip().toLowerCase(Locale.ROOT);
        if (values.put(plain, value) != null) {
            throw new StreamIdException(BAD, "the key \"" + plain + "\" is given twice");
        }
    }
}
