// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.libsrt;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.function.LongPredicate;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * One socket option of libsrt as data: everything that reads, writes, checks, parses or documents options loops over
 * {@link SrtOptions}. Immutable.
 *
 * @param <T> {@link Integer}, {@link Long}, {@link Boolean}, {@link String} or an enum
 */
public final class SrtOption<T> {
    /** Until when an option may be set. */
    public enum When {
        /** Before the socket is bound, or connected without a bind. */
        PRE_BIND("before bind"),
        /** Before the socket listens or connects. */
        PRE_CONNECT("before connect or listen"),
        /** Also on a connected socket. */
        ANY_TIME("at any time"),
        /** Never: it can only be read. */
        READ_ONLY("never: it is read-only");

        private final String text;

        When(String text) {
            this.text = text;
        }

        @Override
        public String toString() {
            return text;
        }
    }

    /** How the C side stores the value. */
    enum Encoding {
        INT32,
        INT64,
        BOOL,
        STRING,
        LINGER,
        ENUM
    }

    private final String name;
    private final int number;
    private final Class<T> type;
    private final Encoding encoding;
    private final When when;
    private final String unit;
    private final String defaults;
    private String range = "";
    private LongPredicate inRange = value -> true;
    private @Nullable Set<String> allowed;
    private @Nullable IntFunction<T> fromCode;
    private @Nullable ToIntFunction<T> toCode;
    private boolean readable = true;
    private boolean secret;
    private @Nullable SrtFeature feature;

    SrtOption(String name, int number, Class<T> type, Encoding encoding, When when, String unit, String defaults) {
        this.name = name;
        this.number = number;
        this.type = type;
        this.encoding = encoding;
        this.when = when;
        this.unit = unit;
        this.defaults = defaults;
    }

    /** Returns the C name, for example {@code SRTO_LATENCY}. */
    public String name() {
        return name;
    }

    /** Returns the number in {@code SRT_SOCKOPT}. */
    public int number() {
        return number;
    }

    /** Returns the type of its values. */
    public Class<T> type() {
        return type;
    }

    /** Returns the unit of its values, empty where they have none. */
    public String unit() {
        return unit;
    }

    /** Returns until when it may be set. */
    public When when() {
        return when;
    }

    /** Returns the default in live mode, and after a slash that in file mode where it differs. */
    public String defaults() {
        return defaults;
    }

    /** Returns the values that it takes, in words. */
    public String range() {
        return range;
    }

    /** Returns whether it can be read; the passphrase and the transmission type cannot. */
    public boolean isReadable() {
        return readable;
    }

    /** Returns whether it can ever be set. */
    public boolean isWritable() {
        return when != When.READ_ONLY;
    }

    /** Returns what the library must have been built with to know it, null for an option of every library. */
    public @Nullable SrtFeature feature() {
        return feature;
    }

    /** Returns its key in {@code srt://} addresses: the name in lower case without {@code SRTO_}. */
    public String uriKey() {
        return name.substring("SRTO_".length()).toLowerCase(Locale.ROOT);
    }

    /**
     * Checks a value against type and range.
     *
     * @throws IllegalArgumentException that names option, value and rule
     */
    public void validate(T value) {
        if (!type.isInstance(value)) {
            throw wrong(value, "wants a value of type " + type.getSimpleName());
        }
        if (value instanceof Number number && !inRange.test(number.longValue())) {
            throw wrong(value, "must be " + range);
        }
        if (value instanceof String text) {
            validateText(text);
        }
    }

    /**
     * Parses a value as in an {@code srt://} address: numbers in decimal, or with 0x hexadecimal, flags
     * as 1, yes, on, true and their opposites, constants of an enum by name or number.
     *
     * @throws IllegalArgumentException that names option, value and rule
     */
    public T parse(String text) {
        Object value;
        try {
            value = switch (encoding) {
                case BOOL -> parseFlag(text);
                case INT32, LINGER -> parseInt(text);
                case INT64 -> WholeNumber.parse(text);
                case STRING -> text;
                case ENUM -> parseName(text);
            };
        } catch (NumberFormatException e) {
            throw wrong(text, "must be " + (range.isEmpty() ? "a number" : range));
        }
        T typed = type.cast(value);
        validate(typed);
        return typed;
    }

