// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenHashTest {
    private static final String TOKEN = "s3cr3t-token-of-a-test";

    @Test
    void matchesItsTokenOnly_alsoWhenReadAgain() {
        TokenHash hash = TokenHash.parse(TokenHash.of(TOKEN).text());

        assertThat(hash.matches(TOKEN)).isTrue();
        assertThat(hash.matches(TOKEN + "x")).isFalse();
        assertThat(hash.text()).doesNotContain(TOKEN);
        assertThat(hash).hasToString("pbkdf2-sha256");
        assertThat(TokenHash.of(TOKEN).text()).as("each has its own salt").isNotEqualTo(hash.text());
    }

    @Test
    void isPbkdf2AsOthersComputeIt() {
        // Python: hashlib.pbkdf2_hmac("sha256", b"s3cr3t-token-of-a-test", bytes(range(16)), 10000)
        TokenHash hash = TokenHash.parse(
                "pbkdf2-sha256:10000:AAECAwQFBgcICQoLDA0ODw:FPn43kRZP4vHzTi9KZnhQM3SrWJgNuWuMr-oR3alz0Q");

        assertThat(hash.matches(TOKEN)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"s3cr3t-short", "s3cr3t with spaces in it", "s3cr3t-umläut-in-it", "s3cr3t=equals=inside="})
    void refusesATokenThatIsShortOrThatAHeaderCannotCarry(String token) {
        assertThatThrownBy(() -> TokenHash.of(token))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("s3cr3t");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "s3cr3t-plain-token",
                "bcrypt:10000:AAECAwQFBgcICQoLDA0ODw:AAAA",
                "pbkdf2-sha256:1:AAECAwQFBgcICQoLDA0ODw:s3cr3t",
                "pbkdf2-sha256:10000:AA:s3cr3t",
                "pbkdf2-sha256:10000:***:s3cr3t",
                "pbkdf2-sha256:99999999999:AAECAwQFBgcICQoLDA0ODw:s3cr3t"
            })
    void refusesATextThatIsNoHash_withoutQuotingIt(String text) {
        assertThatThrownBy(() -> TokenHash.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("s3cr3t");
    }
}
