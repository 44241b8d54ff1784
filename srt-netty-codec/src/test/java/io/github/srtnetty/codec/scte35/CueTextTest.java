// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.scte35;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.github.srtnetty.codec.bits.MalformedDataException;
import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A cue is found in every form in which people have it. */
class CueTextTest {
    private static final String BASE64 = "/DAWAAAAAAAAAP/wBQb+ABt4xwAAwhCGHw==";
    private static final SpliceInfoSection CUE = SpliceInfoSection.fromBase64(BASE64);
    private static final String HEX = CUE.bytes().hex();

    static List<String> forms() {
        String spaced = HEX.replaceAll("(..)", "$1 ");
        return List.of(
                BASE64,
                BASE64.replace("=", ""),
                BASE64.replace("==", "="),
                BASE64.replace('/', '_').replace('+', '-'),
                " " + BASE64 + "\r\n",
                BASE64.substring(0, 10) + "\n" + BASE64.substring(10),
                "\uFEFF" + BASE64,
                '"' + BASE64 + '"',
                "'" + HEX + "'",
                HEX,
                HEX.toUpperCase(java.util.Locale.ROOT),
                " 0x" + HEX + "\n",
                "0X" + HEX,
                spaced,
                "0x" + spaced,
                HEX.replaceAll("(..)", "0x$1, "),
                HEX.replaceAll("(..)(?!$)", "$1:"),
                new BigInteger(HEX, 16).toString(),
                "#EXT-OATCLS-SCTE35:" + BASE64,
                "#EXT-X-CUE-OUT-CONT:ElapsedTime=8.8,Duration=30,SCTE35=" + BASE64,
                "#EXT-X-SCTE35:TYPE=0x34,CUE=\"" + BASE64 + "\",ID=\"1\"",
                "#EXT-X-DATERANGE:ID=\"1\",START-DATE=\"2026-01-01T00:00:00Z\",SCTE35-OUT=0x" + HEX + ",DURATION=30.0",
                "#EXT-X-DATERANGE:ID=\"1\",SCTE35-OUT=0x" + HEX + ",SCTE35-CMD=0x" + HEX,
                "<scte35:Signal><scte35:Binary>" + BASE64 + "</scte35:Binary></scte35:Signal>",
                "<Signal xmlns=\"http://www.scte.org/schemas/35/2016\"><Binary signalType=\"x\">\n " + BASE64
                        + "\n</Binary></Signal>",
                "<Event presentationTime=\"1\" messageData=\"" + BASE64 + "\"/>",
                "{\"cue\": \"" + BASE64 + "\"}");
    }

    @ParameterizedTest
    @MethodSource("forms")
    void readsACue(String text) {
        assertThat(SpliceInfoSection.fromText(text, DecodeOptions.STRICT)).isEqualTo(CUE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "hello", "hello world", "#EXTM3U", "123", "0x", "abcd", "{}", "/index/DASH/manifest.mpd"})
    void saysInOneLineThatThereIsNoCue(String text) {
        assertThatThrownBy(() -> SpliceInfoSection.fromText(text, DecodeOptions.STRICT))
                .isInstanceOf(MalformedDataException.class)
                .hasMessageContaining("base64, hexadecimal digits, an integer")
                .hasMessageNotContaining("\n");
    }

    @Test
    void refusesTwoCuesInOneLine() {
        String other = "/DARAAAAAAAAAP/wAAAAAHpPv/8=";
        assertThatThrownBy(() -> SpliceInfoSection.fromText(
                        "#EXT-X-SCTE35:CUE=\"" + BASE64 + "\",OTHER=\"" + other + "\"", DecodeOptions.STRICT))
                .hasMessage("cue: expected one in a line, actual 2");
    }

    @Test
    void saysWhatIsWrongWithABrokenCue() {
        assertThatThrownBy(() -> SpliceInfoSection.fromText("/DAWAAAAAAAAAP/wBQb+ABt4", DecodeOptions.STRICT))
                .hasMessageStartingWith("section_length");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"", "0xfc ", "=", "A ", " ", "<Binary ", "</Binary>", "'\"", ",/", "fc"})
    void answersInTime_whateverTheTextRepeats(String part) {
        String text = part.repeat(100_000) + "!";
        assertTimeoutPreemptively(
                Duration.ofSeconds(30),
                () -> assertThatThrownBy(() -> SpliceInfoSection.fromText(text, DecodeOptions.STRICT))
                        .isInstanceOf(MalformedDataException.class));
        assertTimeoutPreemptively(
                Duration.ofSeconds(30),
                () -> assertThatThrownBy(() -> SpliceInfoSection.fromText(part.repeat(100_000), DecodeOptions.STRICT))
                        .isInstanceOf(MalformedDataException.class));
    }
}
