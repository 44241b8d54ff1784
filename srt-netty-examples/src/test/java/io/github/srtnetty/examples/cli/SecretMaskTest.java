// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxy;
import java.nio.file.NoSuchFileException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No message shows a secret, whatever the address looks like. */
class SecretMaskTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "srt://h:1?passphrase=topsecret123",
                "SRT://h:1?Passphrase=topsecret123",
                "srt:/h:1?passphrase=topsecret123",
                "srt://h:1?%70assphrase=topsecret123",
                "srt://h:1?pass=topsecret123",
                "srt://user:topsecret123@h:1",
                "srt://h:1?streamid=publish:cam:user:topsecret123",
                "srt://h:1?streamid=publish/cam/topsecret123",
                "udp://h:1?passphrase=topsecret123",
                "udp://h:1?%50ASS=topsecret123",
                "udp://user:topsecret123@h:1",
                "http://user:topsecret123@h/x?token=topsecret123",
                "h:1?secret=topsecret123",
                "passphrase=topsecret123"
            })
    void masksASecret(String address) {
        for (String shown : new String[] {
            SecretMask.argument(address),
            SecretMask.mask("cannot read " + address + ": no such file"),
            Failures.describe(new NoSuchFileException(address)),
            Failures.describe(new IllegalArgumentException("'" + address + "' is wrong"))
        }) {
            assertThat(shown).contains("***").doesNotContain("topsecret123");
            assertThat(SecretMask.mask(shown)).isEqualTo(shown);
        }
        assertThat(SecretMask.argument(address.replace("topsecret123", "top secret 123")))
                .doesNotContain("secret 123");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "add passphrase=... to the address, or --open",
                "srt://h:1?passphrase=***&latency=5: must be a number",
                "srt://h:1?passphrase=file:/run/key",
                "udp://127.0.0.2@239.1.1.1:5000?ttl=3",
                "udp://@239.1.1.1:5000",
                "/media/a=b/c@d.ts",
                "write srt://:port, or add mode=listener"
            })
    void leavesEverythingElseAsItIs(String text) {
        assertThat(SecretMask.mask(text)).isEqualTo(text);
    }

    @Test
    void masksAStackTrace_withItsCauses() {
        Exception cause = new IllegalArgumentException("srt://h:1?passphrase=topsecret123: no\u202e\nsecond=line");
        String trace = SecretMask.trace(new IllegalStateException("token=topsecret456", cause));
        assertThat(trace)
                .contains("IllegalStateException: token=***", "passphrase=***: no\\u202e")
                .contains("\tat " + SecretMaskTest.class.getName())
                .doesNotContain("topsecret");
    }

    @Test
    void masksTheStackTracesOfTheLog() {
        MaskedTraceConverter converter = new MaskedTraceConverter();
        converter.start();
        LoggingEvent event = new LoggingEvent();
        event.setThrowableProxy(new ThrowableProxy(new IllegalStateException("srt://h:1?passphrase=topsecret123")));
        assertThat(converter.convert(event))
                .startsWith("java.lang.IllegalStateException: srt://h:1?passphrase=***")
                .contains("\tat ")
                .doesNotContain("topsecret")
                .endsWith(System.lineSeparator());
    }

    @Test
    void escapesAnArgument() {
        assertThat(SecretMask.argument("a\u202eb\nc")).isEqualTo("a\\u202eb\\nc");
    }
}
