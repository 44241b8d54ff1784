// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.libsrt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WholeNumberTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "0120, 120",
        "09, 9",
        "-010, -10",
        "+7, 7",
        "0x0120, 288",
        "-0xff, -255",
        "9223372036854775807, 9223372036854775807",
        "-9223372036854775808, -9223372036854775808"
    })
    void readsDecimalAndHexadecimalNumbers_neverOctalOnes(String text, long number) {
        assertThat(WholeNumber.parse(text)).isEqualTo(number);
        assertThat(WholeNumber.saturated(text)).isEqualTo(number);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " 1", "1 ", "0x", "x1", "#1", "1e3", "1.0", "--1", "\u0665", "\uff15", "NaN", "0b1", "1_0"})
    void rejectsWhatIsNoNumber(String text) {
        assertThatThrownBy(() -> WholeNumber.parse(text)).isInstanceOf(NumberFormatException.class);
        assertThatThrownBy(() -> WholeNumber.saturated(text)).isInstanceOf(NumberFormatException.class);
        assertThat(WholeNumber.isUnsigned(text)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "9223372036854775808, 9223372036854775807",
        "-9223372036854775809, -9223372036854775808",
        "0xffffffffffffffffff, 9223372036854775807"
    })
    void aNumberThatIsTooLargeIsAnError_orTheNearestOne(String text, long nearest) {
        assertThatThrownBy(() -> WholeNumber.parse(text)).isInstanceOf(NumberFormatException.class);
        assertThat(WholeNumber.saturated(text)).isEqualTo(nearest);
    }
}
