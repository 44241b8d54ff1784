// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.message;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class MissingMessagesTest {
    private static final int LAST = (1 << 26) - 1;

    @ParameterizedTest
    @CsvSource({"'', 0, 0", "1, 0, 1", "1 2 3, 0, 3", "3, 2, 3", "1 5 6 9, 5, 9", "2 1 4 3, 0, 4", "3 1, 1, 3"})
    void countsTheNumbersThatAreMissing(String numbers, long missing, long sent) {
        MissingMessages messages = new MissingMessages();
        for (String number : numbers.isEmpty() ? new String[0] : numbers.split(" ")) {
            messages.arrived(Integer.parseInt(number));
        }
        assertThat(messages.missing()).isEqualTo(missing);
        assertThat(messages.sent()).isEqualTo(sent);
    }

    @Test
    void countsOnWhereTheNumbersBeginAnew() {
        MissingMessages messages = new MissingMessages();
        for (int number : new int[] {1 << 24, 1 << 25, LAST - 1, 3, 1, LAST}) {
            messages.arrived(number);
        }
        assertThat(messages.sent()).isEqualTo(LAST + 3L);
        assertThat(messages.missing()).isEqualTo(LAST + 3L - 6);
    }
}
