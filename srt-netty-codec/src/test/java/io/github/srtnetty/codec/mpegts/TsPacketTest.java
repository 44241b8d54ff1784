// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.mpegts;

import static io.github.srtnetty.codec.mpegts.TsBytes.bytes;
import static io.github.srtnetty.codec.mpegts.TsBytes.concat;
import static io.github.srtnetty.codec.mpegts.TsBytes.filled;
import static io.github.srtnetty.codec.mpegts.TsBytes.view;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;

class TsPacketTest {
    @Test
    void readsEveryFieldOfTheHeader() {
        byte[] packet = concat(
                bytes(
                        0x47, // sync_byte
                        0x80 | 0x40 | 0x20 | 0x12, // error, start, priority, PID high
                        0x34, // PID low
                        2 << 6 | 1 << 4 | 0xA), // scrambling, payload only, continuity_counter
                filled(184, 0x11));

        TsPacket view = view(packet);

        assertThat(view.hasSyncByte()).isTrue();
        assertThat(view.transportErrorIndicator()).isTrue();
        assertThat(view.payloadUnitStartIndicator()).isTrue();
        assertThat(view.transportPriority()).isTrue();
        assertThat(view.pid()).isEqualTo(0x1234);
        assertThat(view.transportScramblingControl()).isEqualTo(2);
        assertThat(view.adaptationFieldControl()).isEqualTo(1);
        assertThat(view.hasPayload()).isTrue();
        assertThat(view.hasAdaptationField()).isFalse();
        assertThat(view.continuityCounter()).isEqualTo(10);
        assertThat(view.payloadOffset()).isEqualTo(4);
        assertThat(view.payloadLength()).isEqualTo(184);
        assertThat(view.pcr27M()).isEqualTo(TsPacket.NONE);
    }

    @Test
    void readsNoFlagWhereNoneIsSet() {
        TsPacket view = view(concat(bytes(0x47, 0x00, 0x00, 0x00), new byte[184]));

        assertThat(view.transportErrorIndicator()).isFalse();
        assertThat(view.payloadUnitStartIndicator()).isFalse();
        assertThat(view.transportPriority()).isFalse();
        assertThat(view.pid()).isZero();
        assertThat(view.adaptationFieldControl()).isZero();
        assertThat(view.payloadLength()).isZero();
        assertThat(view.discontinuityIndicator()).isFalse();
    }

    @Test
    void readsTheAdaptationField() {
        byte[] packet = concat(
                bytes(
                        0x47,
                        0x01,
                        0x00,
                        0x30, // PID 0x100, both fields
                        20, // adaptation_field_length
                        0x80 | 0x40 | 0x20 | 0x10 | 0x08, // discontinuity, random access, priority, PCR, OPCR
                        0xFF,
                        0xFF,
                        0xFF,
                        0xFF,
                        0xFF,
                        0x2B, // PCR base 2^33 - 1, reserved, extension 299
                        0x00,
                        0x00,
                        0x00,
                        0x00,
                        0x80,
                        0x02), // OPCR base 1, extension 2
                filled(7, 0xFF), // stuffing
                filled(163, 0x22));

        TsPacket view = view(packet);

        assertThat(view.adaptationFieldLength()).isEqualTo(20);
        assertThat(view.discontinuityIndicator()).isTrue();
        assertThat(view.randomAccessIndicator()).isTrue();
        assertThat(view.elementaryStreamPriorityIndicator()).isTrue();
        assertThat(view.pcr27M()).isEqualTo(Timestamp.PCR_MODULUS - 1);
        assertThat(view.opcr27M()).isEqualTo(302);
        assertThat(view.payloadOffset()).isEqualTo(25);
        assertThat(view.payloadLength()).isEqualTo(163);
    }

    @Test
    void readsAnOpcrWithoutAPcr() {
        byte[] packet =
                concat(bytes(0x47, 0x01, 0x00, 0x20, 183, 0x08, 0x00, 0x00, 0x00, 0x01, 0x00, 0x00), filled(176, 0xFF));

        assertThat(view(packet).pcr27M()).isEqualTo(TsPacket.NONE);
        assertThat(view(packet).opcr27M()).isEqualTo(600);
        assertThat(view(packet).payloadLength()).isZero();
    }

