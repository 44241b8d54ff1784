// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.libsrt;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The name that was probably meant. */
class SuggestionsTest {
    private static final List<String> NAMES = List.of("send", "receive", "relay", "--bitrate", "--pcr", "scte35");

    @ParameterizedTest
    @CsvSource({
        "sned, send",
        "SEND, send",
        "recieve, receive",
        "rec, receive",
        "relai, relay",
        "--bitrat, --bitrate",
        "-bitrate, --bitrate",
        "bitrate, --bitrate",
        "--prc, --pcr",
        "scte-35, scte35"
    })
    void namesTheNearest(String wrong, String meant) {
        assertThat(Suggestions.nearest(wrong, NAMES)).isEqualTo(meant);
    }

    @ParameterizedTest
    @CsvSource({"''", "x", "--", "frobnicate", "ab"})
    void namesNone_whenNoneIsNear(String wrong) {
        assertThat(Suggestions.nearest(wrong, NAMES)).isNull();
    }
}
