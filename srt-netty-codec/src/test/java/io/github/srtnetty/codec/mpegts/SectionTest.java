// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.mpegts;

import static io.github.srtnetty.codec.mpegts.TsBytes.bytes;
import static io.github.srtnetty.codec.mpegts.TsBytes.spliceSection;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.srtnetty.codec.bits.MalformedDataException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SectionTest {
    @Test
    void readsTheLongHeader() {
        Section section = Section.of(
                0x20,
                7,
                bytes(
                        0x42, // table_id
                        0x80 | 0x70,
                        0x09, // section_syntax_indicator, section_length 9
                        0x12,
                        0x34, // table_id_extension
                        0xC0 | 21 << 1 | 0, // version_number, current_next_indicator
                        3,
                        4, // section_number, last_section_number
                        0,
                        0,
                        0,
                        0)); // CRC_32

        assertThat(section.tableId()).isEqualTo(0x42);
        assertThat(section.pid()).isEqualTo(0x20);
        assertThat(section.packetIndex()).isEqualTo(7);
        assertThat(section.size()).isEqualTo(12);
        assertThat(section.sectionLength()).isEqualTo(9);
        assertThat(section.tableIdExtension()).isEqualTo(0x1234);
        assertThat(section.versionNumber()).isEqualTo(21);
        assertThat(section.currentNextIndicator()).isFalse();
        assertThat(section.sectionNumber()).isEqualTo(3);
        assertThat(section.lastSectionNumber()).isEqualTo(4);
        assertThat(section.isCrcGood()).isFalse();
    }

    @Test
    void hasNoLongHeaderFields_withoutTheSyntaxIndicator() {
        Section section = Section.of(1, 0, spliceSection(40, 0xFF));

        assertThat(section.tableIdExtension()).isZero();
        assertThat(section.versionNumber()).isZero();
        assertThat(section.currentNextIndicator()).isTrue();
        assertThat(section.isCrcGood()).isTrue();
        assertThat(section.toByteBuf()).isEqualTo(Unpooled.wrappedBuffer(spliceSection(40, 0xFF)));
        assertThat(section.toString()).contains("0xfc", "40 bytes");
    }

    @Test
    void refusesBytesThatItsLengthDoesNotFit() {
        for (byte[] bytes : List.of(bytes(), bytes(0xFC, 0x30), bytes(0xFC, 0x30, 1), bytes(0xFC, 0x30, 0, 0))) {
            assertThatThrownBy(() -> Section.of(1, 0, bytes))
                    .isInstanceOf(MalformedDataException.class)
                    .hasMessageContaining("section_length");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 20, 183, 184, 367, 368, 1024, 4096})
    void comesBackWhole_fromThePacketsThatAPacketizerMade(int size) {
        byte[] section = size == 3 ? bytes(0x70, 0x70, 0) : spliceSection(size, 0x77);
        SectionPacketizer packetizer = new SectionPacketizer(0x123, 14);
        ByteBuf out = Unpooled.buffer();

        int packets = packetizer.write(section, out) + packetizer.write(section, out);

        assertThat(packets).isEqualTo(2 * SectionPacketizer.packetsFor(size));
        assertThat(out.readableBytes()).isEqualTo(packets * TsPacket.SIZE);
        assertThat(packetizer.continuityCounter()).isEqualTo((14 + packets) % 16);
        assertThat(packetizer.pid()).isEqualTo(0x123);
        List<byte[]> found = new ArrayList<>();
        SectionAssembler assembler = new SectionAssembler(0x123, s -> found.add(s.toByteArray()));
        ContinuityChecker checker = new ContinuityChecker();
        for (int i = 0; i < packets; i++) {
            TsPacket packet = new TsPacket().wrap(out, i * TsPacket.SIZE);
            checker.check(packet);
            assembler.accept(packet, i);
        }
        assertThat(found).containsExactly(section, section);
        assertThat(checker.losses()).isZero();
    }

    @Test
    void refusesToPacketizeOnTheNullPid() {
        assertThatThrownBy(() -> new SectionPacketizer(TsPacket.NULL_PID)).isInstanceOf(IllegalArgumentException.class);
    }
}
