// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.srtnetty.libsrt.SrtOptions;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SrtUriTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "srt://10.0.0.1:9000 | CALLER | 10.0.0.1 | 9000",
                "SRT://example.org:9000/ | CALLER | example.org | 9000",
                "srt://:4201 | LISTENER | '' | 4201",
                "srt://0.0.0.0:4201?mode=listener | LISTENER | 0.0.0.0 | 4201",
                "srt://127.0.0.1:4201?mode=server | LISTENER | 127.0.0.1 | 4201",
                "srt://[::1]:9000 | CALLER | ::1 | 9000",
                "srt://[fe80::1%eth0]:9000?mode=client | CALLER | fe80::1%eth0 | 9000",
                "srt://peer:9000?adapter=10.0.0.2 | RENDEZVOUS | peer | 9000",
                "srt://peer:9000?mode=caller&adapter=10.0.0.2 | CALLER | peer | 9000",
                "srt://peer:9000?mode=rendezvous | RENDEZVOUS | peer | 9000"
            })
    void findsModeHostAndPort(String text, SrtMode mode, String host, int port) {
        SrtUri uri = SrtUri.parse(text);

        assertThat(uri.mode()).isEqualTo(mode);
        assertThat(uri.host()).isEqualTo(host);
        assertThat(uri.port()).isEqualTo(port);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "srt://:4201 | 0.0.0.0:4201",
                "srt://127.0.0.1:4201?mode=listener | 127.0.0.1:4201",
                "srt://[::1]:4201?mode=listener | [0:0:0:0:0:0:0:1]:4201",
                "srt://:4201?adapter=127.0.0.1 | 127.0.0.1:4201",
                "srt://:4201?bind=127.0.0.1:4201 | 127.0.0.1:4201",
                "srt://0.0.0.0:4201?mode=listener&adapter=127.0.0.1 | 127.0.0.1:4201"
            })
    void aListenerBindsAtItsAdapter_elseAtItsHost(String text, String bound) {
        assertThat(SrtUri.hostAndPort(SrtUri.parse(text).bindAddress())).isEqualTo(bound);
    }

    @Test
    void whoDoesNotListenHasNoAddressToBind() {
        SrtUri uri = SrtUri.parse("srt://h:1?mode=caller&adapter=127.0.0.1");

        assertThatThrownBy(uri::bindAddress)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageEndingWith("is not the address of a listener");
    }

    @Test
    void readsOptionsInTheUnitsOfSrtLiveTransmit() {
        SrtUri uri =
                SrtUri.parse("srt://h:1?latency=200&maxbw=0x10000&tlpktdrop=no&transtype=file&passphrase=0123456789"
                        + "&rcvlatency=250000us&peeridletimeo=2s&conntimeo=900ms&linger=5");

        assertThat(uri.option(SrtOptions.SRTO_LATENCY)).isEqualTo(200);
        assertThat(uri.option(SrtOptions.SRTO_MAXBW)).isEqualTo(65536L);
        assertThat(uri.option(SrtOptions.SRTO_TLPKTDROP)).isFalse();
        assertThat(uri.option(SrtOptions.SRTO_TRANSTYPE)).isEqualTo(1);
        assertThat(uri.option(SrtOptions.SRTO_PASSPHRASE)).isEqualTo("0123456789");
        assertThat(uri.option(SrtOptions.SRTO_RCVLATENCY)).isEqualTo(250);
        assertThat(uri.option(SrtOptions.SRTO_PEERIDLETIMEO)).isEqualTo(2000);
        assertThat(uri.option(SrtOptions.SRTO_CONNTIMEO)).isEqualTo(900);
        assertThat(uri.option(SrtOptions.SRTO_LINGER)).isEqualTo(5);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "#!::r=live/cam,m=publish | #!::r=live/cam,m=publish",
                "%23!::r=a%2Fb | #!::r=a/b",
                "a%2520b | a%20b",
                "a+b | a+b",
                "gr%C3%BC%C3%9Fe | grüße"
            })
    void decodesAStreamIdOnce(String written, String meant) {
        SrtUri uri = SrtUri.parse("srt://h:1?streamid=" + written + "&latency=80");

        assertThat(uri.option(SrtOptions.SRTO_STREAMID)).isEqualTo(meant);
        assertThat(uri.option(SrtOptions.SRTO_LATENCY)).isEqualTo(80);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "udp://h:1 | must start with srt://",
                "srt://h | has no port",
                "srt://h:x | port \"x\" is not a number",
                "srt://h:70000 | port 70000 is not between 0 and 65535",
                "srt://::1:9000 | must stand in brackets",
                "srt://[::1:9000 | is not closed",
                "srt://u@h:1 | has a user name",
                "srt://h:1/path | has a path",
                "srt://:1?mode=caller | a caller needs host and port",
                "srt://h:1?latencey=5 | unknown key \"latencey\"",
                "srt://h:1?rtt=5 | unknown key \"rtt\"",
                "srt://h:1?state=5 | unknown key \"state\"",
                "srt://h:1?latency | is not key=value",
                "srt://h:1?latency=ten | latency: SRTO_LATENCY=ten: must be 0 to 65535 (ms)",
                "srt://h:1?latency=-5 | latency: SRTO_LATENCY=-5: must be 0 to 65535 (ms)",
                "srt://h:1?latency=5&latency=6 | the key latency is given twice",
                "srt://h:1?pbkeylen=17 | SRTO_PBKEYLEN=17: must be 0, 16, 24 or 32",
                "srt://h:1?passphrase=short | SRTO_PASSPHRASE: must be empty or 10 to 80 bytes, this has 5",
                "srt://h:1?mode=both | mode=both: must be caller, listener or rendezvous",
                "srt://h:1?streamid=%2 | two hexadecimal digits",
                "srt://h:1?streamid=%zz | two hexadecimal digits",
                "srt://h:1?blocking=1 | an event loop must not block",
                "srt://h:1?transtype=udp | must be live or file",
                "srt://h:1?bind=4000 | must be address:port"
            })
    void saysWhatIsWrongAndWhere(String text, String complaint) {
        assertThatThrownBy(() -> SrtUri.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(complaint)
                .hasMessageStartingWith(text.replace("passphrase=short", "passphrase=***"))
                .message()
                .doesNotContain("\n");
    }

    @Test
    void neverShowsThePassphrase() {
        SrtUri uri = SrtUri.parse("srt://[::1]:9000?passphrase=very+secret+words&latency=80&bind=:5000");

        assertThat(uri).hasToString("srt://[::1]:9000?mode=caller&bind=:5000&passphrase=***&latency=80");
    }

    @Test
    void writesAddressesWithBracketsWhereNeeded() {
        assertThat(SrtUri.hostAndPort(new InetSocketAddress("127.0.0.1", 5))).isEqualTo("127.0.0.1:5");
        assertThat(SrtUri.hostAndPort(new InetSocketAddress("::1", 5))).isEqualTo("[0:0:0:0:0:0:0:1]:5");
    }
}
