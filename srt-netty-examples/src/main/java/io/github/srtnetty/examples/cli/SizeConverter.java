// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.cli;

import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.ITypeConverter;

/** Reads a number of bytes: 1500, 64K, 500M, 2G or 1T, in powers of 1024. */
public final class SizeConverter implements ITypeConverter<Long> {
    private static final Quantity SIZE = new Quantity(
            "must be a number of bytes, for example 1500, 64K, 500M, 2G or 1T",
            0,
            Long.MAX_VALUE,
            "bytes",
            Map.of("", 1L, "K", 1L << 10, "M", 1L << 20, "G", 1L << 30, "T", 1L << 40),
            false);

    @Override
    public Long convert(String text) {
        return SIZE.parse(text.toUpperCase(Locale.ROOT));
    }
}
