// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.srtnetty.channel.SrtChannelOption;
import io.github.srtnetty.libsrt.PeerText;
import io.github.srtnetty.libsrt.SrtSocketState;
import io.github.srtnetty.libsrt.SrtTransmissionType;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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
    void findsModeHostAndPort(String text, SrtConnectionMode mode, String host, int port) {
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
        assertThat(PeerText.hostAndPort(SrtUri.parse(text).bindAddress())).isEqualTo(bound);
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

        assertThat(uri.option(SrtChannelOption.SRTO_LATENCY)).isEqualTo(200);
        assertThat(uri.option(SrtChannelOption.SRTO_MAXBW)).isEqualTo(65536L);
        assertThat(uri.option(SrtChannelOption.SRTO_TLPKTDROP)).isFalse();
        assertThat(uri.option(SrtChannelOption.SRTO_TRANSTYPE)).isEqualTo(SrtTransmissionType.FILE);
        assertThat(uri.option(SrtChannelOption.SRTO_PASSPHRASE)).isEqualTo("0123456789");
        assertThat(uri.option(SrtChannelOption.SRTO_RCVLATENCY)).isEqualTo(250);
        assertThat(uri.option(SrtChannelOption.SRTO_PEERIDLETIMEO)).isEqualTo(2000);
        assertThat(uri.option(SrtChannelOption.SRTO_CONNTIMEO)).isEqualTo(900);
        assertThat(uri.option(SrtChannelOption.SRTO_LINGER)).isEqualTo(5);
    }

    @ParameterizedTest
    @CsvSource({"0120, 120", "0120ms, 120", "00120000us, 120", "0x78, 120", "09, 9", "001s, 1000"})
    void takesNoNumberForOctal(String written, int latencyMillis) {
        assertThat(SrtUri.parse("srt://h:1?latency=" + written).option(SrtChannelOption.SRTO_LATENCY))
                .isEqualTo(latencyMillis);
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

        assertThat(uri.option(SrtChannelOption.SRTO_STREAMID)).isEqualTo(meant);
        assertThat(uri.option(SrtChannelOption.SRTO_LATENCY)).isEqualTo(80);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "udp://h:1 | must start with srt://",
                "srt://h | has no port",
                "srt://h:x | port \"x\" is not a number",
                "srt://h:+80 | port \"+80\" is not a number",
                "srt://h:٨٠ | port \"٨٠\" is not a number",
                "srt://h:70000 | port 70000 is not between 0 and 65535",
                "srt://h:99999999999 | port 99999999999 is not between 0 and 65535",
                "srt://h: | port \"\" is not a number",
                "srt://h:1?maxbw=#10 | SRTO_MAXBW=#10: must be -1 or more",
                "srt://h:1?fc=٨٠ | SRTO_FC=٨٠: must be 32 or more",
                "srt://::1:9000 | must stand in brackets",
                "srt://[::1:9000 | is not closed",
                "srt://h i:1 | the host is not a host",
                "srt://[foo]:1 | [foo] is not an IPv6 address",
                "srt://[fe80::1%25]:1 | has no zone after %",
                "srt://[fe80::1%25%FF]:1 | has a zone that is not UTF-8",
                "srt://h%41:1 | the host is not a host",
                "srt://h:1/path | has a path",
                "srt://:1?mode=caller | a caller needs the peer's host and port",
                "srt://h:1?latency | is not key=value",
                "srt://h:1?latency=ten | latency: must be a whole number of milliseconds, 0 to 65535",
                "srt://h:1?latency=s | latency: must be a whole number of milliseconds",
                "srt://h:1?latency=1.5s | latency: must be a whole number of milliseconds, 0 to 65535; examples: 1500,",
                "srt://h:1?latency=1us | latency: must be a whole number of milliseconds",
                "srt://h:1?latency=-5us | latency: must be a whole number of milliseconds",
                "srt://h:1?latency=#10 | latency: must be a whole number of milliseconds",
                "srt://h:1?latency=10000000000000000s | latency: must be 0 to 65535 (ms)",
                "srt://h:1?latency=99999999999999999999 | latency: must be 0 to 65535 (ms)",
                "srt://h:1?timeout=5&sndtimeo=7 | the keys timeout and sndtimeo both set SRTO_SNDTIMEO",
                "srt://h:1?adapter=1.2.3.4&bind=:5 | the keys adapter and bind both set the local address",
                "srt://h:1?adapter=1.2.3.4:5 | adapter=1.2.3.4:5: is not an IPv6 address",
                "srt://:9000?bind=1.2.3.4:5000 | a listener on port 9000 cannot bind port 5000",
                "srt://:9000?port=5000 | a listener on port 9000 cannot bind port 5000",
                "srt://1.2.3.4:9?mode=listener&adapter=5.6.7.8 | only one local address; use 1.2.3.4 or 5.6.7.8",
                "srt://h:1?sndsyn=true | sndsyn: an event loop must not block",
                "srt://h:1?latency=-5 | latency: SRTO_LATENCY=-5: must be 0 to 65535 (ms)",
                "srt://h:1?latency=5&latency=6 | the key latency is given twice",
                "srt://h:1?pbkeylen=17 | SRTO_PBKEYLEN=17: must be 0, 16, 24 or 32",
                "srt://h:1?mode=both | mode=both: must be caller, listener or rendezvous",
                "srt://h:1?streamid=%2 | two hexadecimal digits",
                "srt://h:1?streamid=%zz | two hexadecimal digits",
                "srt://h:1?streamid=%00 | streamid: has a zero byte",
                "srt://h:1?packetfilter=%E4 | packetfilter: is not UTF-8",
                "srt://h:1?packetfilter=\ufffd | has U+FFFD, Java's replacement for bytes that are not UTF-8",
                "srt://h:1?blocking=1 | an event loop must not block",
                "srt://h:1?transtype=udp | must be live or file",
                "srt://h:1?bind=4000 | must be address:port"
            })
    void saysWhatIsWrongAndWhere(String text, String complaint) {
        assertThatThrownBy(() -> SrtUri.parse(text))
                .isInstanceOf(SrtSyntaxException.class)
                .hasMessageContaining(complaint)
                .hasMessageStartingWith(text + ": ")
                .message()
                .doesNotContain("\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | 0",
                "srt://h:x | 8",
                "srt://h | 7",
                "srt://h:1?latency=5&mode=x | 20",
                "srt://h:1?streamid=a%2 | 20",
                "srt://h:1?latency=5&x=1 | 20"
            })
    void knowsThePositionOfTheError(String text, int position) {
        assertThatThrownBy(() -> SrtUri.parse(text))
                .isInstanceOfSatisfying(
                        SrtSyntaxException.class, e -> assertThat(e.position()).isEqualTo(position))
                .hasMessageEndingWith("(position " + position + ")");
    }

    @ParameterizedTest
    @CsvSource({
        "latancy, latency",
        "latencey, latency",
        "Latency, latency",
        "lat, latency",
        "stream_id, streamid",
        "%6Cinger, linger",
        "mod, mode"
    })
    void namesTheNearestKey(String wrong, String right) {
        assertThatThrownBy(() -> SrtUri.parse("srt://h:1?" + wrong + "=1"))
                .hasMessageContaining("unknown key \"" + wrong + "\"; did you mean " + right + "?");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rtt", "state", "pkt_size", "x"})
    void namesNoKey_whereNoneIsNear(String wrong) {
        assertThatThrownBy(() -> SrtUri.parse("srt://h:1?rendezvous=1")).hasMessageContaining("write mode=rendezvous");
        assertThatThrownBy(() -> SrtUri.parse("srt://h:1?" + wrong + "=1"))
                .hasMessageContaining("unknown key \"" + wrong + "\" (position 10)");
    }

    @Test
    void escapesControlCharacters() {
        assertThatThrownBy(() -> SrtUri.parse("srt://h:1?mode=a\n2026 FORGED"))
                .hasMessage("srt://h:1?mode=a\\n2026 FORGED: has a control character; a value may have it"
                        + " percent-encoded (position 16)");
        assertThatThrownBy(() -> SrtUri.parse("srt://h:1?mode=a%0A2026 FORGED"))
                .message()
                .doesNotContain("\n")
                .contains("mode=a\\n2026 FORGED: must be");
    }

    @ParameterizedTest
    @CsvSource({
        "srt://[fe80::1%25eth0]:9000, fe80::1%eth0, srt://[fe80::1%25eth0]:9000?mode=caller",
        "srt://[fe80::1%eth0]:9000, fe80::1%eth0, srt://[fe80::1%25eth0]:9000?mode=caller",
        "srt://[::1%25lo]:9000, ::1%lo, srt://[::1%25lo]:9000?mode=caller",
        "srt://[fe80::1%25a%2Db]:9000, fe80::1%a-b, srt://[fe80::1%25a-b]:9000?mode=caller"
    })
    void readsTheZoneOfAnIpv6Address(String text, String host, String normal) {
        assertThat(SrtUri.parse(text).host()).isEqualTo(host);
        assertThat(SrtUri.parse(text)).hasToString(normal);
    }

    @ParameterizedTest
    @CsvSource({
        "srt://h:9?adapter=::1, srt://h:9?mode=rendezvous&bind=[::1]:0",
        "srt://h:9?mode=caller&bind=[fe80::1%25eth0]:5, srt://h:9?mode=caller&bind=[fe80::1%25eth0]:5",
        "srt://:9?bind=127.0.0.1:9, srt://:9?mode=listener&bind=127.0.0.1:9",
        "srt://h:9?transtype=file, srt://h:9?mode=caller&transtype=file"
    })
    void printsTheNormalForm(String text, String normal) {
        assertThat(SrtUri.parse(text)).hasToString(normal);
        assertThat(SrtUri.parse(normal)).isEqualTo(SrtUri.parse(text));
    }

    @Test
    void aStreamIdCannotAddOptions_whenTheTextIsParsedAgain() {
        SrtUri uri = SrtUri.parse("srt://h:1?streamid=a%26latency=9%25");

        assertThat(uri).hasToString("srt://h:1?mode=caller&streamid=a%26latency=***");
        assertThat(uri.text()).isEqualTo("srt://h:1?mode=caller&streamid=a%26latency=9%25");
        assertThat(SrtUri.parse(uri.text())).isEqualTo(uri).hasSameHashCodeAs(uri);
    }

    @Test
    void refusesToSetWhatAnAddressCannotSay() {
        SrtUri uri = SrtUri.parse("srt://h:1");

        assertThatThrownBy(() -> uri.with(SrtChannelOption.SRTO_RENDEZVOUS, true))
                .hasMessageContaining("an address cannot");
        assertThatThrownBy(() -> uri.with(SrtChannelOption.SRTO_STATE, SrtSocketState.OPENED))
                .hasMessageContaining("an address cannot");
        assertThatThrownBy(() -> uri.with(SrtChannelOption.SRTO_PASSPHRASE, "")).hasMessageContaining("is empty");
        assertThatThrownBy(() -> uri.with(SrtChannelOption.SRTO_STREAMID, "\ud800"))
                .hasMessageContaining("lone surrogate");
    }

    @Test
    void writesAddressesWithBracketsWhereNeeded() {
        assertThat(PeerText.hostAndPort(new InetSocketAddress("127.0.0.1", 5))).isEqualTo("127.0.0.1:5");
        assertThat(PeerText.hostAndPort(new InetSocketAddress("::1", 5))).isEqualTo("[0:0:0:0:0:0:0:1]:5");
    }
}
