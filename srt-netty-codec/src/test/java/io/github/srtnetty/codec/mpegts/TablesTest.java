// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.mpegts;

import static io.github.srtnetty.codec.mpegts.TsBytes.bytes;
import static io.github.srtnetty.codec.mpegts.TsBytes.concat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.srtnetty.codec.bits.Bytes;
import io.github.srtnetty.codec.bits.MalformedDataException;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TablesTest {
    private static final Pmt PMT = new Pmt(
            7,
            3,
            0x100,
            List.of(
                    new RegistrationDescriptor(RegistrationDescriptor.CUEI),
                    new RawDescriptor(0x09, Bytes.fromHex("0102030405"))),
            List.of(
                    new Pmt.Stream(StreamType.AVC, 0x100, List.of()),
                    new Pmt.Stream(StreamType.SCTE35, 0x1F4, List.of(new CueIdentifierDescriptor(1))),
                    new Pmt.Stream(StreamType.PRIVATE_PES, 0x1F5, List.of(new RawDescriptor(0x0A, Bytes.EMPTY)))));

    @Test
    void encodesAPatFieldByField() {
        Pat pat = new Pat(0x1234, 5, OptionalInt.of(0x10), List.of(new Pat.Program(1, 0x1000)));

        byte[] section = pat.encode().get(0);

        assertThat(section)
                .startsWith(bytes(
                        0x00, // table_id
                        0xB0,
                        17, // section_syntax_indicator, '0', reserved, section_length
                        0x12,
                        0x34, // transport_stream_id
                        0xC0 | 5 << 1 | 1, // reserved, version_number, current_next_indicator
                        0,
                        0, // section_number, last_section_number
                        0x00,
                        0x00,
                        0xE0,
                        0x10, // program 0: network_PID
                        0x00,
                        0x01,
                        0xF0,
                        0x00)) // program 1: program_map_PID 0x1000
                .hasSize(20);
        assertThat(Section.of(0, 0, section).isCrcGood()).isTrue();
        assertThat(Pat.decode(sections(pat.encode()))).isEqualTo(pat);
    }

    @Test
    void spreadsALongPatOverSections() {
        Pat pat = new Pat(
                1,
                0,
                IntStream.rangeClosed(1, 600)
                        .mapToObj(n -> new Pat.Program(n, 0x20 + n))
                        .toList());

        List<Section> sections = sections(pat.encode());

        assertThat(sections).extracting(Section::sectionNumber).containsExactly(0, 1, 2);
        assertThat(sections).extracting(Section::lastSectionNumber).containsOnly(2);
        assertThat(sections).allMatch(section -> section.sectionLength() <= 1021);
        assertThat(Pat.decode(sections)).isEqualTo(pat);
    }

    @Test
    void decodesAnEmptyPat() {
        Pat pat = new Pat(1, 31, List.of());

        assertThat(Pat.decode(sections(pat.encode()))).isEqualTo(pat);
    }

    @Test
    void encodesAPmtFieldByField() {
        byte[] section = PMT.encode();
        byte[] header = bytes(
                0x02, // table_id
                0xB0,
                46, // section_length
                0x00,
                0x07, // program_number
                0xC0 | 3 << 1 | 1, // version_number, current_next_indicator
                0,
                0); // section_number, last_section_number
        byte[] program = bytes(0xE1, 0x00, 0xF0, 13); // PCR_PID, program_info_length
        byte[] registration = bytes(0x05, 4, 'C', 'U', 'E', 'I');
        byte[] conditionalAccess = bytes(0x09, 5, 1, 2, 3, 4, 5); // kept raw
        byte[] video = bytes(0x1B, 0xE1, 0x00, 0xF0, 0); // stream_type, elementary_PID, ES_info_length
        byte[] splices = bytes(0x86, 0xE1, 0xF4, 0xF0, 3, 0x8A, 1, 1); // cue_identifier_descriptor
        byte[] data = bytes(0x06, 0xE1, 0xF5, 0xF0, 2, 0x0A, 0);

        assertThat(section).startsWith(concat(header, program, registration, conditionalAccess, video, splices, data));
        assertThat(Pmt.decode(Section.of(0x1000, 0, section))).isEqualTo(PMT);
    }

    @Test
    void refusesAPmtWhoseLengthsLeadOutOfIt() {
        for (int index : new int[] {11, 13, 29, 34, 36, 44}) {
            byte[] section = PMT.encode();
            section[index] = 120;

            assertThatThrownBy(() -> Pmt.decode(Section.of(0x1000, 0, section)))
                    .as("byte %d", index)
                    .isInstanceOf(MalformedDataException.class)
                    .hasMessageMatching("(program_info_length|descriptor_length|ES_info_length): expected at most .*");
        }
    }

    @Test
    void aPmtThatEndsTooEarly_isRefusedWithTheBytesThatAreThere() {
        byte[] whole = PMT.encode();
        for (int size = Section.LONG_HEADER_SIZE + Section.CRC_SIZE; size < whole.length; size++) {
            byte[] section = Arrays.copyOf(whole, size);
            section[2] = (byte) (size - 3); // section_length
            try {
                Pmt.decode(Section.of(0x1000, 0, section));
            } catch (MalformedDataException e) {
                assertThat(e).hasMessageContaining("(the rest of the ").hasMessageNotContaining("-");
            }
        }
        byte[] short3 = Arrays.copyOf(whole, Section.LONG_HEADER_SIZE + 3 + Section.CRC_SIZE);
        short3[2] = (byte) (short3.length - 3);

        assertThatThrownBy(() -> Pmt.decode(Section.of(0x1000, 0, short3)))
                .hasMessage("program_info_length: expected 4 bytes up to its end, actual 3 (the rest of the section)");
    }

    @Test
    void refusesOtherTables() {
        Section pat = Section.of(0, 0, new Pat(1, 0, List.of()).encode().get(0));

        assertThatThrownBy(() -> Pmt.decode(pat))
                .isInstanceOf(MalformedDataException.class)
                .hasMessageContaining("table_id");
        assertThatThrownBy(() -> Pat.decode(List.of(Section.of(0, 0, bytes(0, 0x30, 0)))))
                .isInstanceOf(MalformedDataException.class)
                .hasMessageContaining("section_syntax_indicator");
        assertThatThrownBy(
                        () -> Pat.decode(List.of(Section.of(0, 0, bytes(0, 0xB0, 10, 0, 1, 1, 0, 0, 9, 0, 0, 0, 0)))))
                .isInstanceOf(MalformedDataException.class)
                .hasMessageContaining("multiple of 4");
    }

    @Test
    void refusesToEncodeAPmtThatFitsNoSection() {
        Descriptor big = new RawDescriptor(0x80, Bytes.of(new byte[255]));
        Pmt pmt = new Pmt(1, 0, 0x100, List.of(big, big, big, big), List.of());

        assertThatThrownBy(pmt::encode).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void keepsDescriptorsRaw_whenTheirDataDoesNotFitTheType() {
        assertThat(Descriptor.of(RegistrationDescriptor.TAG, Bytes.fromHex("435545")))
                .isEqualTo(new RawDescriptor(RegistrationDescriptor.TAG, Bytes.fromHex("435545")));
        assertThat(Descriptor.of(CueIdentifierDescriptor.TAG, Bytes.EMPTY)).isInstanceOf(RawDescriptor.class);
        assertThat(Descriptor.of(CueIdentifierDescriptor.TAG, Bytes.fromHex("02")))
                .isEqualTo(new CueIdentifierDescriptor(2));
    }

    @Test
    void keepsWhatFollowsAFormatIdentifier() {
        Bytes data = Bytes.fromHex("484d5602ff01");

        Descriptor descriptor = Descriptor.of(RegistrationDescriptor.TAG, data);

        assertThat(descriptor).isEqualTo(new RegistrationDescriptor(0x484D5602, Bytes.fromHex("ff01")));
        assertThat(descriptor.data()).isEqualTo(data);
        assertThat(new RegistrationDescriptor(RegistrationDescriptor.HDMV).formatIdentifierText())
                .isEqualTo("HDMV");
        assertThat(Descriptor.isRegistered(PMT.programInfo(), RegistrationDescriptor.CUEI))
                .isTrue();
        assertThat(Descriptor.isRegistered(PMT.programInfo(), RegistrationDescriptor.HDMV))
                .isFalse();
    }

    @Test
    void refusesADescriptorThatCannotBeCoded() {
        assertThatThrownBy(() -> new RawDescriptor(256, Bytes.EMPTY)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new RawDescriptor(1, Bytes.of(new byte[256])))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static List<Section> sections(List<byte[]> encoded) {
        return encoded.stream().map(bytes -> Section.of(0, 0, bytes)).toList();
    }
}
