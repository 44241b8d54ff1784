// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.scte35.xml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.srtnetty.codec.bits.MalformedDataException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is unknown, contradicts something else or is out of its range is an error with its path. */
class XmlRefusalTest {
    private static final String INSERT = "<SpliceInsert spliceEventId='1' ";
    private static final String SEGMENT = "<SpliceNull/><SegmentationDescriptor segmentationEventId='1' ";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "<TimeSignal/><TimeSignal/> | TimeSignal[2]",
                "<AvailDescriptor providerAvailId='1'/> | ",
                "<SpliceNul/> | SpliceNul",
                "<SpliceNull foo='1'/> | SpliceNull/@foo",
                "<SpliceNull>text</SpliceNull> | SpliceNull",
                "<SpliceNull><TimeSignal/></SpliceNull> | SpliceNull/TimeSignal",
                "<SpliceNull/><x:Y xmlns:x='urn:x'/> | Y",
                "<TimeSignal><SpliceTime ptsTime='8589934592'/></TimeSignal> | TimeSignal/SpliceTime/@ptsTime",
                "<TimeSignal><SpliceTime ptsTime='-1'/></TimeSignal> | TimeSignal/SpliceTime/@ptsTime",
                "<TimeSignal><SpliceTime ptsTime='1.5'/></TimeSignal> | TimeSignal/SpliceTime/@ptsTime",
                "<TimeSignal><SpliceTime ptsTime=''/></TimeSignal> | TimeSignal/SpliceTime/@ptsTime",
                "<TimeSignal><SpliceTime/><SpliceTime/></TimeSignal> | TimeSignal/SpliceTime[2]",
                "<PrivateCommand identifier='1'><PrivateBytes>0</PrivateBytes></PrivateCommand>"
                        + " | PrivateCommand/PrivateBytes",
                "<PrivateCommand><PrivateBytes/></PrivateCommand> | PrivateCommand/@identifier",
                "<SpliceNull/><EncryptedPacket encryptionAlgorithm='1' cwIndex='0'/>"
                        + " | EncryptedPacket/@encryptionAlgorithm",
                "<SpliceNull/><AvailDescriptor/> | AvailDescriptor/@providerAvailId",
                "<SpliceNull/><DTMFDescriptor chars='A'/> | DTMFDescriptor/@chars",
                "<SpliceNull/><DTMFDescriptor chars='12345678'/> | DTMFDescriptor/@chars",
                "<SpliceNull/><AudioDescriptor/> | AudioDescriptor",
                "<SpliceNull/><AudioDescriptor><AudioChannel ISOCode='de' BitStreamMode='0' NumChannels='0'"
                        + " FullSrvcAudio='1'/></AudioDescriptor> | AudioDescriptor/AudioChannel/@ISOCode",
                "<SpliceNull/><TimeDescriptor taiSeconds='281474976710656' taiNs='0' utcOffset='0'/>"
                        + " | TimeDescriptor/@taiSeconds",
                "<SpliceNull/><PrivateDescriptor identifier='1'/> | PrivateDescriptor/@descriptorTag",
                "<SpliceNull/><AvailDescriptor providerAvailId='1'/><AvailDescriptor providerAvailId='x'/>"
                        + " | AvailDescriptor[2]/@providerAvailId"
            })
    void refusesAnElementOfACue(String content, String path) {
        refuses("<SpliceInfoSection>" + content + "</SpliceInfoSection>", path == null ? "" : path);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "tier='4096' | @tier",
                "sapType='4' | @sapType",
                "ptsAdjustment='0x200000000' | @ptsAdjustment",
                "protocolVersion='1' | @protocolVersion",
                "preRollMilliSeconds='-5' | @preRollMilliSeconds",
                "teir='1' | @teir"
            })
    void refusesAnAttributeOfACue(String attribute, String path) {
        refuses("<SpliceInfoSection " + attribute + "><SpliceNull/></SpliceInfoSection>", path);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "outOfNetworkIndicator='yes'/> | @outOfNetworkIndicator",
                "eventId='1'/> | @eventId",
                "availNum='256'/> | @availNum",
                "spliceImmediateFlag='true'><Program><SpliceTime ptsTime='1'/></Program></SpliceInsert>"
                        + " | Program/SpliceTime/@ptsTime",
                "><Program/><Component componentTag='1'/></SpliceInsert> | Component",
                "><Component/></SpliceInsert> | Component/@componentTag",
                "><BreakDuration duration='1'/></SpliceInsert> | BreakDuration/@autoReturn",
                "><BreakDuration autoReturn='1' duration='8589934592'/></SpliceInsert> | BreakDuration/@duration",
                "spliceEventCancelIndicator='true' availNum='1'/> | @availNum",
                "spliceEventCancelIndicator='true' outOfNetworkIndicator='true'/> | @outOfNetworkIndicator",
                "spliceEventCancelIndicator='true'><BreakDuration autoReturn='1' duration='1'/></SpliceInsert>"
                        + " | BreakDuration",
                "spliceEventCancelIndicator='1'><Program><SpliceTime/></Program></SpliceInsert> | Program/SpliceTime"
            })
    void refusesAPartOfASpliceInsert(String rest, String path) {
        refuses("<SpliceInfoSection>" + INSERT + rest + "</SpliceInfoSection>", "SpliceInsert/" + path);
    }

    @Test
    void refusesASpliceInsertWithoutId() {
        refuses("<SpliceInfoSection><SpliceInsert/></SpliceInfoSection>", "SpliceInsert/@spliceEventId");
        refuses(
                "<SpliceInfoSection><SpliceInsert spliceEventId='4294967296'/></SpliceInfoSection>",
                "SpliceInsert/@spliceEventId");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "/> | @segmentationTypeId",
                "segmentationTypeId='256'/> | @segmentationTypeId",
                "segmentationTypeId='1' segmentationDuration='1099511627776'/> | @segmentationDuration",
                "segmentationTypeId='1' segmentationMessage='x'/> | @segmentationMessage",
                "segmentationEventCancelIndicator='true' segmentationTypeId='1'/> | @segmentationTypeId",
                "segmentationTypeId='1' segmentationEventIdComplianceIndicator='0'"
                        + " segmentationEventIdComplianceIndicatorbute='1'/> | @segmentationEventIdComplianceIndicator",
                "segmentationTypeId='1'><DeliveryRestrictions webDeliveryAllowedFlag='1' noRegionalBlackoutFlag='1'"
                        + " archiveAllowedFlag='1' deviceRestrictions='4'/></SegmentationDescriptor>"
                        + " | DeliveryRestrictions/@deviceRestrictions",
                "segmentationTypeId='1'><DeliveryRestrictions/></SegmentationDescriptor>"
                        + " | DeliveryRestrictions/@webDeliveryAllowedFlag",
                "segmentationTypeId='1'><Component componentTag='1'/></SegmentationDescriptor>"
                        + " | Component/@ptsOffset",
                "segmentationTypeId='1'><SegmentationTypeID segmentationType='52'/></SegmentationDescriptor>"
                        + " | SegmentationTypeID"
            })
    void refusesAPartOfASegment(String rest, String path) {
        refuses("<SpliceInfoSection>" + SEGMENT + rest + "</SpliceInfoSection>", "SegmentationDescriptor/" + path);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "segmentationUpidFormat='text'>x | /@segmentationUpidType",
                "segmentationUpidType='3' segmentationUpidFormat='text'>ABC | ``",
                "segmentationUpidType='9' segmentationUpidFormat='hexbinary'>xyz | ``",
                "segmentationUpidType='9' segmentationUpidFormat='base-64'>=== | ``",
                "segmentationUpidType='9' segmentationUpidFormat='private:x'>a | /@segmentationUpidFormat",
                "segmentationUpidType='9' formatIdentifier='1'>a | /@formatIdentifier",
                "segmentationUpidType='9' segmentationUpidLength='2'>abc | /@segmentationUpidLength",
                "segmentationUpidType='0'>abcd1 | ``",
                "segmentationUpidType='8' segmentationUpidFormat='text'>99999999999999999999 | ``",
                "segmentationUpidType='10' segmentationUpidFormat='text'>10.99999/7791-8534-2C23-9030-8610 | ``",
                "segmentationUpidType='12' formatIdentifier='1' privateData='1' segmentationUpidFormat='hexbinary'>01"
                        + " | ``"
            })
    void refusesAUpid(String rest, String path) {
        refuses(
                "<SpliceInfoSection>" + SEGMENT + "segmentationTypeId='1'><SegmentationUpid " + rest
                        + "</SegmentationUpid></SegmentationDescriptor></SpliceInfoSection>",
                "SegmentationDescriptor/SegmentationUpid" + path);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "<Event spliceEventId='1'/> | ",
                "<Event spliceEventId='1'><Program utcSpliceTime='1979-12-31T00:00:00Z'/></Event>"
                        + " | /Program/@utcSpliceTime",
                "<Event spliceEventId='1'><Program utcSpliceTime='2026-01-01T00:00:00.5Z'/></Event>"
                        + " | /Program/@utcSpliceTime",
                "<Event spliceEventId='1'><Program utcSpliceTime='1000'/></Event> | /Program/@utcSpliceTime",
                "<Event spliceEventId='1'><Program/></Event> | /Program/@utcSpliceTime",
                "<Event spliceEventId='1' spliceEventCancelIndicator='1'><Program utcSpliceTime="
                        + "'2026-01-01T00:00:00Z'/></Event> | /Program/@utcSpliceTime",
                "<Event spliceEventId='1' spliceImmediateFlag='1'><Program utcSpliceTime='2026-01-01T00:00:00Z'/>"
                        + "</Event> | /@spliceImmediateFlag"
            })
    void refusesAPartOfASchedule(String event, String path) {
        refuses(
                "<SpliceInfoSection><SpliceSchedule>" + event + "</SpliceSchedule></SpliceInfoSection>",
                "SpliceSchedule/Event" + (path == null ? "" : path));
    }

    @Test
    void refusesBytesThatContradictTheElements() {
        String bytes = "<Ext><Bytes xmlns='urn:io.github.srt-netty:scte35'>fc301100000000000000fff0000000007a4fbfff"
                + "</Bytes></Ext>";
        refuses("<SpliceInfoSection>" + bytes + "<TimeSignal/></SpliceInfoSection>", "Ext/Bytes");
        refuses("<SpliceInfoSection tier='1'>" + bytes + "<SpliceNull/></SpliceInfoSection>", "Ext/Bytes");
        assertThat(XmlTest.read("<SpliceInfoSection>" + bytes + "<SpliceNull/></SpliceInfoSection>")
                        .bytes()
                        .hex())
                .isEqualTo("fc301100000000000000fff0000000007a4fbfff");
        String avail = "<SpliceInfoSection><SpliceNull/><AvailDescriptor providerAvailId='1'><Ext>"
                + "<Bytes xmlns='urn:io.github.srt-netty:scte35'>435545490000000%s</Bytes></Ext></AvailDescriptor>"
                + "</SpliceInfoSection>";
        refuses(avail.formatted("2"), "AvailDescriptor/Ext/Bytes");
        assertThat(XmlTest.read(avail.formatted("1aa")).descriptorLoop().hex()).isEqualTo("00094355454900000001aa");
    }

    @Test
    void refusesASignalThatIsNone() {
        refusesRoot("<Signal/>", "Signal");
        refusesRoot("<Signal><Binary>/DARAAAAAAAAAP/wAAAAAHpPv/8=</Binary><SpliceInfoSection/></Signal>", "Signal");
        refusesRoot("<Signal><Binary signalType='private:x'>AA==</Binary></Signal>", "Signal/Binary/@signalType");
        refusesRoot("<Signal><Binary>/DARAAAAAAAAAP/wAAAAAHpPv/4=</Binary></Signal>", "Signal/Binary");
        refusesRoot("<Binary/>", "Binary");
        refusesRoot("<Signal xmlns='urn:x'/>", "Signal");
        refusesRoot("<MPD/>", "MPD");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "<s:Binary/> | a prefix that is not declared: s, s:Binary",
                "<Binary s:a='1'/> | a prefix that is not declared: Binary, s:a, s",
                "<Binary a='1' a='2'/> | an attribute twice: Binary, a",
                "<a:Binary xmlns:a='http://www.scte.org/schemas/35' a='1' a:a='2'/> | it twice",
                "<Binary> | line 1, column ",
                "<Binary/>x | nothing but elements, actual x",
                "x<Binary/> | nothing but elements, actual x",
                "<Binary>AAAA</Binary> | a cue in base64, actual"
            })
    void namesWhatIsWrongWithTheXml(String xml, String message) {
        byte[] document = xml.getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> new XmlForm().read(document))
                .isInstanceOf(MalformedDataException.class)
                .hasMessageContaining(message)
                .hasMessageNotContaining("w3.org");
    }

    private static void refuses(String xml, String path) {
        refusesRoot(xml, path.isEmpty() ? "SpliceInfoSection" : "SpliceInfoSection/" + path);
    }

    private static void refusesRoot(String xml, String path) {
        byte[] document = xml.getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> new XmlForm().read(document))
                .as(xml)
                .isInstanceOfSatisfying(MalformedDataException.class, failure -> {
                    assertThat(failure.field()).isEqualTo(path);
                    assertThat(failure.getMessage()).doesNotContain("\n");
                });
    }
}
