// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.libsrt;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PeerTextTest {
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "live/a, live/a",
                "Zürich 日本 😀, Zürich 日本 😀",
                "\"a\n2026 FAKE LOG LINE\", a\\n2026 FAKE LOG LINE",
                "\"a\r\tb\", a\\r\\tb",
                "\"a\u0000b\u001b[31m\", a\\u0000b\\u001b[31m",
                "\"a\u009bb\u0085\", a\\u009bb\\u0085",
                "a\u202eb\u2066c\u200bd\ufeff, a\\u202eb\\u2066c\\u200bd\\ufeff",
                "a\u2028b\u2029c, a\\u2028b\\u2029c",
                "a\ud800b, a\\ud800b",
                "a\u3164b\u115fc\ufe0f, a\\u3164b\\u115fc\\ufe0f",
                "a\\nb, a\\\\nb",
            })
    void escapesWhatTerminalsAndLogsObey(String text, String expected) {
        assertThat(PeerText.printable(text)).isEqualTo(expected);
    }

    @Test
    void escapesCharactersOutsideOfTheBasicPlane_asTheirTwoUnits() {
        assertThat(PeerText.printable(new String(Character.toChars(0xE0001)))).isEqualTo("\\udb40\\udc01");
    }
}
