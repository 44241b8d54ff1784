// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.scte35.xml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.srtnetty.codec.bits.Bytes;
import io.github.srtnetty.codec.scte35.AudioDescriptor;
import io.github.srtnetty.codec.scte35.AvailDescriptor;
import io.github.srtnetty.codec.scte35.BandwidthReservation;
import io.github.srtnetty.codec.scte35.BreakDuration;
import io.github.srtnetty.codec.scte35.DtmfDescriptor;
import io.github.srtnetty.codec.scte35.DvbDasDescriptor;
import io.github.srtnetty.codec.scte35.EncryptionAlgorithm;
import io.github.srtnetty.codec.scte35.PrivateCommand;
import io.github.srtnetty.codec.scte35.SegmentationDescriptor;
import io.github.srtnetty.codec.scte35.SegmentationType;
import io.github.srtnetty.codec.scte35.SegmentationUpid;
import io.github.srtnetty.codec.scte35.SpliceCommand;
import io.github.srtnetty.codec.scte35.SpliceDescriptor;
import io.github.srtnetty.codec.scte35.SpliceInfoSection;
import io.github.srtnetty.codec.scte35.SpliceInsert;
import io.github.srtnetty.codec.scte35.SpliceNull;
import io.github.srtnetty.codec.scte35.SpliceSchedule;
import io.github.srtnetty.codec.scte35.SpliceTime;
import io.github.srtnetty.codec.scte35.TimeDescriptor;
import io.github.srtnetty.codec.scte35.TimeSignal;
import io.github.srtnetty.codec.scte35.UnknownCommand;
import io.github.srtnetty.codec.scte35.UnknownDescriptor;
import io.github.srtnetty.codec.scte35.UpidType;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What each field looks like in XML. */
class XmlWriteTest {
    @Test
    void writesAWholeCue() {
        SpliceInfoSection cue = SpliceInfoSection.builder(TimeSignal.at(900_000))
                .tier(1)
                .descriptor(SegmentationDescriptor.Event.builder(7, SegmentationType.PROVIDER_AD_BLOCK_START)
                        .duration(30 * 90_000)
                        .upid(SegmentationUpid.ofText(UpidType.URI, "urn:example:break?a=1&b=2"))
                        .segment(1, 2)
                        .build())
                .build();
        assertThat(xml(cue)).isEqualTo("""
                        <SpliceInfoSection xmlns="http://www.scte.org/schemas/35" protocolVersion="0" \
                        ptsAdjustment="0" tier="1">
                          <TimeSignal>
                            <SpliceTime ptsTime="900000"/>
                          </TimeSignal>
                          <SegmentationDescriptor segmentationEventId="7" segmentationEventCancelIndicator="false" \
                        segmentationDuration="2700000" segmentationTypeId="68" segmentNum="1" segmentsExpected="2">
                            <SegmentationUpid segmentationUpidType="15" segmentationUpidFormat="text">\
                        urn:example:break?a=1&amp;b=2</SegmentationUpid>
                          </SegmentationDescriptor>
                        </SpliceInfoSection>
                        """);
    }

    @Test
    void writesEveryCommand() {
        assertThat(command(SpliceNull.INSTANCE)).isEqualTo("<SpliceNull/>");
        assertThat(command(BandwidthReservation.INSTANCE)).isEqualTo("<BandwidthReservation/>");
        assertThat(command(new TimeSignal(SpliceTime.UNSPECIFIED)))
                .isEqualTo("<TimeSignal> <SpliceTime/> </TimeSignal>");
        assertThat(command(new PrivateCommand(0x41424344, Bytes.fromHex("0102"))))
                .isEqualTo("<PrivateCommand identifier=\"1094861636\"> <PrivateBytes>0102</PrivateBytes>"
                        + " </PrivateCommand>");
        assertThat(command(new SpliceInsert.Cancel(7)))
                .isEqualTo("<SpliceInsert spliceEventId=\"7\" spliceEventCancelIndicator=\"true\"> <Program/>"
                        + " </SpliceInsert>");
        assertThat(command(new SpliceInsert.Event(
                        7, true, false, SpliceInsert.Program.IMMEDIATE, new BreakDuration(true, 90_000), 1, 2, 3)))
                .isEqualTo("<SpliceInsert spliceEventId=\"7\" spliceEventCancelIndicator=\"false\""
                        + " outOfNetworkIndicator=\"true\" spliceImmediateFlag=\"true\" eventIdComplianceFlag=\"false\""
                        + " uniqueProgramId=\"1\" availNum=\"2\" availsExpected=\"3\"> <Program/>"
                        + " <BreakDuration autoReturn=\"true\" duration=\"90000\"/> </SpliceInsert>");
    }

