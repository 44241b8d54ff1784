// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.libsrt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.srtnetty.libsrt.SrtOption.When;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Compares the table of options with the library that is installed; where they differ the library is right. */
@Tag("slow")
class SrtOptionLibraryTest {
    private static final String STREAM_ID = "#!::r=kamera-ü,m=publish";

    /** A legal value that is not the default, for options where an example cannot be made from their type. */
    private static final Map<SrtOption<?>, Object> EXAMPLES = Map.ofEntries(
            Map.entry(SrtOptions.SRTO_MSS, 1400),
            Map.entry(SrtOptions.SRTO_FC, 8192),
            Map.entry(SrtOptions.SRTO_SNDBUF, 1472 * 1000),
            Map.entry(SrtOptions.SRTO_RCVBUF, 1472 * 1000),
            Map.entry(SrtOptions.SRTO_UDP_SNDBUF, 100_000),
            Map.entry(SrtOptions.SRTO_UDP_RCVBUF, 100_000),
            Map.entry(SrtOptions.SRTO_MAXBW, 5_000_000_000L),
            Map.entry(SrtOptions.SRTO_INPUTBW, 5_000_000_000L),
            Map.entry(SrtOptions.SRTO_MININPUTBW, 5_000_000_000L),
            Map.entry(SrtOptions.SRTO_OHEADBW, 50),
            Map.entry(SrtOptions.SRTO_PASSPHRASE, "correct horse"),
            Map.entry(SrtOptions.SRTO_PBKEYLEN, 32),
            Map.entry(SrtOptions.SRTO_IPTTL, 64),
            Map.entry(SrtOptions.SRTO_IPTOS, 0x88),
            Map.entry(SrtOptions.SRTO_MINVERSION, 0x010200),
            Map.entry(SrtOptions.SRTO_STREAMID, STREAM_ID),
            Map.entry(SrtOptions.SRTO_CONGESTION, "file"),
            Map.entry(SrtOptions.SRTO_PAYLOADSIZE, 1456),
            Map.entry(SrtOptions.SRTO_TRANSTYPE, SrtTransmissionType.FILE),
            Map.entry(SrtOptions.SRTO_KMREFRESHRATE, 10_000),
            Map.entry(SrtOptions.SRTO_KMPREANNOUNCE, 1000),
            Map.entry(SrtOptions.SRTO_IPV6ONLY, 1),
            Map.entry(SrtOptions.SRTO_BINDTODEVICE, "lo"),
            Map.entry(SrtOptions.SRTO_PACKETFILTER, "fec,cols:10,rows:5"),
            Map.entry(SrtOptions.SRTO_GROUPCONNECT, 1),
            Map.entry(SrtOptions.SRTO_GROUPMINSTABLETIMEO, 100),
            Map.entry(SrtOptions.SRTO_RETRANSMITALGO, 0),
            Map.entry(SrtOptions.SRTO_CRYPTOMODE, 1));

    private SrtSocket socket;

    static List<SrtOption<?>> known() {
        return SrtOptions.all().stream().filter(option -> isInLibrary(option)).toList();
    }

    static List<SrtOption<?>> readableWithDefault() {
        return known().stream()
                .filter(option -> option.isReadable() && !option.defaults().isEmpty())
                .toList();
    }

    static List<SrtOption<?>> writable() {
        return known().stream().filter(SrtOption::isWritable).toList();
    }

    static List<SrtOption<?>> beforeBind() {
        return writable().stream()
                .filter(option -> option.when() == When.PRE_BIND)
                .toList();
    }

    static List<SrtOption<?>> beforeConnect() {
        return writable().stream()
                .filter(option -> option.when() == When.PRE_CONNECT)
                .toList();
    }

    static List<SrtOption<?>> anyTime() {
        return writable().stream()
                .filter(option -> option.when() == When.ANY_TIME)
                .toList();
    }

    static List<SrtOption<?>> readOnly() {
        return known().stream().filter(option -> !option.isWritable()).toList();
    }

    @BeforeEach
    void createSocket() throws SrtException {
        socket = SrtSocket.create();
    }

    @AfterEach
    void closeSocket() {
        socket.close();
    }

    @ParameterizedTest
    @MethodSource("readableWithDefault")
    void theDefaultInLiveModeIsThatOfTheTable(SrtOption<?> option) throws Exception {
        makeBlocking(option);
        assertThat(socket.getOption(option)).isEqualTo(inTable(option, 0));
    }

    @ParameterizedTest
    @MethodSource("readableWithDefault")
    void theDefaultInFileModeIsThatOfTheTable(SrtOption<?> option) throws Exception {
        makeBlocking(option);
        socket.setOption(SrtOptions.SRTO_TRANSTYPE, SrtTransmissionType.FILE);
        assertThat(socket.getOption(option)).isEqualTo(inTable(option, 1));
    }

    @ParameterizedTest
    @MethodSource("known")
    void onlyWhatTheTableSaysCannotBeRead(SrtOption<?> option) throws Exception {
        if (option.isReadable()) {
            assertThat(socket.getOption(option)).isInstanceOf(option.type());
        } else {
            assertThatThrownBy(() -> socket.getOption(option))
                    .isInstanceOf(SrtException.class)
                    .hasMessageContaining("srt_getsockflag")
                    .hasMessageContaining(option.name());
        }
    }

    @ParameterizedTest
    @MethodSource("writable")
    void aLegalValueReadsBack(SrtOption<?> option) throws Exception {
        Object value = example(option);
        set(socket, option, value);
        if (option.isReadable()) {
            assertThat(socket.getOption(option)).isEqualTo(value);
        }
    }

