// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.cli;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.TypeConversionException;

/**
 * Reads the numbers of arguments, with or without a unit, and checks their range. Only ASCII digits are accepted,
 * without exponents.
 *
 * @param rule the rule for the value, as in a message
 * @param least the smallest value
 * @param most the largest value
 * @param unit what a message calls the unit of the range, empty for none
 * @param factors the units that may follow the number, the empty one among them where it may stand alone
 * @param fractions whether the number may have decimals, as long as the value is whole
 */
record Quantity(String rule, long least, long most, String unit, Map<String, Long> factors, boolean fractions) {
    private static final Pattern FORM = Pattern.compile("([+-]?[0-9]{1,1000}(\\.[0-9]{1,1000})?)([A-Za-z]*)");
    private static final Map<String, Long> NO_UNIT = Map.of("", 1L);

    static Quantity number(long least, long most) {
        return new Quantity("must be a whole number", least, most, "", NO_UNIT, false);
    }

    /**
     * Returns the value of a text.
     *
     * @throws TypeConversionException when it is none, or out of range
     */
    long parse(String text) {
        Matcher form = FORM.matcher(text);
        Long factor = form.matches() ? factors.get(form.group(3)) : null;
        boolean signed = text.startsWith("-") || text.startsWith("+");
        if (factor == null || signed && least >= 0 || form.group(2) != null && !fractions) {
            throw new TypeConversionException(rule);
        }
        BigDecimal value = new BigDecimal(form.group(1)).multiply(BigDecimal.valueOf(factor));
        if (value.compareTo(BigDecimal.valueOf(least)) < 0 || value.compareTo(BigDecimal.valueOf(most)) > 0) {
            String of = unit.isEmpty() ? "" : " " + unit;
            throw new TypeConversionException("is not between " + least + " and " + most + of);
        }
        try {
            return value.setScale(0, RoundingMode.UNNECESSARY).longValueExact();
        } catch (ArithmeticException e) {
            throw new TypeConversionException(rule);
        }
    }
}
