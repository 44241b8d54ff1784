// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.libsrt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The table of options by itself; {@link SrtOptionLibraryTest} compares it with the library. */
class SrtOptionTest {
    static List<SrtOption<?>> options() {
        return SrtOptions.all();
    }

    @Test
    void theTableHolds61OptionsInTheOrderOfTheirNumbers() {
        assertThat(options()).hasSize(61).extracting(SrtOption::number).isSorted();
    }

    @Test
    void namesNumbersAndKeysAreUnique() {
        assertThat(options()).extracting(SrtOption::name).doesNotHaveDuplicates();
        assertThat(options()).extracting(SrtOption::number).doesNotHaveDuplicates();
        assertThat(options()).extracting(SrtOption::uriKey).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource("options")
    void everyOptionIsFoundByItsUriKey(SrtOption<?> option) {
        assertThat(SrtOptions.byUriKey(option.uriKey())).isSameAs(option);
        assertThat("SRTO_" + option.uriKey().toUpperCase(Locale.ROOT)).isEqualTo(option.name());
    }

    @Test
    void anUnknownUriKeyFindsNothing() {
        assertThat(SrtOptions.byUriKey("nonsense")).isNull();
    }

    @ParameterizedTest
    @MethodSource("options")
    void theDefaultOfAWritableOptionIsLegal(SrtOption<?> option) {
        for (String value : option.defaults().split(" / ", -1)) {
            if (option.isWritable() && option != SrtOptions.SRTO_PACKETFILTER) {
                assertThatCode(() -> option.parse(value.equals("\"\"") ? "" : value))
                        .as(option.name())
                        .doesNotThrowAnyException();
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "250,250",
        "0xFA,250",
        "0250,250",
        "+250,250",
        "0000000000000000000250,250",
        "0X00fa,250",
        "0,0",
        "2147483647,2147483647",
    })
    void parsesWholeNumbers_neverAsOctal(String text, int value) {
        assertThat(SrtOptions.SRTO_CONNTIMEO.parse(text)).isEqualTo(value);
    }

    @Test
    void parsesLongNumbers() {
        assertThat(SrtOptions.SRTO_MAXBW.parse("5000000000")).isEqualTo(5_000_000_000L);
        assertThat(SrtOptions.SRTO_MAXBW.parse("-1")).isEqualTo(-1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "yes", "on", "true", "TRUE", "On"})
    void parsesRaisedFlags(String text) {
        assertThat(SrtOptions.SRTO_NAKREPORT.parse(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "no", "off", "false", "False"})
    void parsesLoweredFlags(String text) {
        assertThat(SrtOptions.SRTO_NAKREPORT.parse(text)).isFalse();
    }

    @Test
    void parsesTextsAsTheyAre() {
        assertThat(SrtOptions.SRTO_STREAMID.parse("#!::r=kamera-ü,m=publish")).isEqualTo("#!::r=kamera-ü,m=publish");
        assertThat(SrtOptions.SRTO_LINGER.parse("5")).isEqualTo(5);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            latency       | -1         | SRTO_LATENCY=-1: must be 0 to 65535 (ms)
            latency       | soon       | SRTO_LATENCY=soon: must be 0 to 65535 (ms)
            latency       | 0x         | SRTO_LATENCY=0x: must be 0 to 65535 (ms)
            latency       | ٥     | SRTO_LATENCY=٥: must be 0 to 65535 (ms)
            latency       | 1e3        | SRTO_LATENCY=1e3: must be 0 to 65535 (ms)
            latency       | 2147483648 | SRTO_LATENCY=2147483648: must be 0 to 65535 (ms)
            oheadbw       | 101        | SRTO_OHEADBW=101: must be 5 to 100 (%)
            maxbw         | fast       | SRTO_MAXBW=fast: must be -1 or more (bytes/s)
            pbkeylen      | 17         | SRTO_PBKEYLEN=17: must be 0, 16, 24 or 32 (bytes)
            congestion    | bbr        | SRTO_CONGESTION=bbr: must be live or file
            nakreport     | maybe      | SRTO_NAKREPORT=maybe: must be 1, yes, on, true, 0, no, off or false
            bindtodevice  | a-device-with-a-name | SRTO_BINDTODEVICE: must be at most 15 bytes, this has 20
            """)
    void tellsOptionValueAndRule_whenAValueIsWrong(String key, String text, String message) {
        SrtOption<?> option = SrtOptions.byUriKey(key);
        assertThat(option).isNotNull();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> option.parse(text))
                .withMessage(message);
    }

    @Test
    void countsTheBytesOfAText_notItsLetters() {
        assertThatCode(() -> SrtOptions.SRTO_STREAMID.validate("x".repeat(512))).doesNotThrowAnyException();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SrtOptions.SRTO_STREAMID.validate("ü".repeat(257)))
                .withMessage("SRTO_STREAMID: must be at most 512 bytes, this has 514");
    }

    @Test
    void refusesTextsWithAZeroByte_whichCWouldCut() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SrtOptions.SRTO_STREAMID.validate("a\0b"))
                .withMessage("SRTO_STREAMID: must not hold a zero byte");
    }

    @Test
    void neverShowsAPassphrase() {
        for (String passphrase : List.of("secret", "secret".repeat(20), "secret\0secret")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> SrtOptions.SRTO_PASSPHRASE.parse(passphrase))
                    .withMessageContaining("SRTO_PASSPHRASE")
                    .matches(e -> !e.getMessage().contains("secret"));
        }
    }

    @Test
    void refusesAnEmptyPacketFilter_asLibsrtWouldCrashTheProcess() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SrtOptions.SRTO_PACKETFILTER.validate(""))
                .withMessage("SRTO_PACKETFILTER: must be 1 to 63 bytes, this has 0");
    }

    @Test
    void refusesALatencyThatTheHandshakeWouldCut() {
        for (SrtOption<Integer> option :
                List.of(SrtOptions.SRTO_LATENCY, SrtOptions.SRTO_RCVLATENCY, SrtOptions.SRTO_PEERLATENCY)) {
            assertThatCode(() -> option.validate(65535)).doesNotThrowAnyException();
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> option.validate(65536))
                    .withMessage(option + "=65536: must be 0 to 65535 (ms)");
        }
    }

    @Test
    void refusesAValueOfAnotherType() {
        @SuppressWarnings("unchecked")
        SrtOption<Object> raw = (SrtOption<Object>) (SrtOption<?>) SrtOptions.SRTO_LATENCY;
        assertThatIllegalArgumentException()
                .isThrownBy(() -> raw.validate("120"))
                .withMessage("SRTO_LATENCY=120: must be of type Integer (ms)");
    }

    @Test
    void acceptsAPassphraseOfNoneOr10To80Bytes() {
        for (int length : new int[] {0, 10, 80}) {
            assertThatCode(() -> SrtOptions.SRTO_PASSPHRASE.validate("p".repeat(length)))
                    .doesNotThrowAnyException();
        }
        for (int length : new int[] {1, 9, 81}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> SrtOptions.SRTO_PASSPHRASE.validate("p".repeat(length)))
                    .withMessage("SRTO_PASSPHRASE: must be empty or 10 to 80 bytes, this has " + length);
        }
    }
}