    @Override
    public String toString() {
        return name;
    }

    /**
     * Returns whether its values hold secrets, a passphrase or the tokens of a stream id, which errors and logs never
     * show.
     */
    public boolean isSecret() {
        return secret;
    }

    /** Returns a value as errors and logs may show it. */
    public Object shown(Object value) {
        return secret ? "***" : value;
    }

    Encoding encoding() {
        return encoding;
    }

    /** Returns how libsrt's numbers and the constants of an enum relate. */
    SrtOption<T> coded(IntFunction<T> decode, ToIntFunction<T> encode) {
        fromCode = decode;
        toCode = encode;
        return this;
    }

    T decode(int code) {
        return Objects.requireNonNull(fromCode).apply(code);
    }

    int encode(Object value) {
        return Objects.requireNonNull(toCode).applyAsInt(type.cast(value));
    }

    SrtOption<T> atLeast(long low) {
        range = low + " or more";
        inRange = value -> value >= low;
        return this;
    }

    SrtOption<T> between(long low, long high) {
        range = low + " to " + high;
        inRange = value -> value >= low && value <= high;
        return this;
    }

    SrtOption<T> range(String text, LongPredicate test) {
        range = text;
        inRange = test;
        return this;
    }

    /** Returns the length in bytes of UTF-8 that a text may have; empty is always allowed. */
    SrtOption<T> bytes(int low, int high) {
        range = (low > 0 ? "empty or " + low + " to " : "at most ") + high + " bytes";
        inRange = length -> length == 0 || length >= low && length <= high;
        return this;
    }

    /** Does the same as {@link #bytes}, but never empty. */
    SrtOption<T> filledBytes(int high) {
        range = "1 to " + high + " bytes";
        inRange = length -> length >= 1 && length <= high;
        return this;
    }

    SrtOption<T> oneOf(String... values) {
        allowed = Set.of(values);
        range = String.join(" or ", values);
        return this;
    }

    SrtOption<T> writeOnly() {
        readable = false;
        return this;
    }

    SrtOption<T> secret() {
        secret = true;
        return this;
    }

    SrtOption<T> needs(SrtFeature needed) {
        feature = needed;
        return this;
    }

    private void validateText(String text) {
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) { // or each would become the same question mark
            throw new IllegalArgumentException(name + ": has a lone surrogate");
        }
        int length = text.getBytes(StandardCharsets.UTF_8).length;
        if (!inRange.test(length)) {
            throw new IllegalArgumentException(name + ": must be " + range + ", this has " + length);
        }
        if (allowed != null && !allowed.contains(text)) {
            throw wrong(text, "must be " + range);
        }
        if (text.indexOf('\0') >= 0) {
            throw new IllegalArgumentException(name + ": must not hold a zero byte");
        }
    }

    private IllegalArgumentException wrong(Object value, String rule) {
        String unitText = unit.isEmpty() ? "" : " (" + unit + ")";
        return new IllegalArgumentException(name + "=" + shown(value) + ": " + rule + unitText);
    }

    private static Integer parseInt(String text) {
        long value = WholeNumber.parse(text);
        if (value < Integer.MIN_VALUE || value > Integer.MAX_VALUE) {
            throw new NumberFormatException(text);
        }
        return (int) value;
    }

    /** Parses the name of a constant in any case, or its number. */
    private T parseName(String text) {
        for (T constant : type.getEnumConstants()) {
            if (constant.toString().equalsIgnoreCase(text)
                    || Integer.toString(encode(constant)).equals(text)) {
                return constant;
            }
        }
        throw wrong(text, "must be " + range.toLowerCase(Locale.ROOT));
    }

    private Boolean parseFlag(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "1", "yes", "on", "true" -> true;
            case "0", "no", "off", "false" -> false;
            default -> throw wrong(text, "must be 1, yes, on, true, 0, no, off or false");
        };
    }
}
