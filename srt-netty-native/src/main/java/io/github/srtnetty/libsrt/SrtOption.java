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
 * One socket option of libsrt as data. All code that reads, writes, checks, parses or documents options uses the table
 * {@link SrtOptions}. Immutable.
 *
 * @param <T> the type of the value: {@link Integer}, {@link Long}, {@link Boolean}, {@link String} or an enum
 */
public final class SrtOption<T> {
    /** The time until which an option may be set. */
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

    /** The C type of the value. */
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

    /** Returns the type of the value. */
    public Class<T> type() {
        return type;
    }

    /** Returns the unit of the value; empty if it has none. */
    public String unit() {
        return unit;
    }

    /** Returns until when the option may be set. */
    public When when() {
        return when;
    }

    /** Returns the default in live mode, followed by a slash and the default in file mode if that is different. */
    public String defaults() {
        return defaults;
    }

    /** Returns the allowed values, as text for users. */
    public String range() {
        return range;
    }

    /** Returns whether the option can be read; the passphrase and the transmission type cannot. */
    public boolean isReadable() {
        return readable;
    }

    /** Returns whether the option can ever be set. */
    public boolean isWritable() {
        return when != When.READ_ONLY;
    }

    /** Returns the build feature that the option needs, or null if every library has the option. */
    public @Nullable SrtFeature feature() {
        return feature;
    }

    /** Returns the key in {@code srt://} addresses: the name in lower case without {@code SRTO_}. */
    public String uriKey() {
        return name.substring("SRTO_".length()).toLowerCase(Locale.ROOT);
    }

    /**
     * Checks the type and the range of a value.
     *
     * @throws IllegalArgumentException that names the option, the value and the rule
     */
    public void validate(T value) {
        if (!type.isInstance(value)) {
            throw wrong(value, "must be of type " + type.getSimpleName());
        }
        if (value instanceof Number number && !inRange.test(number.longValue())) {
            throw wrong(value, "must be " + range);
        }
        if (value instanceof String text) {
            validateText(text);
        }
    }

    /**
     * Parses a value as in an {@code srt://} address: decimal numbers, or hexadecimal ones with 0x; flags as 1, yes,
     * on, true or 0, no, off, false; constants of an enum by name or number.
     *
     * @throws IllegalArgumentException that names the option, the value and the rule
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
     * Returns whether the value may be secret: a passphrase, or tokens in a stream id. Errors and logs do not show it.
     */
    public boolean isSecret() {
        return secret;
    }

    /** Returns a value in the form for errors and logs; {@code ***} in place of a secret. */
    public Object shown(Object value) {
        return secret ? "***" : value;
    }

    Encoding encoding() {
        return encoding;
    }

    /** Sets the mapping between libsrt's numbers and the constants of an enum. */
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

    /** Sets the allowed length of a text in bytes of UTF-8; an empty text is always allowed. */
    SrtOption<T> bytes(int low, int high) {
        range = (low > 0 ? "empty or " + low + " to " : "at most ") + high + " bytes";
        inRange = length -> length == 0 || length >= low && length <= high;
        return this;
    }

    /** Sets the longest text in bytes of UTF-8; an empty text is not allowed. */
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
        if (!StandardCharsets.UTF_8
                .newEncoder()
                .canEncode(text)) { // otherwise each would become the same question mark
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
