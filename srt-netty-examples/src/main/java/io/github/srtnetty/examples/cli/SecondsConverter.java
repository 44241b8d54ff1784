// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.cli;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a time in whole seconds: 90, 90s, 2m or 1h. */
public final class SecondsConverter implements ITypeConverter<Integer> {
    private static final Pattern TIME = Pattern.compile("(\\d{1,10})([smh]?)");
    private static final Map<String, Integer> UNITS = Map.of("", 1, "s", 1, "m", 60, "h", 3600);

    @Override
    public Integer convert(String text) {
        Matcher time = TIME.matcher(text);
        Integer unit = time.matches() ? UNITS.get(time.group(2)) : null;
        if (unit == null) {
            throw new TypeConversionException("must be a time in whole seconds, for example 90, 90s, 2m or 1h");
        }
        long seconds = Long.parseLong(time.group(1)) * unit;
        if (seconds > Integer.MAX_VALUE) {
            throw new TypeConversionException("must be less than 2^31 seconds");
        }
        return (int) seconds;
    }
}
