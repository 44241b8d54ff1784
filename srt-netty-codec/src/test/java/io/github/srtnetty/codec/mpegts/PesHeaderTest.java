// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.mpegts;

import static io.github.srtnetty.codec.mpegts.TsBytes.bytes;
import static io.github.srtnetty.codec.mpegts.TsBytes.concat;
import static io.github.srtnetty.codec.mpegts.TsBytes.filled;
import static io.github.srtnetty.codec.mpegts.TsBytes.packet;
import static io.github.srtnetty.codec.mpegts.TsBytes.view;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PesHeaderTest {
    private static final byte[] BOTH_TIMES = bytes(
            0x00, 0x00, 0x01, // packet_start_code_prefix
            0xE0, // stream_id
            0x01, 0x02, // PES_packet_length
            0x84, // '10', data_alignment_indicator
            0xC0, // PTS_DTS_flags
            10, // PES_header_data_length
            0x3F, 0xFF, 0xFF, 0xFF, 0xFF, // PTS 2^33 - 1 with marker bits
            0x11, 0x00, 0x01, 0x00, 0x03); // DTS 1 with marker bits

    @Test
    void readsBothTimes() {
        assertThat(PesHeader.decode(view(packet(0x100, 0, true, BOTH_TIMES))))
                .contains(new PesHeader(0xE0, 0x0102, true, Timestamp.PTS_MODULUS - 1, 1, 19));
    }

    @Test
    void readsAPtsAlone() {
        byte[] header = BOTH_TIMES.clone();
        header[7] = (byte) 0x80;

        assertThat(PesHeader.pts90k(view(packet(0x100, 0, true, header)))).isEqualTo(Timestamp.PTS_MODULUS - 1);
        assertThat(PesHeader.dts90k(view(packet(0x100, 0, true, header)))).isEqualTo(TsPacket.NONE);
    }

    @Test
    void readsNoTime_whereTheStreamIdHasNone() {
        byte[] padding = BOTH_TIMES.clone();
        padding[3] = (byte) 0xBE;

        assertThat(PesHeader.decode(view(packet(0x100, 0, true, padding))))
                .contains(new PesHeader(0xBE, 0x0102, false, TsPacket.NONE, TsPacket.NONE, 6));
    }

    @Test
    void readsNoTime_whenTheHeaderIsShorterThanItsFlagsSay() {
        byte[] header = BOTH_TIMES.clone();
        header[8] = 4;

        assertThat(PesHeader.pts90k(view(packet(0x100, 0, true, header)))).isEqualTo(TsPacket.NONE);
    }

    @Test
    void readsWhatLiesInThePacket_whenTheHeaderDoesNotEndThere() {
        for (int length = 0; length < BOTH_TIMES.length; length++) {
            byte[] payload = new byte[length];
            System.arraycopy(BOTH_TIMES, 0, payload, 0, length);
            byte[] packet = length == 0
                    ? concat(bytes(0x47, 0x41, 0x00, 0x30, 183, 0), filled(182, 0xFF))
                    : TsBytes.built(new TsPacketBuilder()
                            .pid(0x100)
                            .payloadUnitStartIndicator(true)
                            .payload(payload));

            assertThat(PesHeader.decode(view(packet)).isPresent())
                    .as("%d bytes", length)
                    .isEqualTo(length >= 6);
            assertThat(PesHeader.pts90k(view(packet)))
                    .as("%d bytes", length)
                    .isEqualTo(length >= 14 ? Timestamp.PTS_MODULUS - 1 : TsPacket.NONE);
        }
    }

    @Test
    void isEmpty_whereNoPesPacketStarts() {
        assertThat(PesHeader.decode(view(packet(0x100, 0, false, BOTH_TIMES)))).isEmpty();
        assertThat(PesHeader.decode(view(packet(0x100, 0, true, bytes(0, 0xFC, 0x30)))))
                .isEmpty();
    }
}
