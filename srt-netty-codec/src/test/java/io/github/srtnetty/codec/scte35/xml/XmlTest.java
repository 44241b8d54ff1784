// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.scte35.xml;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.srtnetty.codec.bits.MalformedDataException;
import io.github.srtnetty.codec.scte35.SegmentationDescriptor;
import io.github.srtnetty.codec.scte35.SegmentationUpid;
import io.github.srtnetty.codec.scte35.SpliceInfoSection;
import io.github.srtnetty.codec.scte35.SpliceInsert;
import io.github.srtnetty.codec.scte35.SpliceSchedule;
import io.github.srtnetty.codec.scte35.SpliceTime;
import io.github.srtnetty.codec.scte35.form.CueDocument;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Spellings that other programs write. */
class XmlTest {
    private static final String NULL = "/DARAAAAAAAAAP/wAAAAAHpPv/8=";

    static SpliceInfoSection read(String xml) {
        return new XmlForm().read(xml.getBytes(StandardCharsets.UTF_8)).get(0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<SpliceInfoSection xmlns='http://www.scte.org/schemas/35'><SpliceNull/></SpliceInfoSection>",
                "<SpliceInfoSection xmlns='http://www.scte.org/schemas/35/2016'><SpliceNull/></SpliceInfoSection>",
                "<s:SpliceInfoSection xmlns:s='http://www.scte.org/schemas/35/2014SCTE35.xsd'><s:SpliceNull/>"
                        + "</s:SpliceInfoSection>",
                "<SpliceInfoSection xmlns='https://scte.org/schemas/35'><SpliceNull/></SpliceInfoSection>",
                "<SpliceInfoSection xmlns='https://www.scte.org/schemas/35'><SpliceNull/></SpliceInfoSection>",
                "<SpliceInfoSection xmlns='urn:scte:scte35:2013:xml'><SpliceNull/></SpliceInfoSection>",
                "<SpliceInfoSection><SpliceNull/></SpliceInfoSection>",
                "<scte35:SpliceInfoSection><scte35:SpliceNull/></scte35:SpliceInfoSection>",
                "<scte35:SpliceInfoSection xmlns='https://scte.org/schemas/35'><scte35:SpliceNull/>"
                        + "</scte35:SpliceInfoSection>",
                "<s:SpliceInfoSection xmlns:s='http://www.scte.org/schemas/35/2016' s:tier='4095' s:ptsAdjustment='0'>"
                        + "<s:SpliceNull/></s:SpliceInfoSection>",
                "<?xml version='1.0' encoding='UTF-8'?>\n<!-- a comment --><SpliceInfoSection protocolVersion='0'"
                        + " sapType='3' preRollMilliSeconds='4000' xsi:schemaLocation='a b'\n> <SpliceNull\n/>"
                        + " <!-- another --> </SpliceInfoSection>\n",
                "<SpliceInfoSection><Ext><any xmlns='urn:x' a='1'><b/></any></Ext><SpliceNull><Ext x='1'/></SpliceNull>"
                        + "</SpliceInfoSection>",
                "<SpliceInfoSection><EncryptedPacket encryptionAlgorithm='0' cwIndex='0'/><SpliceNull/>"
                        + "</SpliceInfoSection>",
                "<SpliceInfoSection tier=' 0xfff '><SpliceNull/></SpliceInfoSection>",
                "<Signal><SpliceInfoSection><SpliceNull/></SpliceInfoSection></Signal>",
                "<Signal><Binary>\n  /DARAAAAAAAA\n  AP/wAAAAAHpPv/8=  </Binary></Signal>",
                "<Binary signalType='SpliceInfoSection'>/DARAAAAAAAAAP/wAAAAAHpPv/8</Binary>",
                "<Signal><Binary><![CDATA[/DARAAAAAAAAAP/wAAAAAHpPv/8=]]></Binary></Signal>"
            })
    void readsASpliceNull(String xml) {
        assertThat(read(xml).toBase64()).isEqualTo(NULL);
        assertThat(new XmlBinForm().read(xml.getBytes(StandardCharsets.UTF_8))).containsExactly(read(xml));
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "UTF-16LE", "UTF-16BE", "UTF-16", "ISO-8859-1"})
    void readsTheEncodingOfTheDocument(String encoding) {
        String declared = encoding.startsWith("UTF-16") ? "UTF-16" : encoding;
        String xml = "<?xml version=\"1.0\" encoding=\"" + declared + "\"?><SpliceInfoSection><!-- \u00e9 -->"
                + "<SpliceNull/></SpliceInfoSection>";
        assertThat(new XmlForm()
                        .read(xml.getBytes(Charset.forName(encoding)))
                        .get(0)
                        .toBase64())
                .isEqualTo(NULL);
        byte[] marked = ("\uFEFF" + xml.substring(xml.indexOf("?>") + 2)).getBytes(StandardCharsets.UTF_8);
        assertThat(new XmlForm().read(marked).get(0).toBase64()).isEqualTo(NULL);
    }

    @Test
    void readsASpliceInsertOfThreefive_withoutProgram() {
        SpliceInfoSection cue = read("<scte35:SpliceInfoSection xmlns:scte35=\"https://scte.org/schemas/35\" "
                + "ptsAdjustment=\"0\" protocolVersion=\"0\" sapType=\"3\" tier=\"4095\">\n"
                + "   <scte35:SpliceInsert spliceEventId=\"1\" spliceEventCancelIndicator=\"false\" "
                + "spliceImmediateFlag=\"true\" eventIdComplianceFlag=\"true\" availNum=\"0\" availsExpected=\"0\" "
                + "outOfNetworkIndicator=\"true\" uniqueProgramId=\"1\">\n"
                + "      <scte35:BreakDuration autoReturn=\"true\" duration=\"5400000\"/>\n"
                + "   </scte35:SpliceInsert>\n</scte35:SpliceInfoSection>");
        assertThat(cue.toBase64()).isEqualTo("/DAgAAAAAAAAAP/wDwUAAAABf//+AFJlwAABAAAAAMOOklg=");
    }

    @Test
    void readsTheTimeOfASpliceInsert_withAndWithoutTheFlag() {
        String timed = "<SpliceInfoSection><SpliceInsert spliceEventId='1'%s><Program>%s</Program></SpliceInsert>"
                + "</SpliceInfoSection>";
        assertThat(target(timed.formatted("", "<SpliceTime ptsTime='5'/>")))
                .isEqualTo(new SpliceInsert.Program(SpliceTime.at(5)));
        assertThat(target(timed.formatted("", ""))).isEqualTo(SpliceInsert.Program.IMMEDIATE);
        assertThat(target(timed.formatted(" spliceImmediateFlag='0'", "")))
                .isEqualTo(new SpliceInsert.Program(SpliceTime.UNSPECIFIED));
        assertThat(target(timed.formatted(" spliceImmediateFlag='1'", "<SpliceTime/>")))
                .isEqualTo(SpliceInsert.Program.IMMEDIATE);
    }

    private static SpliceInsert.Target target(String xml) {
        return ((SpliceInsert.Event) read(xml).command()).target();
    }

    @Test
    void readsWhatOtherProgramsWriteWithACancelledEvent() {
        SpliceInfoSection cue = read("<SpliceInfoSection><SpliceInsert spliceEventId='7' spliceEventCancelIndicator='1'"
                + " uniqueProgramId='0' availNum='0' availsExpected='0' outOfNetworkIndicator='false'/>"
                + "</SpliceInfoSection>");
        assertThat(cue.command()).isEqualTo(new SpliceInsert.Cancel(7));
    }

    @Test
    void readsTimesOfAScheduleWithAnyZone() {
        for (String time : new String[] {"2026-01-01T00:00:00Z", "2026-01-01T01:00:00+01:00", "2026-01-01T00:00:00"}) {
            SpliceSchedule schedule = (SpliceSchedule) read("<SpliceInfoSection><SpliceSchedule><Event"
                            + " spliceEventId='1'><Program utcSpliceTime='" + time + "'/></Event></SpliceSchedule>"
                            + "</SpliceInfoSection>")
                    .command();
            SpliceSchedule.Event event =
                    (SpliceSchedule.Event) schedule.events().get(0);
            assertThat(event.target()).isEqualTo(new SpliceSchedule.Program(1_451_260_800L));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "segmentationUpidType='8' segmentationUpidLength='8'>0x2df3aad7 | 8 000000002df3aad7",
                "segmentationUpidType='8'>000000003484D6D5 | 8 000000003484d6d5",
                "segmentationUpidType='8' segmentationUpidFormat='text'>748724618 | 8 000000002ca0a18a",
                "segmentationUpidType='12' segmentationUpidLength='2'>0100 | 12 0100",
                "segmentationUpidType='1' segmentationUpidLength='3'>012345 | 1 012345",
                "segmentationUpidType='14' segmentationUpidFormat='hexBinary'>63736f | 14 63736f",
                "segmentationUpidType='12' segmentationUpidFormat='hexbinary'>42454C4C7B | 12 42454c4c7b",
                "segmentationUpidType='12' segmentationUpidFormat='hexbinary' formatIdentifier='1331055705'"
                        + " privateData='73'>4f564c5949 | 12 4f564c5949",
                "segmentationUpidType='12' formatIdentifier='1145656131' format='base-64'>WU1XRjA0NTIwMDBI"
                        + " | 12 4449534359 4d57463034353230303048",
                "segmentationUpidType='12' formatIdentifier='1094861636' segmentationUpidFormat='text'>AB"
                        + " | 12 414243444142",
                "segmentationUpidType='10' segmentationUpidFormat='text'>10.5240/7791-8534-2C23-9030-8610"
                        + " | 10 14787791 85342c2390308610",
                "segmentationUpidType='10' segmentationUpidFormat='text'>10.5240/0E4F-892E-442F-6BD4-15B0-1"
                        + " | 10 14780e4f892e442f6bd415b0",
                "segmentationUpidType='6' segmentationUpidFormat='text'>0000-0001-2C52-0000-P-0000-0000-0"
                        + " | 6 000000012c52000000000000",
                "segmentationUpidType='6' segmentationUpidFormat='base-64'>AAAAASxSAAAAAAAA"
                        + " | 6 000000012c52000000000000",
                "segmentationUpidType='4'>060A2B34.01010105.01010D20.13000000.D2C9036C.8F195343.AB7014D2.D718BFDA"
                        + " | 4 060a2b340101010501010d2013000000d2c9036c8f195343ab7014d2d718bfda",
                "segmentationUpidType='16' segmentationUpidFormat='text'>f81d4fae-7dec-11d0-a765-00a0c91e6bf6"
                        + " | 16 f81d4fae7dec11d0a76500a0c91e6bf6",
                "segmentationUpidType='9' segmentationUpidFormat='text'>   SIGNAL:a   b | 9 5349474e414c3a612062",
                "segmentationUpidType='9'>SIGNAL:\u00e9 | 9 5349474e414c3ae9",
                "segmentationUpidType='0'> | 0 "
            })
    void readsAUpid(String rest, String expected) {
        String[] parts = expected.split(" ", 2);
        String hex = parts.length < 2 ? "" : parts[1].replace(" ", "");
        SegmentationUpid upid =
                segment("<SegmentationUpid " + rest + "</SegmentationUpid>").upid();
        assertThat(upid.type()).isEqualTo(Integer.parseInt(parts[0]));
        assertThat(upid.bytes().hex()).isEqualTo(hex);
    }

    private static SegmentationDescriptor.Event segment(String content) {
        return (SegmentationDescriptor.Event) read("<SpliceInfoSection><TimeSignal/><SegmentationDescriptor"
                        + " segmentationEventId='1' segmentationTypeId='52'>" + content
                        + "</SegmentationDescriptor></SpliceInfoSection>")
                .descriptors()
                .get(0);
    }

    @Test
    void readsSeveralUpidsAsAMid() {
        SegmentationUpid upid = segment("<SegmentationUpid segmentationUpidType='15' segmentationUpidFormat='text'>AB"
                        + "</SegmentationUpid><SegmentationUpid segmentationUpidType='8'"
                        + " segmentationUpidFormat='hexBinary'>0102</SegmentationUpid>")
                .upid();
        assertThat(upid.type()).isEqualTo(13);
        assertThat(upid.bytes().hex()).isEqualTo("0f02414208020102");
    }

    @Test
    void readsTheTypeOfASegmentThatStandsInItsUpid() {
        SegmentationDescriptor.Event segment = (SegmentationDescriptor.Event)
                read("<scte35:SpliceInfoSection protocolVersion=\"0\" ptsAdjustment=\"183003\" tier=\"4095\">"
                                + "<scte35:TimeSignal><scte35:SpliceTime ptsTime=\"3442857000\"/></scte35:TimeSignal>"
                                + "<scte35:SegmentationDescriptor segmentationEventId=\"1414668\""
                                + " segmentationEventCancelIndicator=\"false\" segmentationDuration=\"8100000\">"
                                + "<scte35:DeliveryRestrictions webDeliveryAllowedFlag=\"false\""
                                + " noRegionalBlackoutFlag=\"false\" archiveAllowedFlag=\"false\""
                                + " deviceRestrictions=\"3\"/><scte35:SegmentationUpid segmentationUpidType=\"12\""
                                + " segmentationUpidLength=\"2\" segmentationTypeId=\"52\" segmentNum=\"0\""
                                + " segmentsExpected=\"1\">0100</scte35:SegmentationUpid>"
                                + "</scte35:SegmentationDescriptor></scte35:SpliceInfoSection>")
                        .descriptors()
                        .get(0);
        assertThat(segment.segmentationTypeId()).isEqualTo(52);
        assertThat(segment.segmentsExpected()).isEqualTo(1);
    }

    @Test
    void takesSubSegmentsOfTypesThatHaveNone_andSendsThemUnlessTheyAreZero() {
        String xml = "<SpliceInfoSection><TimeSignal/><SegmentationDescriptor segmentationEventId='1'"
                + " segmentationTypeId='34' subSegmentNum='%s' subSegmentsExpected='%s'/></SpliceInfoSection>";
        assertThat(read(xml.formatted(0, 0)).descriptorLoop().hex()).endsWith("220000");
        SpliceInfoSection sent = read(xml.formatted(2, 15));
        assertThat(sent.descriptorLoop().hex()).endsWith("220000020f");
        assertThat(new XmlForm().read(new XmlForm().write(sent))).containsExactly(sent);
    }

    @Test
    void readsAPrivateDescriptorOfScte35Go() {
        assertThat(read("<SpliceInfoSection><SpliceNull/><PrivateDescriptor tag='200' identifier='1094861636'>0102"
                                + "</PrivateDescriptor></SpliceInfoSection>")
                        .descriptorLoop()
                        .hex())
                .isEqualTo("c806414243440102");
    }

    @Test
    void readsCwIndexOfAClearCue() {
        assertThat(read("<SpliceInfoSection><EncryptedPacket encryptionAlgorithm='0' cwIndex='255'/><SpliceNull/>"
                                + "</SpliceInfoSection>")
                        .cwIndex())
                .isEqualTo(255);
    }

    @Test
    void numbersSeveralDocuments_andGivesThoseAroundABrokenOne() {
        String cue = "<SpliceInfoSection><SpliceNull/></SpliceInfoSection>\n";
        CueDocument document =
                new XmlForm().examine((cue + "<SpliceInfoSection/>\n" + cue).getBytes(StandardCharsets.UTF_8));
        assertThat(document.cues()).hasSize(2);
        assertThat(document.failures())
                .extracting(MalformedDataException::field)
                .containsExactly("SpliceInfoSection[2]");
    }
}
