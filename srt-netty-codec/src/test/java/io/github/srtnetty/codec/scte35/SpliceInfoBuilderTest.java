// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.scte35;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.srtnetty.codec.bits.Bytes;
import io.github.srtnetty.codec.bits.MalformedDataException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class SpliceInfoBuilderTest {
    private static final byte[] DES_KEY = Bytes.fromHex("0123456789ABCDEF").toArray();
    private static final byte[] TRIPLE_DES_KEY =
            Bytes.fromHex("0123456789ABCDEF23456789ABCDEF01456789ABCDEF0123").toArray();

    private static final SpliceInfoSection SIGNAL = SpliceInfoSection.builder(TimeSignal.at(900_000))
            .descriptor(new AvailDescriptor(0x01020304))
            .build();

    @Test
    void buildsTheExamplesOfTheStandard() {
        SpliceInfoSection heartbeat =
                SpliceInfoSection.builder(SpliceNull.INSTANCE).build();
        assertThat(heartbeat.toBase64()).isEqualTo("/DARAAAAAAAAAP/wAAAAAHpPv/8=");

        SpliceInfoSection insert = SpliceInfoSection.builder(SpliceInsert.builder(0x4800008F)
                        .at(1_936_310_318)
                        .autoReturnAfter(5_426_421)
                        .build())
                .cwIndex(0xFF)
                .descriptor(new AvailDescriptor(309))
                .build();
        assertThat(insert.bytes()).isEqualTo(Samples.cue("spec-14.2").bytes());
    }

    @Test
    void buildsSplicesOfEveryKind() {
        SpliceInsert.Event back = SpliceInsert.builder(1)
                .returnToNetwork()
                .duration(90)
                .complianceFlag(false)
                .uniqueProgramId(2)
                .avail(3, 4)
                .build();
        assertThat(back)
                .isEqualTo(new SpliceInsert.Event(
                        1, false, false, SpliceInsert.Program.IMMEDIATE, new BreakDuration(false, 90), 2, 3, 4));
        SpliceInfoSection components = SpliceInfoSection.builder(SpliceInsert.builder(0x2002)
                        .components(List.of(
                                new SpliceInsert.Component(16, SpliceTime.at(900_000)),
                                new SpliceInsert.Component(17, SpliceTime.UNSPECIFIED)))
                        .autoReturnAfter(2_700_000)
                        .uniqueProgramId(1)
                        .build())
                .build();
        assertThat(components.bytes()).isEqualTo(Samples.cue("syn-insert-comp").bytes());
    }

    @Test
    void givesAChangedCueRightLengthsAndCrc() {
        SpliceInfoSection changed = SIGNAL.toBuilder()
                .ptsAdjustment(1)
                .descriptor(
                        SegmentationDescriptor.Event.builder(7, SegmentationType.PROVIDER_PLACEMENT_OPPORTUNITY_START)
                                .duration(2_700_000)
                                .upid(SegmentationUpid.ofText(UpidType.URI, "urn:x:y"))
                                .segment(1, 2)
                                .subSegment(3, 4)
                                .build())
                .build();
        assertThat(changed.sectionLength()).isEqualTo(changed.bytes().length() - 3);
        assertThat(SpliceInfoSection.decode(changed.bytes().toArray())).isEqualTo(changed);
        assertThat(changed.descriptors()).hasSize(2);
        assertThat(changed.adjustedSplicePts()).hasValue(900_001);
    }

    @Test
    void changesPtsAdjustmentAndNothingElse_alsoOfEncryptedCues() {
        for (Samples.Cue cue : OracleTest.goodCues()) {
            SpliceInfoSection section = SpliceInfoSection.decode(cue.bytes(), DecodeOptions.STRICT);
            SpliceInfoSection moved = section.withPtsAdjustment(0x1_2345_6789L);
            assertThat(moved.ptsAdjustment()).isEqualTo(0x1_2345_6789L);
            assertThat(SpliceInfoSection.decode(moved.bytes(), DecodeOptions.STRICT)
                            .withPtsAdjustment(section.ptsAdjustment()))
                    .isEqualTo(section);
        }
    }

    @Test
    void addsPtsAdjustmentModulo33Bits() {
        SpliceInfoSection section =
                SpliceInfoSection.decode(Samples.cue("syn-ts-ptsadj-wrap").bytes(), DecodeOptions.STRICT);
        assertThat(section.adjustedSplicePts()).hasValue(0x100);
    }

    @Test
    void decryptsWithTheKeyOfTheCwIndex() {
        SpliceInfoSection ecb = SpliceInfoSection.decode(
                Samples.cue("syn-enc-des-ecb").bytes(), DecodeOptions.STRICT.withKey(1, DES_KEY));
        assertThat(ecb.command()).isEqualTo(TimeSignal.at(900_000));
        assertThat(ecb.descriptors()).containsExactly(new AvailDescriptor(0x01020304));
        assertThat(ecb.eCrc32()).isPresent();

        SpliceInfoSection cbc = SpliceInfoSection.decode(
                Samples.cue("syn-enc-des-cbc").bytes(), DecodeOptions.STRICT.withKey(3, DES_KEY));
        assertThat(cbc.command()).isEqualTo(TimeSignal.at(0x1ABCDEF01L));
        assertThat(cbc.descriptors()).containsExactly(new AvailDescriptor(0x05060708));
    }

    @Test
    void keepsAnEncryptedCueWhole_andSaysSo_withoutTheRightKey() {
        Bytes bytes = Samples.cue("syn-enc-des-ecb").bytes();
        SpliceInfoSection unknown = SpliceInfoSection.decode(bytes, DecodeOptions.STRICT.withKey(2, DES_KEY));
        SpliceInfoSection wrong = SpliceInfoSection.decode(bytes, DecodeOptions.STRICT.withKey(1, new byte[8]));
        assertThat(unknown.has(Warning.Code.ENCRYPTED)).isTrue();
        assertThat(wrong.has(Warning.Code.E_CRC_MISMATCH)).isTrue();
        assertThat(wrong.command()).isEqualTo(unknown.command()).isInstanceOf(EncryptedCommand.class);
        assertThat(unknown.toBuilder().build().bytes()).isEqualTo(bytes);
    }

    @Test
    void encryptsWithEveryAlgorithm() {
        for (EncryptionAlgorithm algorithm : EncryptionAlgorithm.values()) {
            byte[] key = algorithm.keyLength() == 8 ? DES_KEY : TRIPLE_DES_KEY;
            SpliceInfoSection section =
                    SIGNAL.toBuilder().encrypt(algorithm, 9, key).build();
            SpliceInfoSection sealed = SpliceInfoSection.decode(section.bytes(), DecodeOptions.STRICT);
            SpliceInfoSection opened = SpliceInfoSection.decode(section.bytes(), DecodeOptions.STRICT.withKey(9, key));
            assertThat(sealed.command()).isInstanceOf(EncryptedCommand.class);
            assertThat(opened.command()).isEqualTo(SIGNAL.command());
            assertThat(opened.descriptors()).isEqualTo(SIGNAL.descriptors());
            assertThat(opened.encryptionAlgorithm()).isEqualTo(algorithm.id());
        }
    }

    @Test
    void encryptsAsOthersDo() {
        SpliceInfoSection built = SIGNAL.toBuilder()
                .encrypt(EncryptionAlgorithm.DES_ECB, 1, DES_KEY)
                .build();
        SpliceInfoSection sample = SpliceInfoSection.decode(
                Samples.cue("syn-enc-des-ecb").bytes(), DecodeOptions.STRICT.withKey(1, DES_KEY));
        assertThat(built.sectionLength()).isEqualTo(sample.sectionLength());
        assertThat(built.command()).isEqualTo(sample.command());
    }

    @Test
    void neverPrintsAKey() {
        assertThat(DecodeOptions.STRICT.withKey(1, DES_KEY).toString()).doesNotContainIgnoringCase("0123456789");
    }

    @Test
    void refusesValuesThatDoNotFit_withTheirName() {
        assertThatThrownBy(() -> SpliceTime.at(1L << 33)).hasMessageContaining("pts_time");
        assertThatThrownBy(() -> SIGNAL.toBuilder().tier(4096).build()).hasMessageContaining("tier");
        assertThatThrownBy(() -> new DtmfDescriptor(0, "12345678")).hasMessageContaining("dtmf_count");
        SpliceInfoBuilder long4093 =
                SpliceInfoSection.builder(new PrivateCommand(0x41424344, Bytes.of(new byte[4072])));
        assertThat(long4093.build().sectionLength()).isEqualTo(4093);
        long4093.alignmentStuffing(Bytes.of((byte) 0xFF));
        assertThatThrownBy(long4093::build).hasMessageContaining("section_length");
    }

    @Test
    void cannotRepresentACancelledEventWithADuration() {
        SpliceInfoSection cancel =
                SpliceInfoSection.builder(new SpliceInsert.Cancel(8193)).build();
        assertThat(cancel.bytes()).isEqualTo(Samples.cue("syn-insert-cancel").bytes());
        assertThat(SpliceInsert.Cancel.class.getRecordComponents()).hasSize(1);
        assertThat(cancel.splicePts()).isEmpty();
    }

    @Test
    void readsWrongCommandLengthsByTheSyntax_whenTheLoopThenFits() {
        byte[] bytes = SIGNAL.bytes().toArray();
        bytes[12] = 1; // splice_command_length 1 instead of 5
        CueText.putInt(bytes, bytes.length - 4, Bytes.of(bytes).crc32Mpeg2(0, bytes.length - 4));
        SpliceInfoSection section = SpliceInfoSection.decode(bytes);
        assertThat(section.command()).isEqualTo(SIGNAL.command());
        assertThat(section.descriptors()).isEqualTo(SIGNAL.descriptors());
        assertThat(section.has(Warning.Code.COMMAND_LENGTH)).isTrue();
    }

    @Test
    void readsALongerCommandByItsLength_whenOnlyThenTheLoopFits() {
        byte[] bytes = Bytes.fromHex(
                        "FC3022000000000000FFFFF00706FE000DBBA0" + "0000" + "000A00084355454901020304" + "00000000")
                .toArray();
        bytes[2] = (byte) (bytes.length - 3);
        CueText.putInt(bytes, bytes.length - 4, Bytes.of(bytes).crc32Mpeg2(0, bytes.length - 4));
        SpliceInfoSection section = SpliceInfoSection.decode(bytes);
        assertThat(section.command()).isEqualTo(SIGNAL.command());
        assertThat(section.descriptors()).isEqualTo(SIGNAL.descriptors());
        assertThat(section.commandLength()).isEqualTo(7);
    }

    @Test
    void readsBase64WithoutPaddingAndHexWithOrWithoutPrefix() {
        String base64 = SIGNAL.toBase64();
        assertThat(SpliceInfoSection.fromBase64(" " + base64.replace("=", "") + "\n"))
                .isEqualTo(SIGNAL);
        assertThat(SpliceInfoSection.fromHex(SIGNAL.bytes().hex())).isEqualTo(SIGNAL);
        assertThat(SpliceInfoSection.fromHex("0X" + SIGNAL.bytes().hex())).isEqualTo(SIGNAL);
        for (String text : List.of(base64, SIGNAL.toHex(), SIGNAL.bytes().hex(), " " + base64 + "\n")) {
            assertThat(SpliceInfoSection.fromText(text, DecodeOptions.STRICT)).isEqualTo(SIGNAL);
        }
        assertThatThrownBy(() -> SpliceInfoSection.fromText("", DecodeOptions.STRICT))
                .isInstanceOf(MalformedDataException.class);
        assertThatThrownBy(() -> SpliceInfoSection.fromBase64("no base64!")).isInstanceOf(MalformedDataException.class);
        assertThatThrownBy(() -> SpliceInfoSection.fromHex("0xF")).isInstanceOf(MalformedDataException.class);
    }

    @Test
    void buildsAndReadsEveryDescriptor() {
        List<SpliceDescriptor> descriptors = List.of(
                new AvailDescriptor(0xFFFFFFFFL),
                new DtmfDescriptor(177, "121#"),
                new TimeDescriptor(1_700_000_037, 123_456_789, 37),
                new AudioDescriptor(List.of(new AudioDescriptor.Component(1, "eng", 0, 2, true))),
                new DvbDasDescriptor(1, 2, 15, 1, Bytes.of("urn:x", StandardCharsets.US_ASCII)),
                new UnknownDescriptor(0x81, 0x53415053, Bytes.of((byte) 1)),
                new MalformedDescriptor(2, Bytes.of((byte) 1, (byte) 2)),
                new SegmentationDescriptor.Cancel(0xFFFFFFFFL, false),
                new SegmentationDescriptor.Event(
                        5,
                        true,
                        new SegmentationDescriptor.DeliveryRestrictions(true, false, true, 2),
                        List.of(new SegmentationDescriptor.Component(1, 90_000)),
                        OptionalLong.of((1L << 40) - 1),
                        new SegmentationUpid.Mid(List.of(
                                new SegmentationUpid.Mpu(0x41424344, Bytes.of((byte) 9)),
                                new SegmentationUpid.Atsc(1, 3, 2, 3, Bytes.of((byte) 65)),
                                SegmentationUpid.NONE)),
                        0x46,
                        1,
                        2,
                        new SegmentationDescriptor.SubSegments(3, 4)));
        SpliceInfoSection section = SpliceInfoSection.builder(BandwidthReservation.INSTANCE)
                .descriptors(descriptors)
                .build();
        assertThat(section.descriptors()).isEqualTo(descriptors);
    }

    @Test
    void writesUpidsInTheirCustomaryNotation() {
        assertThat(text(UpidType.EIDR, "14778be5e3f6000000000000")).isEqualTo("10.5239/8BE5-E3F6-0000-0000-0000");
        assertThat(text(UpidType.UUID_BINARY, "aa85bbb65c434b6abebbee3b13eb7999"))
                .isEqualTo("aa85bbb6-5c43-4b6a-bebb-ee3b13eb7999");
        assertThat(text(UpidType.ISAN, "0000000012340000abcd0001")).isEqualTo("0000-0000-1234-0000-ABCD-0001");
        assertThat(text(UpidType.UMID, "060a2b340101010501010d2013000000d2c9036c8f195343ab7014d2d718bfda"))
                .isEqualTo("060a2b34.01010105.01010d20.13000000.d2c9036c.8f195343.ab7014d2.d718bfda");
        assertThat(text(UpidType.TI, "000000002df3aad7")).isEqualTo("0x000000002df3aad7");
        assertThat(text(UpidType.UUID_BINARY, "0102")).isEqualTo("0102");
    }

    private static String text(UpidType type, String hex) {
        return ((SegmentationUpid.Plain) SegmentationUpid.of(type.id(), Bytes.fromHex(hex))).text();
    }
}
