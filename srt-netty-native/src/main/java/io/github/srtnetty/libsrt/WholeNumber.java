// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.libsrt;

import java.math.BigInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads whole numbers of addresses and options: decimal, or hexadecimal behind 0x, with or without a sign. Zeros in
 * front change nothing: 0120 is 120, not the octal 80 of C and of {@link Long#decode}. Only the digits of ASCII count.
 *
 * <p>Internal: it exists for the modules of srt-netty only.
 */
@Internal
public final class WholeNumber {
    private static final Pattern NUMBER = Pattern.compile("([+-]?)(?:0[xX]([0-9a-fA-F]+)|([0-9]+))");
    private static final int DECIMAL = 10;
    private static final int HEXADECIMAL = 16;
    private static final BigInteger MOST = BigInteger.valueOf(Long.MAX_VALUE);
    private static final BigInteger LEAST = BigInteger.valueOf(Long.MIN_VALUE);
    private static final int MOST_DIGITS = 1000; // more cost time, and none is meant

    private WholeNumber() {}

    /** Returns whether a text is a number without a sign. */
    public static boolean isUnsigned(String text) {
        Matcher number = NUMBER.matcher(text);
        return number.matches() && number.group(1).isEmpty();
    }

    /**
     * Returns the number that a text stands for.
     *
     * @throws NumberFormatException when it is none, or not within the range of a long
     */
    public static long parse(String text) {
        BigInteger number = exact(text);
        if (number.bitLength() >= Long.SIZE) {
            throw new NumberFormatException(text);
        }
        return number.longValue();
    }

    /**
     * Returns the number that a text stands for; the nearest one where it is not within the range of a long.
     *
     * @throws NumberFormatException when it is none
     */
    public static long saturated(String text) {
        return exact(text).min(MOST).max(LEAST).longValue();
    }

    private static BigInteger exact(String text) {
        Matcher number = NUMBER.matcher(text);
        if (text.length() > MOST_DIGITS || !number.matches()) {
            throw new NumberFormatException(text);
        }
        String hexadecimal = number.group(2);
        return hexadecimal == null
                ? new BigInteger(number.group(1) + number.group(3), DECIMAL)
                : new BigInteger(number.group(1) + hexadecimal, HEXADECIMAL);
    }
}
