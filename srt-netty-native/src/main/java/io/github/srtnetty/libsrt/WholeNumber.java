// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.libsrt;

import java.math.BigInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads whole numbers in addresses and options: decimal, or hexadecimal after 0x, with or without a sign. Leading zeros
 * are ignored: 0120 is 120, not the octal 80 of C and of {@link Long#decode}. Only ASCII digits are allowed.
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
    private static final int MOST_DIGITS = 1000; // more digits cost time, and no valid number has them

    private WholeNumber() {}

    /** Returns whether a text is a number without a sign. */
    public static boolean isUnsigned(String text) {
        Matcher number = NUMBER.matcher(text);
        return number.matches() && number.group(1).isEmpty();
    }

    /**
     * Returns the number in a text.
     *
     * @throws NumberFormatException when the text is not a number, or is not within the range of a long
     */
    public static long parse(String text) {
        BigInteger number = exact(text);
        if (number.bitLength() >= Long.SIZE) {
            throw new NumberFormatException(text);
        }
        return number.longValue();
    }

    /**
     * Returns the number in a text; the nearest long if it is not within the range of a long.
     *
     * @throws NumberFormatException when the text is not a number
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
