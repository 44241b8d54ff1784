// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.cue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.github.srtnetty.codec.scte35.SpliceInfoSection;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The form of a document is found by how it begins. */
class ContentFormatTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {"command":{}}                                | JSON
                    [{"command":{}}]                              | JSON
                    #EXTM3U                                       | HLS
                    # EXT-X-CUE-OUT:30                            | HLS
                    <SpliceInfoSection/>                          | XML
                    <scte35:SpliceInfoSection xmlns:scte35="x"/>  | XML
                    <?xml version="1.0"?><MPD/>                   | DASH
                    <!-- <Signal> --> <mpd:MPD/>                  | DASH
                    <EventStream/>                                | DASH
                    <Signal><Binary>                              | XML_BIN
                    <Signal><SpliceInfoSection>                   | XML
                    <other/>                                      | XML
                    """)
    void findsTheForm(String start, CueFormat format) {
        assertThat(ContentFormat.of(start.getBytes(StandardCharsets.UTF_8))).isEqualTo(format);
        assertThat(ContentFormat.of(("\uFEFF \r\n" + start).getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(format);
        if (start.startsWith("<")) {
            assertThat(ContentFormat.of(("\uFEFF" + start).getBytes(StandardCharsets.UTF_16LE)))
                    .isEqualTo(format);
        }
    }

    @Test
    void findsNoForm_ofDigitsAndOfALineWithACue() {
        for (String line : new String[] {"", " ", "/DAW", "0xFC", "123", "<Binary>/DAW</Binary>", "\"/DAW\""}) {
            assertThat(ContentFormat.of(line.getBytes(StandardCharsets.UTF_8)))
                    .as(line)
                    .isNull();
        }
    }

    @Test
    void knowsBoxes_sections_andPackets() {
        byte[] box = {0, 0, 0, 8, 's', 't', 'y', 'p'};
        assertThat(ContentFormat.of(box)).isEqualTo(CueFormat.EMSG);
        byte[] section = SpliceInfoSection.fromBase64("/DAWAAAAAAAAAP/wBQb+ABt4xwAAwhCGHw==")
                .bytes()
                .toArray();
        assertThat(ContentFormat.isSection(section)).isTrue();
        byte[] packets = new byte[2 * 188];
        packets[0] = packets[188] = 0x47;
        assertThat(ContentFormat.isTransportStream(packets)).isTrue();
    }

    @Test
    void answersInTime_whateverADocumentRepeats() {
        byte[] document = "<!--".repeat(4 << 20).getBytes(StandardCharsets.US_ASCII);
        assertTimeoutPreemptively(Duration.ofSeconds(30), () -> ContentFormat.of(document));
    }
}
