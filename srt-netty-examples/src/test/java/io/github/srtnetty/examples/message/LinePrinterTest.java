// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LinePrinterTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "plain text, \u00e4\u4e2d|plain text, \u00e4\u4e2d",
                "a C string\0|a C string",
                "{'path': 'C:\\temp'}|{'path': 'C:\\temp'}",
                "\"two\tcolumns\"|\"two\tcolumns\"",
                "\"one\n2\ttwo\"|\"one\\n2\ttwo\"",
                "\"clear \u001b[2J screen \u009b2J\r\"|\"clear \\u001b[2J screen \\u009b2J\\r\""
            })
    void printsAMessageOnOneLine_withoutCodesForATerminal(String message, String line) {
        assertThat(LinePrinter.text(Unpooled.copiedBuffer(message, StandardCharsets.UTF_8)))
                .isEqualTo(line);
    }
}
