// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.libsrt;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class ErrorsTest {
    @Test
    void saysWhatFailedOnWhatAndWhy() {
        SrtException failure = new SrtException(
                "srt_bind",
                "127.0.0.1:80",
                1003,
                13,
                "Connection setup failure: unable to create/configure SRT socket: Permission denied");
        assertThat(failure)
                .hasMessage("srt_bind(127.0.0.1:80): ESOCKFAIL (1003): Connection setup failure:"
                        + " unable to create/configure SRT socket: Permission denied");
        assertThat(failure.function()).isEqualTo("srt_bind");
        assertThat(failure.error()).isEqualTo(SrtError.ESOCKFAIL);
        assertThat(failure.code()).isEqualTo(1003);
        assertThat(failure.errno()).isEqualTo(13);
    }

    @Test
    void keepsTheNumberOfAnErrorThatIsNew() {
        SrtException failure = new SrtException("srt_connect", "@1", 5999, 0, "new in 2.0");
        assertThat(failure.error()).isEqualTo(SrtError.UNKNOWN);
        assertThat(failure.code()).isEqualTo(5999);
        assertThat(failure).hasMessage("srt_connect(@1): UNKNOWN (5999): new in 2.0");
    }

    static Stream<Arguments> addresses() throws Exception {
        InetAddress named = InetAddress.getByAddress("camera.example", new byte[] {10, 0, 0, 7});
        return Stream.of(
                Arguments.of(new InetSocketAddress("127.0.0.1", 80), "127.0.0.1:80"),
                Arguments.of(new InetSocketAddress("::1", 80), "[::1]:80"),
                Arguments.of(new InetSocketAddress("2001:db8::5:0:1", 9), "[2001:db8::5:0:1]:9"),
                Arguments.of(new InetSocketAddress("::", 0), "[::]:0"),
                Arguments.of(new InetSocketAddress("fe80::1%3", 9), "[fe80::1%3]:9"),
                Arguments.of(new InetSocketAddress("2001:0:0:1::", 9), "[2001:0:0:1::]:9"),
                Arguments.of(new InetSocketAddress("1:2:3:4:5:6:0:8", 9), "[1:2:3:4:5:6:0:8]:9"),
                Arguments.of(new InetSocketAddress(named, 9000), "camera.example/10.0.0.7:9000"),
                Arguments.of(InetSocketAddress.createUnresolved("camera.example", 9000), "camera.example:9000"));
    }

    @ParameterizedTest
    @MethodSource("addresses")
    void writesAddressesAsPeopleDo(InetSocketAddress address, String text) {
        assertThat(SockAddr.text(address)).isEqualTo(text);
    }

    @Test
    void listeningTwiceOnAPortFails_withAddressAndBacklog() throws Exception {
        SrtSocket first = Loopback.listen(Loopback.V4, s -> {});
        SrtSocket second = SrtSocket.create();
        InetSocketAddress address = first.localAddress();
        second.setOption(SrtOptions.SRTO_LATENCY, 20);
        second.bind(address);
        SrtException failure = catchThrowableOfType(SrtException.class, () -> second.listen(5));
        assertThat(failure.error()).isEqualTo(SrtError.EDUPLISTEN);
        assertThat(failure)
                .hasMessageStartingWith(
                        "srt_listen(127.0.0.1:" + address.getPort() + ", backlog 5): EDUPLISTEN (5011): ");
        second.close();
        first.close();
    }

    @Test
    void settingTooLateFails_withSocketOptionAndValue() throws Exception {
        SrtSocket listener = Loopback.listen(Loopback.V4, s -> {});
        SrtException failure =
                catchThrowableOfType(SrtException.class, () -> listener.setOption(SrtOptions.SRTO_LATENCY, 200));
        assertThat(failure)
                .hasMessageStartingWith("srt_setsockflag(" + listener + ", SRTO_LATENCY=200): ECONNSOCK (5002): ");
        listener.close();
    }

    @Test
    void aPassphraseStaysOutOfTheMessage() throws Exception {
        SrtSocket listener = Loopback.listen(Loopback.V4, s -> {});
        SrtException failure = catchThrowableOfType(
                SrtException.class, () -> listener.setOption(SrtOptions.SRTO_PASSPHRASE, "correct horse"));
        assertThat(failure)
                .hasMessageStartingWith("srt_setsockflag(" + listener + ", SRTO_PASSPHRASE=***): ECONNSOCK (5002): ");
        assertThat(new String(scratchBytes(), UTF_8)).doesNotContain("correct");
        listener.close();
    }

    @ParameterizedTest
    @EnumSource(SrtError.class)
    void findsEveryErrorByItsCode(SrtError error) {
        assertThat(SrtError.of(error.code())).isSameAs(error);
    }

    private static byte[] scratchBytes() {
        byte[] bytes = new byte[Scratch.VALUE_BYTES];
        Scratch.get().memory().get(0, bytes);
        return bytes;
    }
}