    @ParameterizedTest
    @MethodSource("writable")
    void theDefaultCanBeSetAgain(SrtOption<?> option) throws Exception {
        if (option == SrtOptions.SRTO_PACKETFILTER) {
            return; // 1.5.1 crashes: see SrtOptionTest
        }
        set(socket, option, example(option));
        set(socket, option, inTable(option, 0));
        if (option.isReadable()) {
            assertThat(socket.getOption(option)).isEqualTo(inTable(option, 0));
        }
    }

    @ParameterizedTest
    @MethodSource("beforeBind")
    void anOptionForBeforeBindIsRefusedAfterIt(SrtOption<?> option) throws Exception {
        socket.bind(new InetSocketAddress(Loopback.V4, 0));
        assertRefused(SrtError.EBOUNDSOCK, option);
    }

    @ParameterizedTest
    @MethodSource("beforeConnect")
    void anOptionForBeforeConnectIsTakenBoundAndRefusedListening(SrtOption<?> option) throws Exception {
        socket.bind(new InetSocketAddress(Loopback.V4, 0));
        set(socket, option, example(option));
        socket.close();
        socket = Loopback.listen(Loopback.V4, s -> {});
        assertRefused(SrtError.ECONNSOCK, option);
    }

    @Test
    void anOptionForAnyTimeIsTakenConnected() throws Exception {
        try (Loopback loopback = Loopback.connect()) {
            for (SrtOption<?> option : anyTime()) {
                set(loopback.caller(), option, example(option));
                assertThat(loopback.caller().getOption(option)).isEqualTo(example(option));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("readOnly")
    void aReadOnlyOptionIsRefused(SrtOption<?> option) {
        if (option != SrtOptions.SRTO_VERSION) { // 1.5.1 lets it be set
            assertRefused(SrtError.EINVPARAM, option);
        }
    }

    @Test
    void anOptionOfAFeatureThatTheLibraryLacksIsRefused() {
        for (SrtOption<?> option : SrtOptions.all()) {
            if (!isInLibrary(option)) {
                assertThatThrownBy(() -> socket.getOption(option)).isInstanceOf(SrtException.class);
                assertThatThrownBy(() -> set(socket, option, example(option)))
                        .isInstanceOf(SrtException.class)
                        .hasMessageContaining("srt_setsockflag")
                        .hasMessageContaining(option.name());
            }
        }
    }

    @Test
    void theLongestTextsReadBack() throws Exception {
        String longest = "ü".repeat(256);
        socket.setOption(SrtOptions.SRTO_STREAMID, longest);
        assertThat(socket.getOption(SrtOptions.SRTO_STREAMID)).isEqualTo(longest);
        socket.setOption(SrtOptions.SRTO_STREAMID, "");
        assertThat(socket.getOption(SrtOptions.SRTO_STREAMID)).isEmpty();
        socket.setOption(SrtOptions.SRTO_PASSPHRASE, "p".repeat(80));
        socket.setOption(SrtOptions.SRTO_PASSPHRASE, "");
    }

    @Test
    void lingerIsSecondsWithZeroForOff() throws Exception {
        socket.setOption(SrtOptions.SRTO_LINGER, 7);
        assertThat(socket.getOption(SrtOptions.SRTO_LINGER)).isEqualTo(7);
        socket.setOption(SrtOptions.SRTO_LINGER, 0);
        assertThat(socket.getOption(SrtOptions.SRTO_LINGER)).isZero();
    }

    @Test
    void theReadBufferIsClippedToTheFlightWindow() throws Exception {
        socket.setOption(SrtOptions.SRTO_FC, 100);
        socket.setOption(SrtOptions.SRTO_RCVBUF, 1472 * 1000);
        assertThat(socket.getOption(SrtOptions.SRTO_RCVBUF)).isEqualTo(1472 * 100);
    }

    private void assertRefused(SrtError error, SrtOption<?> option) {
        SrtException refusal = catchThrowableOfType(SrtException.class, () -> set(socket, option, example(option)));
        assertThat(refusal).as("%s was taken", option).isNotNull();
        assertThat(refusal.error()).as("%s", refusal).isEqualTo(error);
        assertThat(refusal).hasMessageContaining(option.name());
    }

    private void makeBlocking(SrtOption<?> option) throws SrtException {
        if (option == SrtOptions.SRTO_SNDSYN || option == SrtOptions.SRTO_RCVSYN) {
            set(socket, option, true); // a new SrtSocket has them off
        }
    }

    private static boolean isInLibrary(SrtOption<?> option) {
        return option.feature() == null || option.feature().isAvailable();
    }

    private static Object inTable(SrtOption<?> option, int mode) {
        String[] values = option.defaults().split(" / ", -1);
        String value = values[Math.min(mode, values.length - 1)];
        return value.equals("\"\"") ? "" : option.parse(value);
    }

    private static Object example(SrtOption<?> option) {
        Object example = EXAMPLES.get(option);
        if (example != null) {
            return example;
        }
        return switch (option.encoding()) {
            case BOOL -> !option.defaults().startsWith("true");
            case INT64 -> 1000L;
            case STRING -> "text";
            case ENUM -> option.type().getEnumConstants()[0];
            default -> 1000;
        };
    }

    @SuppressWarnings("unchecked")
    private static void set(SrtSocket socket, SrtOption<?> option, Object value) throws SrtException {
        socket.setOption((SrtOption<Object>) option, value);
    }
}
