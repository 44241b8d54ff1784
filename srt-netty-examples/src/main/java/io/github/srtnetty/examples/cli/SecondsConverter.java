// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.cli;

import java.util.Map;
import picocli.CommandLine.ITypeConverter;

/** Reads a time in whole seconds: 90, 90s, 2m or 1h. */
public final class SecondsConverter implements ITypeConverter<Integer> {
    private static final Quantity TIME = new Quantity(
            "must be a time in whole seconds, for example 90, 90s, 2m or 1h",
            0,
            Integer.MAX_VALUE,
            "seconds",
            Map.of("", 1L, "s", 1L, "m", 60L, "h", 3600L),
            false);

    @Override
    public Integer convert(String text) {
        return (int) TIME.parse(text);
    }
}
