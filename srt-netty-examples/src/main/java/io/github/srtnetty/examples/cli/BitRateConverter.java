// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.cli;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a bit rate in bit/s: 800000, 800k, 5M, 2.5M or 1G, in powers of 1000 as bit rates have them. */
public final class BitRateConverter implements ITypeConverter<Long> {
    private static final Pattern RATE =
            Pattern.compile("(\\d{1,15}(?:\\.\\d{1,9})?)([KMG]?)", Pattern.CASE_INSENSITIVE);
    private static final String UNITS = "KMG";
    private static final int POWER = 3;

    @Override
    public Long convert(String text) {
        Matcher rate = RATE.matcher(text);
        if (!rate.matches()) {
            throw new TypeConversionException("must be a number of bits a second, for example 800000, 800k or 2.5M");
        }
        String unit = rate.group(2).toUpperCase(Locale.ROOT);
        int zeros = unit.isEmpty() ? 0 : POWER * (UNITS.indexOf(unit) + 1);
        try {
            return new BigDecimal(rate.group(1)).scaleByPowerOfTen(zeros).longValueExact();
        } catch (ArithmeticException e) {
            throw new TypeConversionException("must be a whole number of bits a second, less than 2^63");
        }
    }
}
