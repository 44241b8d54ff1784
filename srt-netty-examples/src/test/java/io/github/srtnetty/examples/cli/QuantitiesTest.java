// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

/** Sizes, bit rates and times as people write them. */
class QuantitiesTest {
    @ParameterizedTest
    @CsvSource({"0, 0", "1500, 1500", "64K, 65536", "5m, 5242880", "2G, 2147483648", "1T, 1099511627776"})
    void readsSizes(String text, long bytes) {
        assertThat(new SizeConverter().convert(text)).isEqualTo(bytes);
    }

    @ParameterizedTest
    @CsvSource({"800000, 800000", "800k, 800000", "5M, 5000000", "2.5M, 2500000", "1G, 1000000000", "0.5k, 500"})
    void readsBitRates(String text, long bitsPerSecond) {
        assertThat(new BitRateConverter().convert(text)).isEqualTo(bitsPerSecond);
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "90, 90", "5s, 5", "2m, 120", "1h, 3600", "2147483647, 2147483647"})
    void readsTimes(String text, int seconds) {
        assertThat(new SecondsConverter().convert(text)).isEqualTo(seconds);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            2147483648s          | is not between 0 and 2147483647 seconds
            9999999999h          | is not between 0 and 2147483647 seconds
            99999999999999999999 | is not between 0 and 2147483647 seconds
            1e999                | must be a time in whole seconds, for example 90, 90s, 2m or 1h
            Infinity             | must be a time in whole seconds, for example 90, 90s, 2m or 1h
            \uff15               | must be a time in whole seconds, for example 90, 90s, 2m or 1h
            """)
    void saysWhetherATimeIsOutOfRange_orNone(String text, String message) {
        assertThatThrownBy(() -> new SecondsConverter().convert(text)).hasMessage(message);
    }

    @Test
    void saysTheRangeInTheSameWordsForAll() {
        String huge = "9".repeat(30);
        String most = String.valueOf(Long.MAX_VALUE);
        assertThatThrownBy(() -> new SizeConverter().convert(huge))
                .hasMessage("is not between 0 and " + most + " bytes");
        assertThatThrownBy(() -> new BitRateConverter().convert(huge))
                .hasMessage("is not between 0 and " + most + " bit/s");
        assertThatThrownBy(() -> Quantity.number(-5, 5).parse("-6")).hasMessage("is not between -5 and 5");
        assertThatThrownBy(() -> Quantity.number(-5, 5).parse("\u0665")).hasMessage("must be a whole number");
        assertThat(Quantity.number(-5, 5).parse("-05")).isEqualTo(-5);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "5X", "5 M", "M", "1.5K", "99999999T", "0x10", "\u0665"})
    void refusesOtherSizes(String text) {
        assertThatThrownBy(() -> new SizeConverter().convert(text)).isInstanceOf(TypeConversionException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-1",
                "5X",
                "M",
                "1.5",
                ".5M",
                "999999999999999G",
                "1e6",
                "1e999",
                "NaN",
                "Infinity",
                "\uff15"
            })
    void refusesOtherBitRates(String text) {
        assertThatThrownBy(() -> new BitRateConverter().convert(text)).isInstanceOf(TypeConversionException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "5x", "1.5s", "500ms", "2147483648", "9999999999h", "\u0665"})
    void refusesOtherTimes(String text) {
        assertThatThrownBy(() -> new SecondsConverter().convert(text)).isInstanceOf(TypeConversionException.class);
    }
}
