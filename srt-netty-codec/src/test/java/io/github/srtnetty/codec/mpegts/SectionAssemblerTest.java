// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.mpegts;

import static io.github.srtnetty.codec.mpegts.TsBytes.bytes;
import static io.github.srtnetty.codec.mpegts.TsBytes.concat;
import static io.github.srtnetty.codec.mpegts.TsBytes.filled;
import static io.github.srtnetty.codec.mpegts.TsBytes.packet;
import static io.github.srtnetty.codec.mpegts.TsBytes.spliceSection;
import static io.github.srtnetty.codec.mpegts.TsBytes.view;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.srtnetty.codec.mpegts.SectionError.Reason;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class SectionAssemblerTest {
    private static final int PID = 500;
    private static final byte[] POINTER_0 = {0};

    private final List<byte[]> sections = new ArrayList<>();
    private final List<Long> places = new ArrayList<>();
    private final List<SectionError> errors = new ArrayList<>();
    private final SectionAssembler assembler = new SectionAssembler(PID, new SectionListener() {
        @Override
        public void onSection(Section section) {
            sections.add(section.toByteArray());
            places.add(section.packetIndex());
        }

        @Override
        public void onSectionError(SectionError error) {
            errors.add(error);
        }
    });
    private long packetIndex;

    @Test
    void deliversASectionThatFillsPartOfAPacket() {
        byte[] section = spliceSection(40, 0x11);

        feed(packet(PID, 0, true, concat(POINTER_0, section)));

        assertThat(sections).containsExactly(section);
        assertThat(assembler.sections()).isOne();
        assertThat(assembler.pid()).isEqualTo(PID);
    }

    @Test
    void deliversSeveralSectionsOfOnePacket() {
        byte[] first = spliceSection(40, 0x11);
        byte[] second = spliceSection(50, 0x22);
        byte[] third = spliceSection(93, 0x33);

        feed(packet(PID, 0, true, concat(POINTER_0, first, second, third)));

        assertThat(sections).containsExactly(first, second, third);
    }

    @Test
    void joinsASectionOfTheGreatestSize() {
        byte[] section = spliceSection(Section.MAX_SIZE, 0x44);

        feedInPackets(concat(POINTER_0, section));

        assertThat(sections).containsExactly(section);
        assertThat(places).containsExactly(0L);
    }

    @Test
    void deliversTheSectionBeforeThePointerAndTheOneBehindIt() {
        byte[] first = spliceSection(200, 0x11);
        byte[] second = spliceSection(60, 0x22);

        feed(packet(PID, 7, true, concat(POINTER_0, Arrays.copyOf(first, 183))));
        feed(packet(PID, 8, true, concat(bytes(17), Arrays.copyOfRange(first, 183, 200), second)));

        assertThat(sections).containsExactly(first, second);
        assertThat(places).containsExactly(0L, 1L);
    }

    @Test
    void joinsAHeaderThatIsSplitAnywhere() {
        for (int inFirst = 1; inFirst <= 3; inFirst++) {
            byte[] before = spliceSection(183 - inFirst, 0x11);
            byte[] split = spliceSection(70, 0x22);
            byte[] after = spliceSection(60, 0x33);

            feed(packet(PID, 2 * inFirst, true, concat(POINTER_0, before, Arrays.copyOf(split, inFirst))));
            byte[] rest = Arrays.copyOfRange(split, inFirst, 70);
            feed(packet(PID, 2 * inFirst + 1, true, concat(bytes(rest.length), rest, after)));

            assertThat(sections).as("%d bytes in the first packet", inFirst).containsExactly(before, split, after);
            sections.clear();
        }
    }

    @Test
    void keepsTheLastBytesOfASection_whenTheyLookLikeStuffing() {
        byte[] section = spliceSection(100, 0xFF);
        TsPacketBuilder padded = new TsPacketBuilder()
                .pid(PID)
                .payloadUnitStartIndicator(true)
                .payload(concat(POINTER_0, section)); // the adaptation field fills the packet

        feed(TsBytes.built(padded));

        assertThat(sections).containsExactly(section);
    }

    @Test
    void ignoresADuplicatePacket() {
        byte[] section = spliceSection(300, 0x55);
        byte[] first = packet(PID, 3, true, concat(POINTER_0, Arrays.copyOf(section, 183)));
        byte[] second = packet(PID, 4, false, Arrays.copyOfRange(section, 183, 300));

        feed(first, first, second, second);

        assertThat(sections).containsExactly(section);
        assertThat(errors).isEmpty();
    }

    @Test
    void dropsASection_whenAPacketInItsMiddleIsLost() {
        byte[] section = spliceSection(600, 0x55);
        feed(packet(PID, 3, true, concat(POINTER_0, Arrays.copyOf(section, 183))));

        feed(packet(PID, 5, false, Arrays.copyOfRange(section, 367, 551)));
        feed(packet(PID, 6, false, Arrays.copyOfRange(section, 551, 600)));

        assertThat(sections).isEmpty();
        assertThat(errors).extracting(SectionError::reason).containsExactly(Reason.LOST_PACKETS);
        assertThat(errors.get(0).packetIndex()).isZero();
        assertThat(errors.get(0).cause()).hasMessageContaining("183 bytes of 600");
    }

    @Test
    void deliversAWholeSection_thoughItsPacketComesAfterAGap() {
        byte[] lost = spliceSection(300, 0x55);
        byte[] whole = spliceSection(60, 0x66);
        feed(packet(PID, 3, true, concat(POINTER_0, Arrays.copyOf(lost, 183))));

        feed(packet(PID, 9, true, concat(bytes(5), filled(5, 0x55), whole)));

        assertThat(sections).containsExactly(whole);
        assertThat(errors).extracting(SectionError::reason).containsExactly(Reason.LOST_PACKETS);
    }

    @Test
    void takesTheSameCounterWithAnotherPayloadForALoss() {
        byte[] one = spliceSection(60, 0x55);
        byte[] other = spliceSection(60, 0x66);

        feed(packet(PID, 3, true, concat(POINTER_0, one)), packet(PID, 3, true, concat(POINTER_0, other)));

        assertThat(sections).containsExactly(one, other);
    }

    @Test
    void ignoresAPacketThatTheReceiverMarkedAsDamaged() {
        byte[] section = spliceSection(60, 0x55);
        byte[] packet = packet(PID, 3, true, concat(POINTER_0, section));
        packet[1] |= (byte) 0x80;

        feed(packet);

        assertThat(sections).isEmpty();
        assertThat(errors).isEmpty();
    }

    @Test
    void keepsTheSectionUnderWay_whenAPacketHasNoPayload() {
        byte[] section = spliceSection(300, 0x55);

        feed(packet(PID, 3, true, concat(POINTER_0, Arrays.copyOf(section, 183))));
        feed(TsBytes.built(new TsPacketBuilder().pid(PID).continuityCounter(3)));
        feed(packet(PID, 4, false, Arrays.copyOfRange(section, 183, 300)));

        assertThat(sections).containsExactly(section);
    }

    @Test
    void reportsABadCrcWithTheSection_andDoesNotDeliverIt() {
        byte[] section = spliceSection(60, 0x55);
        section[20] ^= 1;

        feed(packet(PID, 0, true, concat(POINTER_0, section, spliceSection(30, 0x11))));

        assertThat(sections).containsExactly(spliceSection(30, 0x11));
        assertThat(errors).extracting(SectionError::reason).containsExactly(Reason.BAD_CRC);
        Section bad = errors.get(0).section();
        assertThat(bad).isNotNull();
        assertThat(bad.toByteArray()).isEqualTo(section);
        assertThat(assembler.errors()).isOne();
    }

    @Test
    void reportsALengthBeyondTheLimit() {
        feed(packet(PID, 0, true, concat(POINTER_0, bytes(0xFC, 0x3F, 0xFE), filled(100, 0))));

        assertThat(errors).extracting(SectionError::reason).containsExactly(Reason.BAD_SECTION_LENGTH);
        assertThat(errors.get(0).cause().field()).isEqualTo("section_length");
        assertThat(errors.get(0).cause().actual()).isEqualTo("4094");
    }

    @Test
    void reportsALengthBelowWhatTheHeaderNeeds() {
        feed(packet(PID, 0, true, concat(POINTER_0, bytes(0x00, 0xB0, 8), filled(8, 0))));

        assertThat(sections).isEmpty();
        assertThat(errors).extracting(SectionError::reason).containsExactly(Reason.BAD_SECTION_LENGTH);
        assertThat(errors.get(0).cause().expected()).isEqualTo("at least 9");
    }

    @Test
    void reportsAPointerOutOfThePacket() {
        feed(packet(PID, 0, true, bytes(184)));

        assertThat(errors).extracting(SectionError::reason).containsExactly(Reason.BAD_POINTER_FIELD);
        assertThat(errors.get(0).cause().actual()).isEqualTo("184");
    }

    @Test
    void reportsASectionThatEndsTooEarly() {
        byte[] cut = spliceSection(300, 0x55);
        byte[] next = spliceSection(60, 0x66);
        feed(packet(PID, 0, true, concat(POINTER_0, Arrays.copyOf(cut, 183))));

        feed(packet(PID, 1, true, concat(bytes(3), filled(3, 0x55), next)));

        assertThat(sections).containsExactly(next);
        assertThat(errors).extracting(SectionError::reason).containsExactly(Reason.TRUNCATED);
    }

    @Test
    void reportsAnAdaptationFieldThatLeavesThePacket() {
        feed(concat(bytes(0x47, 0x41, 0xF4, 0x30, 200), filled(183, 0)));

        assertThat(errors).extracting(SectionError::reason).containsExactly(Reason.BAD_ADAPTATION_FIELD);
    }

    @Test
    void reportsAScrambledPayload() {
        byte[] packet = packet(PID, 0, true, concat(POINTER_0, spliceSection(60, 0x55)));
        packet[3] |= (byte) 0x80;

        feed(packet);

        assertThat(sections).isEmpty();
        assertThat(errors).extracting(SectionError::reason).containsExactly(Reason.SCRAMBLED);
    }

    @Test
    void reportsStuffingWithZeros_once() {
        byte[] section = spliceSection(60, 0x55);

        feed(packet(PID, 0, true, concat(POINTER_0, section, filled(123, 0))));

        assertThat(sections).containsExactly(section);
        assertThat(errors).extracting(SectionError::reason).containsExactly(Reason.BAD_SECTION_SYNTAX);
    }

    @Test
    void reportsBytesBehindASection_whereNoneMayBegin() {
        byte[] section = spliceSection(200, 0x55);
        byte[] next = spliceSection(60, 0x66);
        feed(packet(PID, 0, true, concat(POINTER_0, Arrays.copyOf(section, 183))));
        feed(packet(PID, 1, false, concat(Arrays.copyOfRange(section, 183, 200), bytes(0xFC, 0x30))));
        feed(packet(PID, 2, true, concat(POINTER_0, Arrays.copyOf(section, 183))));
        feed(packet(PID, 3, true, concat(bytes(18), Arrays.copyOfRange(section, 183, 200), bytes(0xFC), next)));

        assertThat(sections).containsExactly(section, section, next);
        assertThat(errors).extracting(SectionError::reason).containsExactly(Reason.STRAY_BYTES, Reason.STRAY_BYTES);
    }

    @Test
    void deliversASectionWithoutCrc_whereItsSyntaxHasNone() {
        byte[] timeAndDate = concat(bytes(0x70, 0x70, 5), filled(5, 0x12));

        feed(packet(PID, 0, true, concat(POINTER_0, timeAndDate)));

        assertThat(sections).containsExactly(timeAndDate);
    }

    @Test
    void waitsForTheNextStart_afterAReset() {
        byte[] section = spliceSection(300, 0x55);
        feed(packet(PID, 3, true, concat(POINTER_0, Arrays.copyOf(section, 183))));

        assembler.reset();
        feed(packet(PID, 4, false, Arrays.copyOfRange(section, 183, 300)));

        assertThat(sections).isEmpty();
        assertThat(errors).isEmpty();
    }

    private void feed(byte[]... packets) {
        for (byte[] packet : packets) {
            assembler.accept(view(packet), packetIndex++);
        }
    }

    private void feedInPackets(byte[] payload) {
        for (int from = 0, counter = 0; from < payload.length; from += 184, counter++) {
            int to = Math.min(payload.length, from + 184);
            feed(packet(PID, counter, from == 0, Arrays.copyOfRange(payload, from, to)));
        }
    }
}
