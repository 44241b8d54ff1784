// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.srtnetty.bootstrap.SrtUri;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParameterException;

/** Where a program listens without a passphrase. */
class ListenOptionsTest {
    private static final String SECRET = "passphrase=correct-horse-battery";

    @Test
    void withoutAPassphraseItListensOnThisHostOnly() {
        SrtUri safe = options().safe(SrtUri.parse("srt://:4201?latency=200&peeridletimeo=7000"));

        assertThat(safe.bindAddress().getHostString()).isEqualTo("127.0.0.1");
        assertThat(safe.bindAddress().getPort()).isEqualTo(4201);
        assertThat(safe.options())
                .isEqualTo(SrtUri.parse("srt://:4201?latency=200&peeridletimeo=7000")
                        .options());
        for (String address : new String[] {"srt://:4201?latency=200", "SRT://:4201?adapter=&latency=200"}) {
            assertThat(options().safe(address)).isEqualTo("srt://127.0.0.1:4201?mode=listener&latency=200");
        }
    }

    /** Callers send it; a listener that seemed to accept one stream only would accept all. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "srt://:4201?streamid=t0ken",
                "srt://:4201?streamid=t0ken&" + SECRET,
                "srt://127.0.0.1:4201?mode=listener&streamid=%23!::r=t0ken",
                "srt://:4201?streamid="
            })
    void aStreamIdOfAListenerIsRefused(String address) {
        for (ListenOptions options : new ListenOptions[] {options(), options("--open")}) {
            assertThatThrownBy(() -> options.safe(SrtUri.parse(address)))
                    .isInstanceOf(ParameterException.class)
                    .hasMessageStartingWith("streamid has no effect on a listener")
                    .hasMessageNotContaining("t0ken");
            assertThatThrownBy(() -> options.safe(address)).isInstanceOf(ParameterException.class);
        }
        SrtUri caller = SrtUri.parse("srt://127.0.0.1:4201?streamid=t0ken");
        assertThat(options().safe(caller)).isSameAs(caller);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "srt://0.0.0.0:4201?mode=listener",
                "srt://203.0.113.7:4201?mode=listener",
                "srt://[::]:4201?mode=listener",
                "srt://:4201?adapter=203.0.113.7",
                "srt://0.0.0.0:4201?mode=listener&enforcedencryption=0&" + SECRET
            })
    void anAddressOfTheNetworkIsRefused_unlessItIsProtected(String address) {
        assertThatThrownBy(() -> options().safe(SrtUri.parse(address)))
                .isInstanceOf(ParameterException.class)
                .hasMessageStartingWith("without a passphrase anybody could connect to ")
                .hasMessageNotContaining(SECRET);
        assertThatThrownBy(() -> options().safe(address)).isInstanceOf(ParameterException.class);

        SrtUri uri = SrtUri.parse(address);
        assertThat(options("--open").safe(uri)).isSameAs(uri);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "srt://:4201?" + SECRET,
                "srt://0.0.0.0:4201?mode=listener&" + SECRET,
                "srt://127.0.0.1:4201?mode=listener",
                "srt://[::1]:4201?mode=listener",
                "srt://203.0.113.7:4201",
                "srt://203.0.113.7:4201?mode=rendezvous"
            })
    void otherAddressesStayAsTheyAre(String address) {
        SrtUri uri = SrtUri.parse(address);
        assertThat(options().safe(uri)).isSameAs(uri);
        assertThat(options().safe(address)).isEqualTo(address);
    }

    @ParameterizedTest
    @ValueSource(strings = {"udp://:1234", "file.ts", "-", "srt://:4201?no-such-key=1"})
    void whatIsNoRightAddressOfSrtIsReportedElsewhere(String address) {
        assertThat(options().safe(address)).isEqualTo(address);
    }

    private static ListenOptions options(String... arguments) {
        Program program = new Program();
        new CommandLine(program).parseArgs(arguments);
        return program.options;
    }

    @Command(name = "program")
    private static final class Program {
        @Mixin
        private ListenOptions options = new ListenOptions();
    }
}
