// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.cli;

import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.ITypeConverter;

/** Reads a bit rate in bit/s: 800000, 800k, 5M, 2.5M or 1G, in powers of 1000 as bit rates have them. */
public final class BitRateConverter implements ITypeConverter<Long> {
    private static final Quantity RATE = new Quantity(
            "must be a number of bits per second, for example 800000, 800k or 2.5M",
            0,
            Long.MAX_VALUE,
            "bit/s",
            Map.of("", 1L, "K", 1_000L, "M", 1_000_000L, "G", 1_000_000_000L),
            true);

    @Override
    public Long convert(String text) {
        return RATE.parse(text.toUpperCase(Locale.ROOT));
    }
}