    @Test
    void readsASpliceCountdownAndPrivateData_behindTheClocks() {
        byte[] clock = bytes(0, 0, 0, 0, 0, 0);
        byte[] behindBoth = concat(
                bytes(0x47, 0x01, 0x00, 0x20, 183, 0x1E), clock, clock, bytes(-3, 2, 0xAB, 0xCD), filled(166, 0xFF));
        byte[] alone = concat(bytes(0x47, 0x01, 0x00, 0x20, 183, 0x06, 7, 1, 0xEF), filled(179, 0xFF));

        TsPacket view = view(behindBoth);
        assertThat(view.splicingPointFlag()).isTrue();
        assertThat(view.spliceCountdown()).isEqualTo(-3);
        assertThat(view.transportPrivateDataLength()).isEqualTo(2);
        assertThat(view.bytes().getUnsignedShort(view.transportPrivateDataIndex()))
                .isEqualTo(0xABCD);
        assertThat(view(alone).spliceCountdown()).isEqualTo(7);
        assertThat(view(alone).transportPrivateDataLength()).isOne();
        assertThat(view(alone).transportPrivateDataIndex()).isEqualTo(8);
    }

    @Test
    void readsNoOptionalField_thatLeavesTheAdaptationField() {
        byte[] packet = concat(bytes(0x47, 0x01, 0x00, 0x30, 3, 0x06, 7, 1), filled(180, 0));
        byte[] shorter = concat(bytes(0x47, 0x01, 0x00, 0x30, 1, 0x06), filled(182, 0));

        assertThat(view(packet).splicingPointFlag()).isTrue();
        assertThat(view(packet).transportPrivateDataLength()).isZero();
        assertThat(view(shorter).splicingPointFlag()).isFalse();
        assertThat(view(shorter).spliceCountdown()).isZero();
        assertThat(view(shorter).transportPrivateDataLength()).isZero();
    }

    @Test
    void readsNoClock_whenTheAdaptationFieldIsTooShortForIt() {
        byte[] packet = concat(bytes(0x47, 0x01, 0x00, 0x30, 6, 0x18), filled(182, 0));

        assertThat(view(packet).pcr27M()).isEqualTo(TsPacket.NONE);
        assertThat(view(packet).opcr27M()).isEqualTo(TsPacket.NONE);
    }

    @Test
    void takesALengthOfZeroForOneByteOfStuffing() {
        TsPacket view = view(concat(bytes(0x47, 0x01, 0x00, 0x30, 0), filled(183, 0xFF)));

        assertThat(view.payloadOffset()).isEqualTo(5);
        assertThat(view.discontinuityIndicator()).isFalse();
    }

    @Test
    void hasNeitherFlagsNorPayload_whenTheAdaptationFieldLeavesThePacket() {
        TsPacket view = view(concat(bytes(0x47, 0x01, 0x00, 0x30, 184), filled(183, 0xFF)));

        assertThat(view.isAdaptationFieldTooLong()).isTrue();
        assertThat(view.payloadLength()).isZero();
        assertThat(view.discontinuityIndicator()).isFalse();
        assertThat(view.pcr27M()).isEqualTo(TsPacket.NONE);
    }

    @Test
    void refusesAPlaceWithoutAWholePacket() {
        TsPacket view = new TsPacket();

        assertThatThrownBy(() -> view.wrap(Unpooled.wrappedBuffer(new byte[187]), 0))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> view.wrap(Unpooled.wrappedBuffer(new byte[188]), 1))
                .isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void isWhatTheBuilderWrote() {
        byte[] packet = TsBytes.built(new TsPacketBuilder()
                .pid(0x1ABC)
                .payloadUnitStartIndicator(true)
                .transportScramblingControl(3)
                .continuityCounter(17)
                .discontinuityIndicator(true)
                .randomAccessIndicator(true)
                .pcr27M(Timestamp.PCR_MODULUS + 12_345_678_901L)
                .payload(filled(100, 0x33)));
        TsPacket view = view(packet);

        assertThat(packet).hasSize(TsPacket.SIZE);
        assertThat(view.pid()).isEqualTo(0x1ABC);
        assertThat(view.payloadUnitStartIndicator()).isTrue();
        assertThat(view.transportScramblingControl()).isEqualTo(3);
        assertThat(view.continuityCounter()).isEqualTo(1);
        assertThat(view.discontinuityIndicator()).isTrue();
        assertThat(view.randomAccessIndicator()).isTrue();
        assertThat(view.pcr27M()).isEqualTo(12_345_678_901L);
        assertThat(view.payloadLength()).isEqualTo(100);
    }

    @Test
    void refusesToBuildMoreThanFits() {
        TsPacketBuilder builder = new TsPacketBuilder().pcr27M(0).payload(new byte[177]);

        assertThat(builder.room()).isEqualTo(176);
        assertThatThrownBy(() -> TsBytes.built(builder)).isInstanceOf(IllegalArgumentException.class);
    }
}
