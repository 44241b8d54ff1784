// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.scte35.hls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.srtnetty.codec.bits.MalformedDataException;
import io.github.srtnetty.codec.scte35.SpliceInfoSection;
import io.github.srtnetty.codec.scte35.form.CueDocument;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The tags of playlists as packagers and other tools write them. */
class HlsReadTest {
    private static final String OUT = "/DAlAAAAAAAAAP/wFAUAAAABf+/+AAToyP4AAr8gAAEAAAAAhk7Izg==";
    private static final String OTHER = "/DAWAAAAAAAAAP/wBQb+ABt4xwAAwhCGHw==";
    private static final SpliceInfoSection CUE = SpliceInfoSection.fromBase64(OUT);
    private static final String HEX = CUE.toHex();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "#EXT-X-DATERANGE:ID=\"1\",START-DATE=\"2026-01-01T00:00:00Z\",PLANNED-DURATION=2.0,SCTE35-OUT={hex}",
                "#EXT-X-DATERANGE:ID=\"a,b=c\",SCTE35-IN={hex},END-DATE=\"2026-01-01T00:00:00Z\",DURATION=2.0",
                "#EXT-X-DATERANGE:ID=\"1\",SCTE35-CMD={hex}",
                "#EXT-X-DATERANGE:ID=\"999\",PLANNED-DURATION=30.000, SCTE35-OUT={hex}",
                "#EXT-X-DATERANGE:ID=\"1\",SCTE35-OUT=\"{base64}\"",
                "#EXT-X-DATERANGE:ID=\"1\",CUE=\"PRE,ONCE\",SCTE35-OUT={hex}",
                "#EXT-OATCLS-SCTE35:{base64}",
                "#EXT-OATCLS-SCTE35:\"{base64}\"",
                "#EXT-OATCLS-SCTE35: {base64}",
                "#EXT-X-SPLICEPOINT-SCTE35:{base64}",
                "#EXT-X-SCTE35:CUE=\"{base64}\" ,CUE-OUT=YES ",
                "#EXT-X-SCTE35:TYPE=0x34,CUE-OUT=YES,CUE=\"{base64}\",ID=\"x\"",
                "#EXT-X-SCTE35:CUE={base64}",
                "#EXT-X-SCTE35:{base64}",
                "#EXT-X-SCTE35:{hex}",
                "#EXT-X-SCTE35-OUT:{base64}",
                "#EXT-X-CUE-OUT:30.000,SCTE35={base64}",
                "#EXT-X-CUE-OUT:DURATION=30,CUE=\"{base64}\"",
                "#EXT-X-CUE-OUT:\"30.0\",SCTE35={base64}",
                "#EXT-X-CUE-OUT-CONT:ElapsedTime=7.00,Duration=30.00,SCTE35={base64}",
                "#EXT-X-CUE-OUT-CONT:2.002/30,CAID=0x0001,SCTE35={base64}",
                "#EXT-X-CUE-IN:SCTE35={base64}",
                "#EXT-X-CUE:TYPE=\"SpliceOut\",ID=\"1\",TIME=\"3.5\",CUE=\"{base64}\"",
                "# EXT-X-SCTE35:CUE=\"{base64}\"",
                "\uFEFF#EXTM3U\r\n#EXT-X-SCTE35:CUE=\"{base64}\"\r\n#EXTINF:6,\r\nseg.ts\r\n",
            })
    void readsTheCue(String lines) {
        assertThat(cues(lines.replace("{base64}", OUT).replace("{hex}", HEX))).containsExactly(CUE);
    }

    @Test
    void readsACueOnce_thatManyTagsRepeat() {
        String playlist = String.join(
                "\n",
                "#EXTM3U",
                "#EXT-OATCLS-SCTE35:" + OUT,
                "#EXT-X-ASSET:CAID=0x000000002310E3A8",
                "#EXT-X-CUE-OUT:2.000",
                "#EXT-X-DATERANGE:ID=\"1\",START-DATE=\"2026-01-01T00:00:00Z\",SCTE35-OUT=" + HEX,
                "#EXTINF:1,",
                "1.ts",
                "#EXT-X-CUE-OUT-CONT:ElapsedTime=1.0,Duration=2.0,SCTE35=" + OUT,
                "#EXTINF:1,",
                "2.ts",
                "#EXT-X-CUE-IN",
                "#EXT-X-SCTE35:CUE=\"" + OTHER + "\"");
        CueDocument read = read(playlist);
        assertThat(read.cues()).containsExactly(CUE, SpliceInfoSection.fromBase64(OTHER));
        assertThat(read.failures()).isEmpty();
        assertThat(read.summary())
                .isEqualTo("a playlist of 12 lines and 2 segments, without a binary cue: 1 EXT-X-CUE-IN,"
                        + " 1 EXT-X-CUE-OUT");
    }

    @Test
    void countsBreaksWithoutABinaryCue() {
        CueDocument read =
                read("#EXTM3U\n#EXT-X-CUE-OUT:30\n#EXT-X-CUE-OUT-CONT:10/30\n#EXT-X-CUE-OUT-CONT:20/30,SCTE35=\n"
                        + "#EXT-X-CUE-IN\n"
                        + "#EXT-X-CUE:DURATION=\"201.467\",ID=\"0\",TYPE=\"SpliceOut\",TIME=\"414.171\"\n");
        assertThat(read.cues()).isEmpty();
        assertThat(read.failures()).isEmpty();
        assertThat(read.summary())
                .endsWith("without a binary cue: 1 EXT-X-CUE, 1 EXT-X-CUE-IN, 1 EXT-X-CUE-OUT, 2 EXT-X-CUE-OUT-CONT");
    }

    @Test
    void aPlaylistWithoutCues_isSound() {
        assertThat(read("#EXTM3U\n#EXTINF:6,\n/DA/segment.ts\n#EXT-X-ENDLIST").cues())
                .isEmpty();
    }

    @Test
    void theTriggerOfAnInterstitial_isNoCue() {
        CueDocument read = read("#EXT-X-DATERANGE:ID=\"1\",CLASS=\"com.apple.hls.interstitial\",CUE=\"PRE,ONCE\"");
        assertThat(read.cues()).isEmpty();
        assertThat(read.failures()).isEmpty();
    }

    @Test
    void namesLineAndTag_ofWhatIsNoCue_andGivesTheOthers() {
        String playlist =
                "#EXTM3U\n#EXT-OATCLS-SCTE35:c3BsaWNlLTY3MTE0OTQw\n#EXT-X-DATERANGE:ID=\"1\",SCTE35-OUT=0x0000\n"
                        + "#EXT-X-SCTE35:CUE=\"" + OUT.replace("AToyP", "BToyP") + "\"\n#EXT-X-CUE-OUT:SCTE35=\""
                        + OTHER + "\n"
                        + "#EXT-X-SCTE35:CUE=\"" + OTHER + "\"";
        CueDocument read = read(playlist);
        assertThat(read.cues()).containsExactly(SpliceInfoSection.fromBase64(OTHER));
        assertThat(read.failures().stream().map(Throwable::getMessage))
                .satisfiesExactly(
                        no -> assertThat(no).startsWith("line 2, EXT-OATCLS-SCTE35: cue: expected"),
                        no -> assertThat(no).startsWith("line 3, EXT-X-DATERANGE SCTE35-OUT: cue: expected"),
                        crc -> assertThat(crc).startsWith("line 4, EXT-X-SCTE35 CUE: CRC_32: expected"),
                        quote -> assertThat(quote)
                                .startsWith("line 5, EXT-X-CUE-OUT: attribute list: expected a closing"));
        assertThatThrownBy(() -> cues(playlist))
                .isInstanceOf(MalformedDataException.class)
                .hasMessageStartingWith("line 2, ");
    }

    @Test
    void refusesWhatIsNoPlaylist() {
        assertThatThrownBy(() -> cues("nothing\n")).hasMessageContaining("lines that start with #EXT");
    }

    private static Iterable<SpliceInfoSection> cues(String text) {
        return new HlsForm().read(text.getBytes(StandardCharsets.UTF_8));
    }

    private static CueDocument read(String text) {
        return new HlsForm().examine(text.getBytes(StandardCharsets.UTF_8));
    }
}
