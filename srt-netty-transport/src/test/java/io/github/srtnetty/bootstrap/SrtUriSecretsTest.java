// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.srtnetty.channel.SrtChannelOption;
import io.github.srtnetty.testing.LogRecorder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Passphrases and tokens of addresses: read from elsewhere, and never shown. */
class SrtUriSecretsTest {
    private static final String SECRET = "topsecret123";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "srt://h:1?Passphrase=topsecret123",
                "srt://h:1?passPhrase=topsecret123&latency=abc",
                "srt://h:1?%70assphrase=topsecret123",
                "srt://h:1?pass=topsecret123",
                "srt://h:1?password=topsecret123",
                "srt://h:1?passphrase=topsecret123&latency=abc",
                "srt://h:1?passphrase=before&topsecret123",
                "srt://h:1?passphrase=before%26&topsecret123=x",
                "srt://h:1?passphrase=topsecret123%",
                "srt://h:1?passphrase=topsecret123%E4",
                "srt://h:1?passphrase=topsecret123&passphrase=topsecret123",
                "srt://h:1?streamid=%23!::r=a%2Ctoken=topsecret123&latency=abc",
                "srt://h:1?streamid=publish:cam:user:topsecret123&latency=abc",
                "srt://h:1?streamid=cam?token=topsecret123&latency=abc",
                "srt://h:1?topsecret123",
                "srt://user:topsecret123@h:1",
                "srt://topsecret123@h:1?mode=x",
                "srt://user:top?secret@topsecret123@h:1",
                "srt://user:topsecret123?x@h:1",
                "srt://user:topsecret123/x@h:1",
                "udp://h:1?passphrase=topsecret123",
                "SRT:/h:1?passphrase=topsecret123",
                "passphrase=topsecret123@h"
            })
    void noErrorShowsASecret(String text) {
        assertThatThrownBy(() -> SrtUri.parse(text))
                .isInstanceOf(SrtSyntaxException.class)
                .hasMessageStartingWith(SrtUri.masked(text))
                .message()
                .contains("***")
                .doesNotContain(SECRET);
    }

    @Test
    void theTextForPeopleHasNoSecret() {
        SrtUri uri = SrtUri.parse("srt://[::1]:9000?passphrase=very+secret+words&latency=80&bind=:5000"
                + "&streamid=#!::r=cam,m=publish,token=topsecret123");

        assertThat(uri)
                .hasToString("srt://[::1]:9000?mode=caller&bind=:5000&passphrase=***&latency=80"
                        + "&streamid=#!::r=cam,m=publish,token=***");
        assertThat(SrtUri.parse(uri.text())).isEqualTo(uri);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "#!::r=cam,m=publish,s=x,own=y | #!::r=cam,m=publish,s=***,own=***",
                "#!::u=me,h=host,t=file | #!::u=me,h=host,t=file",
                "live/cam | live/cam",
                "publish:cam | publish:cam",
                "publish:cam:user:pass | publish:cam:***",
                "cam?token=x&m=publish | cam?token=***&m=publish",
                "#!::r=a?b=c | #!::r=a?b=***",
                "publish/cam/secret/x | publish/cam/***",
                "play/cam | play/cam",
                "/Publish/cam/secret | /Publish/cam/***",
                "cam,mode:publish,token:a:b | cam,mode:publish,token:***",
                "cam,token:x | cam,token:***",
                "srt%3A%2F%2Fh%2Fapp%2Fx%3Ftoken%3Dx | srt://h/app/x?token=***",
                "gr%C3%BC | gr%C3%BC",
                "'' | ''"
            })
    void aStreamIdIsShownWithoutTokens(String id, String shown) {
        assertThat(SrtStreamId.mask(id)).isEqualTo(shown);
    }

    @Test
    void readsAPassphraseFromAFile_withoutItsNewline() throws IOException {
        Path file = secretFile("a pass phrase\n");
        SrtUri uri = SrtUri.parse("srt://h:1?passphrase=file:" + file);

        assertThat(uri.option(SrtChannelOption.SRTO_PASSPHRASE)).isEqualTo("a pass phrase");
        assertThat(uri).hasToString("srt://h:1?mode=caller&passphrase=file:" + file);
        assertThat(SrtUri.parse(uri.toString())).isEqualTo(uri);
        assertThat(SrtUri.parse("srt://h:1?passphrase=file:" + secretFile("a pass phrase\r\n"))
                        .option(SrtChannelOption.SRTO_PASSPHRASE))
                .isEqualTo("a pass phrase");
    }

    @Test
    void readsAPassphraseFromTheEnvironment() {
        String name = System.getenv().entrySet().stream()
                .filter(e -> e.getValue().length() >= 10 && e.getValue().length() <= 40)
                .filter(e -> e.getKey().matches("[A-Za-z_]+"))
                .filter(e -> e.getValue().chars().allMatch(c -> c >= ' ' && c < 0x7F))
                .findFirst()
                .orElseThrow()
                .getKey();
        SrtUri uri = SrtUri.parse("srt://h:1?passphrase=env:" + name);

        assertThat(uri.option(SrtChannelOption.SRTO_PASSPHRASE)).isEqualTo(System.getenv(name));
        assertThat(uri).hasToString("srt://h:1?mode=caller&passphrase=env:" + name);
    }

    @Test
    void aPassphraseMayBeginLikeAReference() {
        SrtUri uri = SrtUri.parse("srt://h:1?passphrase=text:file:abcdef");

        assertThat(uri.option(SrtChannelOption.SRTO_PASSPHRASE)).isEqualTo("file:abcdef");
        assertThat(uri.text()).isEqualTo("srt://h:1?mode=caller&passphrase=text:file:abcdef");
        assertThat(uri).hasToString("srt://h:1?mode=caller&passphrase=***");
        assertThat(SrtUri.parse("srt://h:1")
                        .with(SrtChannelOption.SRTO_PASSPHRASE, "text:abcdef")
                        .text())
                .isEqualTo("srt://h:1?mode=caller&passphrase=text:text:abcdef");
        assertThat(SrtUri.parse("srt://h:1?passphrase=other+secret").with(SrtChannelOption.SRTO_PASSPHRASE, SECRET))
                .hasToString("srt://h:1?mode=caller&passphrase=***");
    }

    @Test
    void refusesAPassphraseThatIsNotThere() throws IOException {
        assertThatThrownBy(() -> SrtUri.parse("srt://h:1?passphrase="))
                .isInstanceOf(SrtSyntaxException.class)
                .hasMessageContaining("passphrase: is empty; omit the key");
        assertThatThrownBy(() -> SrtUri.parse("srt://h:1?passphrase=text:")).hasMessageContaining("is empty");
        assertThatThrownBy(() -> SrtUri.parse("srt://h:1?passphrase=env:NO_SUCH_VARIABLE"))
                .hasMessageContaining("passphrase: the environment variable \"NO_SUCH_VARIABLE\" is not set");
        assertThatThrownBy(() -> SrtUri.parse("srt://h:1?passphrase=env:")).hasMessageContaining("\"\" is not set");
        assertThatThrownBy(() -> SrtUri.parse("srt://h:1?passphrase=file:" + secretFile("\n")))
                .hasMessageContaining(" is empty");
        assertThatThrownBy(() -> SrtUri.parse("srt://h:1?passphrase=file:" + folder.resolve("none")))
                .hasMessageContaining("none\": no such file");
        assertThatThrownBy(() -> SrtUri.parse("srt://h:1?passphrase=file:" + folder))
                .hasMessageContaining("cannot read the file");
        assertThatThrownBy(() -> SrtUri.parse("srt://h:1?passphrase=short"))
                .hasMessageContaining("SRTO_PASSPHRASE: must be empty or 10 to 80 bytes, this has 5")
                .message()
                .doesNotContain("short");
    }

    @Test
    void refusesAFileThatIsNoPassphrase_withoutShowingIt() throws IOException {
        for (String content : new String[] {"first line\nsecond line\n", "x".repeat(2000), "tab\there12345"}) {
            assertThatThrownBy(() -> SrtUri.parse("srt://h:1?passphrase=file:" + secretFile(content)))
                    .isInstanceOf(SrtSyntaxException.class)
                    .message()
                    .doesNotContain("second", "xxx", "here12345");
        }
        Path binary = Files.write(folder.resolve("binary"), new byte[] {'a', (byte) 0xFF, 'b'});
        assertThatThrownBy(() -> SrtUri.parse("srt://h:1?passphrase=file:" + binary))
                .hasMessageContaining("is not UTF-8");
    }

    @Test
    void warnsOfAFileThatOthersCanRead() throws IOException {
        Path file = secretFile("a pass phrase\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        try (LogRecorder log = new LogRecorder(SrtPassphrase.class)) {
            SrtUri.parse("srt://h:1?passphrase=file:" + file);

            log.awaitMessage("WARN every user of this host can read the passphrase in " + file);
        }
    }

    @Test
    void readsNoFilesForStrangers() throws IOException {
        String text = "srt://h:1?passphrase=file:" + secretFile("a pass phrase");

        assertThatThrownBy(() -> SrtUri.parseUntrusted(text)).hasMessageContaining("are not allowed here");
        assertThatThrownBy(() -> SrtUri.parseUntrusted("srt://h:1?passphrase=env:PATH"))
                .hasMessageContaining("are not allowed here");
        assertThat(SrtUri.parseUntrusted("srt://h:1?passphrase=" + SECRET))
                .isEqualTo(SrtUri.parse("srt://h:1?passphrase=" + SECRET));
    }

    private Path secretFile(String content) throws IOException {
        Path file = Files.writeString(Files.createTempFile(folder, "secret", ""), content);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }
}
