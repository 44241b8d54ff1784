// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.srtnetty.testing.Peer;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HashTokenTest {
    @Tag("slow")
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            s3cr3t-token-of-16 | 0 | pbkdf2-sha256:100000: | ''
            s3cr3t             | 1 | ''                    | a token has 16 to 256
            ''                 | 1 | ''                    | standard input has no token
            """)
    void printsTheHashOfATokenFromStandardInput_neverTheToken(String token, int code, String output, String error)
            throws Exception {
        print(token, code, output, error, "hash-token");
    }

    @Tag("slow")
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            s3cr3t-token-of-16 | 0 | sha256: | ''
            s3cr3t             | 1 | ''      | a token of a stream needs at least 16
            s3cr3t,token-of-16 | 1 | ''      | a token cannot be sent in every form of a stream id
            """)
    void printsTheHashForAStream(String token, int code, String output, String error) throws Exception {
        print(token, code, output, error, "hash-token", "--stream");
    }

    private static void print(String token, int code, String output, String error, String... command) throws Exception {
        try (Peer program = Cli.start(command)) {
            try (OutputStream input = program.input()) {
                input.write(token.isEmpty() ? new byte[0] : (token + '\n').getBytes(StandardCharsets.UTF_8));
            }
            assertThat(program.awaitExit(Duration.ofSeconds(20))).isEqualTo(code);
            assertThat(new String(program.output(), StandardCharsets.UTF_8))
                    .startsWith(output)
                    .doesNotContain("s3cr3t");
            assertThat(program.errors()).contains(error).doesNotContain("s3cr3t");
        }
    }
}