    @Test
    void writesComponents() {
        SpliceInsert.Components components = new SpliceInsert.Components(
                false,
                List.of(
                        new SpliceInsert.Component(1, SpliceTime.at(5)),
                        new SpliceInsert.Component(2, SpliceTime.UNSPECIFIED)));
        assertThat(command(new SpliceInsert.Event(7, false, true, components, null, 0, 0, 0)))
                .contains("<Component componentTag=\"1\"> <SpliceTime ptsTime=\"5\"/> </Component>"
                        + " <Component componentTag=\"2\"> <SpliceTime/> </Component>");
    }

    @Test
    void writesASchedule() {
        SpliceSchedule schedule = new SpliceSchedule(List.of(
                new SpliceSchedule.Cancel(1, true),
                new SpliceSchedule.Event(2, true, true, new SpliceSchedule.Program(1_000_000_000L), null, 0, 0, 0),
                new SpliceSchedule.Event(
                        3,
                        true,
                        false,
                        new SpliceSchedule.Components(List.of(new SpliceSchedule.Component(9, 0xFFFFFFFFL))),
                        new BreakDuration(false, 1),
                        0,
                        0,
                        0)));
        assertThat(command(schedule))
                .contains(
                        "<Event spliceEventId=\"1\" spliceEventCancelIndicator=\"true\">"
                                + " <Program utcSpliceTime=\"1980-01-06T00:00:00Z\"/> </Event>",
                        "<Program utcSpliceTime=\"2011-09-14T01:46:40Z\"/>",
                        "<Component componentTag=\"9\" utcSpliceTime=\"2116-02-12T06:28:15Z\"/>"
                                + " <BreakDuration autoReturn=\"false\" duration=\"1\"/>");
    }

    @Test
    void writesEveryDescriptor() {
        assertThat(descriptor(new AvailDescriptor(0xFFFFFFFFL)))
                .isEqualTo("<AvailDescriptor providerAvailId=\"4294967295\"/>");
        assertThat(descriptor(new DtmfDescriptor(177, "12*#")))
                .isEqualTo("<DTMFDescriptor preroll=\"177\" chars=\"12*#\"/>");
        assertThat(descriptor(new DtmfDescriptor(0, ""))).isEqualTo("<DTMFDescriptor preroll=\"0\"/>");
        assertThat(descriptor(new TimeDescriptor(1_700_000_000L, 5, 37)))
                .isEqualTo("<TimeDescriptor taiSeconds=\"1700000000\" taiNs=\"5\" utcOffset=\"37\"/>");
        assertThat(descriptor(new AudioDescriptor(List.of(new AudioDescriptor.Component(1, "deu", 0, 2, true)))))
                .isEqualTo("<AudioDescriptor> <AudioChannel componentTag=\"1\" ISOCode=\"deu\" BitStreamMode=\"0\""
                        + " NumChannels=\"2\" FullSrvcAudio=\"1\"/> </AudioDescriptor>");
        assertThat(descriptor(new UnknownDescriptor(2, 0x41424344, Bytes.fromHex("01"))))
                .isEqualTo("<PrivateDescriptor descriptorTag=\"2\" identifier=\"1094861636\">"
                        + " <PrivateBytes>01</PrivateBytes> </PrivateDescriptor>");
        assertThat(descriptor(new DvbDasDescriptor(1, 2, 0, 3, Bytes.EMPTY)))
                .isEqualTo("<PrivateDescriptor descriptorTag=\"240\" identifier=\"1146503775\">"
                        + " <PrivateBytes>010203</PrivateBytes> </PrivateDescriptor>");
        assertThat(descriptor(new SegmentationDescriptor.Cancel(7, false)))
                .isEqualTo("<SegmentationDescriptor segmentationEventId=\"7\""
                        + " segmentationEventIdComplianceIndicatorbute=\"false\""
                        + " segmentationEventCancelIndicator=\"true\"/>");
    }

    @Test
    void writesUpidsAsTextOrHexadecimalDigits() {
        assertThat(upid(SegmentationUpid.ofText(UpidType.AD_ID, "ABCD0001000H")))
                .isEqualTo(element(3, "text", "ABCD0001000H"));
        assertThat(upid(SegmentationUpid.ofText(UpidType.AD_ID, "ABC"))).isEqualTo(element(3, "hexbinary", "414243"));
        assertThat(upid(SegmentationUpid.ofText(UpidType.ADI, "a b"))).isEqualTo(element(9, "text", "a b"));
        assertThat(upid(SegmentationUpid.ofText(UpidType.ADI, "a  b"))).isEqualTo(element(9, "hexbinary", "61202062"));
        assertThat(upid(SegmentationUpid.ofText(UpidType.ADI, "\u00e9"))).isEqualTo(element(9, "hexbinary", "e9"));
        assertThat(upid(SegmentationUpid.of(8, Bytes.fromHex("0a42235b81bc70fc"))))
                .isEqualTo(element(8, "hexbinary", "0a42235b81bc70fc"));
        assertThat(upid(SegmentationUpid.of(12, Bytes.fromHex("4142434401"))))
                .isEqualTo("<SegmentationUpid segmentationUpidType=\"12\" segmentationUpidFormat=\"hexbinary\""
                        + " formatIdentifier=\"1094861636\">01</SegmentationUpid>");
        assertThat(upid(SegmentationUpid.of(13, Bytes.fromHex("0901 41 0f0142".replace(" ", "")))))
                .isEqualTo(element(9, "text", "A") + " " + element(15, "text", "B"));
        assertThat(upid(SegmentationUpid.NONE)).isEmpty();
    }

