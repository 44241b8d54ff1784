// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.bootstrap;

import io.github.srtnetty.libsrt.SrtOption;
import io.github.srtnetty.libsrt.SrtOptions;
import io.github.srtnetty.libsrt.WholeNumber;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Values of options in {@code srt://} addresses. All methods throw {@link IllegalArgumentException} with the rule. */
final class SrtUriValue {
    private static final Pattern TIME = Pattern.compile("([+-]?(?:0[xX][0-9a-fA-F]+|[0-9]+))(us|ms|s)?");
    private static final int MICROS_PER_MILLI = 1000;
    private static final int MILLIS_PER_SECOND = 1000;

    private SrtUriValue() {}

    /** Reads the value of an option; times may have a unit. */
    static <T> T parse(SrtOption<T> option, String value) {
        if (option == SrtOptions.SRTO_SNDSYN || option == SrtOptions.SRTO_RCVSYN) {
            requireFalse(value);
        }
        return option.parse(option.unit().equals("ms") ? inMillis(option, value) : value);
    }

    static SrtConnectionMode mode(String value) {
        return switch (value) {
            case "caller", "client" -> SrtConnectionMode.CALLER;
            case "listener", "server" -> SrtConnectionMode.LISTENER;
            case "rendezvous" -> SrtConnectionMode.RENDEZVOUS;
            default -> throw new IllegalArgumentException("must be caller, listener or rendezvous");
        };
    }

    /** Rejects a value that would make an event loop block. */
    static void requireFalse(String value) {
        if (!value.equals("0") && !value.equals("no") && !value.equals("off") && !value.equals("false")) {
            throw new IllegalArgumentException("an event loop must not block");
        }
    }

    /** Returns the number of milliseconds: {@code 200ms}, {@code 200000us}, {@code 2s}. */
    private static String inMillis(SrtOption<?> option, String value) {
        Matcher time = TIME.matcher(value);
        try {
            if (time.matches()) {
                long number = WholeNumber.parse(time.group(1));
                String unit = time.group(2);
                if ("us".equals(unit) && number % MICROS_PER_MILLI == 0) {
                    return Long.toString(number / MICROS_PER_MILLI);
                }
                if (!"us".equals(unit)) {
                    return Long.toString("s".equals(unit) ? Math.multiplyExact(number, MILLIS_PER_SECOND) : number);
                }
            }
        } catch (ArithmeticException | NumberFormatException e) {
            throw new IllegalArgumentException("must be " + option.range() + " (ms)", e);
        }
        throw new IllegalArgumentException("must be a whole number of milliseconds, " + option.range()
                + "; examples: 1500, 1500ms, 1500000us, 2s");
    }
}
