// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.scte35.xml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.srtnetty.codec.bits.Bytes;
import io.github.srtnetty.codec.bits.MalformedDataException;
import io.github.srtnetty.codec.scte35.Scte35Cue;
import io.github.srtnetty.codec.scte35.SegmentationDescriptor;
import io.github.srtnetty.codec.scte35.SegmentationType;
import io.github.srtnetty.codec.scte35.SpliceInfoSection;
import io.github.srtnetty.codec.scte35.SpliceInsert;
import io.github.srtnetty.codec.scte35.SpliceNull;
import io.github.srtnetty.codec.scte35.TimeSignal;
import io.github.srtnetty.codec.scte35.UnknownCommand;
import io.github.srtnetty.codec.scte35.form.CueDocument;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DashFormTest {
    private static final String NULL = "/DARAAAAAAAAAP/wAAAAAHpPv/8=";
    private static final SpliceInfoSection BREAK =
            SpliceInfoSection.builder(SpliceInsert.builder(7).build()).build();

    @Test
    void writesAnEventWithTimeDurationAndId() {
        SpliceInfoSection cue = SpliceInfoSection.builder(TimeSignal.at(900_000))
                .ptsAdjustment(90_000)
                .descriptor(SegmentationDescriptor.Event.builder(7, SegmentationType.BREAK_START)
                        .duration(2_700_000)
                        .build())
                .build();
        assertThat(text(new DashForm().write(cue))).isEqualTo("""
                        <EventStream xmlns="urn:mpeg:dash:schema:mpd:2011" schemeIdUri="urn:scte:scte35:2014:xml+bin" \
                        timescale="90000">
                          <Event presentationTime="990000" duration="2700000" id="7">
                            <Signal xmlns="http://www.scte.org/schemas/35">
                              <Binary>%s</Binary>
                            </Signal>
                          </Event>
                        </EventStream>
                        """.formatted(cue.toBase64()));
    }

    @Test
    void writesTheSchemeThatIsAskedFor() {
        assertThat(text(new DashForm().withScheme(DashForm.BIN).write(BREAK)))
                .contains("schemeIdUri=\"urn:scte:scte35:2013:bin\"")
                .contains(
                        "<Event presentationTime=\"0\" id=\"7\" contentEncoding=\"base64\">" + BREAK.toBase64() + "<");
        assertThat(text(new DashForm().withScheme(DashForm.XML).write(BREAK)))
                .contains("schemeIdUri=\"urn:scte:scte35:2013:xml\"")
                .contains("<SpliceInfoSection xmlns=\"http://www.scte.org/schemas/35\"");
        SpliceInfoSection unknown = SpliceInfoSection.builder(new UnknownCommand(9, Bytes.fromHex("01")))
                .build();
        assertThat(text(new DashForm().withScheme(DashForm.XML).write(unknown)))
                .contains("schemeIdUri=\"urn:scte:scte35:2014:xml+bin\"");
        assertThatThrownBy(() -> new DashForm().withScheme("urn:example")).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({"true, 990000", "false, 123"})
    void takesTheTimeOfACueWithoutOneFromTheStream(boolean timed, long presentationTime) {
        SpliceInfoSection section = timed
                ? SpliceInfoSection.builder(TimeSignal.at(990_000)).build()
                : SpliceInfoSection.builder(SpliceNull.INSTANCE).build();
        Scte35Cue cue =
                new Scte35Cue(section, 0x100, 1, true, 0, Instant.EPOCH, OptionalLong.of(123), OptionalLong.empty(), 0);
        assertThat(text(new DashForm().write(cue))).contains("presentationTime=\"" + presentationTime + "\"");
    }

    @Test
    void readsAllCuesOfAnMpd_eachOnce() {
        String mpd = """
                <?xml version="1.0" encoding="UTF-8"?>
                <MPD xmlns="urn:mpeg:dash:schema:mpd:2011"
                    xmlns:scte35="http://www.scte.org/schemas/35/2016" type="dynamic">
                  <Period id="1" start="PT0S">
                    <EventStream schemeIdUri="urn:scte:scte35:2014:xml+bin" timescale="1">
                      <Event presentationTime="1541436240" duration="24" id="29">
                        <scte35:Signal><scte35:Binary>%1$s</scte35:Binary></scte35:Signal>
                      </Event>
                      <Event presentationTime="1541436360" duration="24" id="30">
                        <Signal xmlns="http://www.scte.org/schemas/35/2016"><Binary>%2$s</Binary></Signal>
                      </Event>
                    </EventStream>
                    <EventStream schemeIdUri="urn:mpeg:dash:event:2012"><Event>other</Event></EventStream>
                    <AdaptationSet><InbandEventStream schemeIdUri="urn:scte:scte35:2013:bin"/></AdaptationSet>
                  </Period>
                  <Period id="2">
                    <EventStream schemeIdUri="urn:scte:scte35:2013:xml" timescale="90000">
                      <Event duration="1350000">
                        <scte35:SpliceInfoSection protocolVersion="0" ptsAdjustment="180832" tier="4095">
                          <scte35:SpliceInsert spliceEventId="4026531855" spliceEventCancelIndicator="false"
                              outOfNetworkIndicator="true" spliceImmediateFlag="false" uniqueProgramId="1" availNum="1"
                              availsExpected="1">
                            <scte35:Program><scte35:SpliceTime ptsTime="5672624400"/></scte35:Program>
                            <scte35:BreakDuration autoReturn="true" duration="1350000"/>
                          </scte35:SpliceInsert>
                        </scte35:SpliceInfoSection>
                      </Event>
                      <Event><scte35:Signal><scte35:Binary>%1$s</scte35:Binary></scte35:Signal></Event>
                    </EventStream>
                  </Period>
                </MPD>
                """.formatted(NULL, BREAK.toBase64());
        List<SpliceInfoSection> cues = read(mpd);
        assertThat(cues).hasSize(3);
        assertThat(cues.get(0).toBase64()).isEqualTo(NULL);
        assertThat(cues.get(1)).isEqualTo(BREAK);
        assertThat(cues.get(2).adjustedSplicePts()).hasValue(5_672_624_400L + 180_832);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<Event>" + NULL + "</Event>",
                "<Event contentEncoding='base64'>\n" + NULL + "\n</Event>",
                "<Event messageData='" + NULL + "'/>",
                "<Event><Binary xmlns='http://www.scte.org/schemas/35'>" + NULL + "</Binary></Event>",
                "<Event><![CDATA[<SpliceInfoSection xmlns='http://www.scte.org/schemas/35'><SpliceNull/>"
                        + "</SpliceInfoSection>]]></Event>",
                "<Event>&lt;SpliceInfoSection&gt;&lt;SpliceNull/&gt;&lt;/SpliceInfoSection&gt;</Event>",
                "<EventStream schemeIdUri='urn:scte:scte35:2013:bin'><Event>" + NULL + "</Event></EventStream>",
                "<EventStream schemeIdUri=' URN:scte:scte35:2014:bin '><Event>" + NULL + "</Event></EventStream>",
                "<EventStream schemeIdUri='urn:scte:scte35:2013a:bin'><Event>" + NULL + "</Event></EventStream>",
                "<EventStream schemeIdUri='urn:scte:scte35:2013:xml+bin'><Event>"
                        + "<Signal xmlns='https://scte.org/schemas/35'><Binary>" + NULL
                        + "</Binary></Signal></Event></EventStream>",
                "<Period><EventStream schemeIdUri='urn:scte:scte35:2014:xml'><Event><Signal"
                        + " xmlns='http://www.scte.org/schemas/35'><SpliceInfoSection><SpliceNull/></SpliceInfoSection>"
                        + "</Signal></Event></EventStream></Period>",
                "<MPD><Period><EventStream schemeIdUri='urn:scte:scte35:2013:xml'><Event><scte35:SpliceInfoSection>"
                        + "<scte35:SpliceNull/></scte35:SpliceInfoSection></Event></EventStream></Period></MPD>"
            })
    void readsASpliceNull(String xml) {
        assertThat(read(xml)).extracting(SpliceInfoSection::toBase64).containsExactly(NULL);
    }

    @Test
    void findsNothingInAnMpdWithoutEventsOfScte35() {
        assertThat(read("<MPD><Period/></MPD>")).isEmpty();
        assertThat(read("<MPD><Period><EventStream schemeIdUri='urn:scte:scte35:2013:xml'/></Period></MPD>"))
                .isEmpty();
        assertThat(read("<EventStream schemeIdUri='urn:example'><Event>x</Event></EventStream>"))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "<Period><EventStream schemeIdUri='urn:scte:scte35:2013:xml'><Event/></EventStream></Period>"
                        + " | Period/EventStream/Event",
                "<Period><EventStream schemeIdUri='urn:scte:scte35:2013:bin'><Event>" + NULL + "</Event><Event>AAAA"
                        + "</Event></EventStream></Period> | Period/EventStream/Event[2]",
                "<MPD><Period/><Period><EventStream schemeIdUri='urn:scte:scte35:2013:xml'><Event><SpliceInfoSection>"
                        + "<SpliceNull a='1'/></SpliceInfoSection></Event></EventStream></Period></MPD>"
                        + " | MPD/Period[2]/EventStream/Event/SpliceInfoSection/SpliceNull/@a",
                "<MPD xmlns='urn:mpeg:dash:schema:mpd:2011'><Period><EventStream schemeIdUri="
                        + "'urn:scte:scte35:2013:xml'><Event><SpliceInfoSection/></Event></EventStream></Period></MPD>"
                        + " | MPD/Period/EventStream/Event/SpliceInfoSection",
                "<SpliceInfoSection/> | SpliceInfoSection"
            })
    void namesTheElementOfACueThatCannotBeRead(String xml, String path) {
        assertThatThrownBy(() -> read(xml))
                .isInstanceOfSatisfying(
                        MalformedDataException.class,
                        failure -> assertThat(failure.field()).isEqualTo(path));
    }

    @Test
    void saysWhatTheManifestHeld_andGivesTheCuesAroundABrokenOne() {
        String mpd =
                "<MPD><Period><EventStream schemeIdUri='urn:scte:scte35:2013:bin'><Event>AAAA</Event><Event>" + NULL
                        + "</Event></EventStream><EventStream schemeIdUri='urn:x'/><AdaptationSet><InbandEventStream"
                        + " schemeIdUri='urn:scte:scte35:2013:bin'/><Representation/></AdaptationSet></Period></MPD>";
        CueDocument document = new DashForm().examine(mpd.getBytes(StandardCharsets.UTF_8));
        assertThat(document.cues()).extracting(SpliceInfoSection::toBase64).containsExactly(NULL);
        assertThat(document.failures())
                .extracting(MalformedDataException::field)
                .containsExactly("MPD/Period/EventStream[1]/Event[1]");
        assertThat(document.summary())
                .isEqualTo("a manifest of DASH with 1 Period, 1 EventStream of SCTE 35 and 1 others, 2 Event,"
                        + " 1 InbandEventStream of SCTE 35, whose cues are in the segments as emsg");
    }

    private static List<SpliceInfoSection> read(String xml) {
        return new DashForm().read(xml.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(byte[] written) {
        return new String(written, StandardCharsets.UTF_8);
    }
}
