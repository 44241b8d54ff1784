// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ByteLinesTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', ignoreLeadingAndTrailingWhitespace = false, textBlock = """
            ''|
            a|a
            a_|a
            a_b|a,b
            a_b_|a,b
            __|,
            a^_b^_|a,b
            a^b|a^b
            a_b^|a,b^
            a^^_b|a^,b
            \u00e9\u00ff_\u0001|\u00e9\u00ff,\u0001
            """)
    void cutsLinesAndKeepsTheirBytes(String input, String lines) throws IOException {
        String text = input.replace('_', '\n').replace('^', '\r');
        String wanted = lines == null ? null : lines.replace('^', '\r');
        assertThat(read(text)).isEqualTo(wanted == null ? List.of() : List.of(wanted.split(",", -1)));
    }

    @Test
    void aLineThatIsTooLongIsAnError() throws IOException {
        byte[] bytes = "abcd\nabcde\n".getBytes(StandardCharsets.ISO_8859_1);
        ByteLines lines = new ByteLines(new ByteArrayInputStream(bytes), 4);
        assertThat(lines.next()).hasSize(4);
        assertThatThrownBy(lines::next).isInstanceOf(IOException.class).hasMessage("a line is longer than 4 bytes");
    }

    private static List<String> read(String text) throws IOException {
        ByteLines lines = new ByteLines(new ByteArrayInputStream(text.getBytes(StandardCharsets.ISO_8859_1)));
        List<String> all = new ArrayList<>();
        for (byte[] line = lines.next(); line != null; line = lines.next()) {
            all.add(new String(line, StandardCharsets.ISO_8859_1));
        }
        return all;
    }
}