    @Test
    void writesTheOneUpidOfAMid_andTheBytesInExt() {
        SegmentationUpid mid = new SegmentationUpid.Mid(List.of(SegmentationUpid.ofText(UpidType.ADI, "A")));
        String xml = xml(cue(segment(mid)));
        assertThat(xml).contains(element(9, "text", "A"), "<Bytes xmlns=\"urn:io.github.srt-netty:scte35\">");
        assertThat(xml.indexOf("<Ext>")).isGreaterThan(xml.indexOf("<SegmentationDescriptor"));
    }

    @Test
    void writesCuesThatTheSchemaCannotSayAsBase64() {
        SpliceInfoSection unknown = SpliceInfoSection.builder(new UnknownCommand(9, Bytes.fromHex("01")))
                .build();
        SpliceInfoSection encrypted = SpliceInfoSection.builder(SpliceNull.INSTANCE)
                .encrypt(
                        EncryptionAlgorithm.DES_ECB,
                        1,
                        Bytes.fromHex("0123456789abcdef").toArray())
                .build();
        SpliceInfoSection version = SpliceInfoSection.builder(SpliceNull.INSTANCE)
                .protocolVersion(1)
                .build();
        SpliceInfoSection odd = cue(new DtmfDescriptor(1, "A"));
        for (SpliceInfoSection cue : List.of(unknown, encrypted, version, odd)) {
            assertThat(xml(cue)).isEqualTo(new String(new XmlBinForm().write(cue), StandardCharsets.UTF_8));
            assertThat(xml(cue)).contains("<Binary>" + cue.toBase64() + "</Binary>");
        }
    }

    @Test
    void writesCwIndexOfAClearCueOnlyInTheBytes() {
        SpliceInfoSection cue =
                SpliceInfoSection.builder(SpliceNull.INSTANCE).cwIndex(0xFF).build();
        assertThat(xml(cue)).contains("<SpliceNull/>", ">" + cue.bytes().hex() + "</Bytes>");
    }

    @Test
    void writesTheNamespaceThatIsAskedFor_orThatWasRead() {
        SpliceInfoSection cue = SpliceInfoSection.builder(SpliceNull.INSTANCE).build();
        String uri = "http://www.scte.org/schemas/35/2016";
        XmlForm form = new XmlForm().withNamespace(uri);
        assertThat(form.write(cue)).asString(StandardCharsets.UTF_8).contains("xmlns=\"" + uri + "\"");
        byte[] read = ("<Event><s:Signal xmlns:s='" + uri + "'/></Event>").getBytes(StandardCharsets.UTF_8);
        assertThat(new XmlForm().withNamespaceOf(read).write(cue)).isEqualTo(form.write(cue));
        assertThat(new XmlForm()
                        .withNamespaceOf("<a/>".getBytes(StandardCharsets.UTF_8))
                        .write(cue))
                .isEqualTo(new XmlForm().write(cue));
        assertThatThrownBy(() -> new XmlForm().withNamespace("urn:example"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("urn:example");
    }

    private static String element(int type, String format, String text) {
        return "<SegmentationUpid segmentationUpidType=\"" + type + "\" segmentationUpidFormat=\"" + format + "\">"
                + text + "</SegmentationUpid>";
    }

    private static SegmentationDescriptor segment(SegmentationUpid upid) {
        return SegmentationDescriptor.Event.builder(7, SegmentationType.CHAPTER_START)
                .upid(upid)
                .build();
    }

    private static String upid(SegmentationUpid upid) {
        String xml = descriptor(segment(upid));
        return xml.substring(xml.indexOf('>') + 1)
                .replace("</SegmentationDescriptor>", "")
                .strip();
    }

    private static String command(SpliceCommand command) {
        String xml = xml(SpliceInfoSection.builder(command).build());
        return inner(xml);
    }

    private static String descriptor(SpliceDescriptor descriptor) {
        return inner(xml(cue(descriptor))).replace("<SpliceNull/> ", "");
    }

    private static String inner(String xml) {
        return xml.substring(xml.indexOf('>') + 1, xml.lastIndexOf("</"))
                .replaceAll("\\s*\n\\s*", " ")
                .strip();
    }

    private static SpliceInfoSection cue(SpliceDescriptor descriptor) {
        return SpliceInfoSection.builder(SpliceNull.INSTANCE)
                .descriptor(descriptor)
                .build();
    }

    private static String xml(SpliceInfoSection cue) {
        byte[] written = new XmlForm().write(cue);
        assertThat(new XmlForm().read(written)).containsExactly(cue);
        return new String(written, StandardCharsets.UTF_8);
    }
}
