// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.libsrt;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;

class SenderDropsTest {
    private static final int HEADERS = 44;
    private static final int MSS = 1500;

    /** Measured with Debian's libsrt 1.5.1: 17 drops of 8,192 packets. */
    @Test
    void countsPackets_whereLibsrtCountsDrops() {
        SrtStatistics sample = sample(17, 17 * HEADERS + 8_192 * 1316L, 11_808, 1316);

        assertThat(sample.pktSndDropTotal()).isEqualTo(8_192);
        assertThat(sample.asLong(SrtStatistic.PKT_SND_DROP)).isEqualTo(8_192);
    }

    @Test
    void usesTheUsualPayload_whereNothingWasSent() {
        assertThat(sample(1, HEADERS + 500 * 1316L, 0, 0).pktSndDropTotal()).isEqualTo(500);
    }

    @Test
    void usesTheMeanPayload_ofWhatWasSent() {
        assertThat(sample(2, 2 * HEADERS + 300 * 188L, 4_000, 188).pktSndDropTotal())
                .isEqualTo(300);
    }

    @Test
    void keepsACountOfPackets() {
        assertThat(sample(8_192, 8_192 * (HEADERS + 1316L), 100, 1316).pktSndDropTotal())
                .isEqualTo(8_192);
        assertThat(sample(0, 0, 100, 1316).pktSndDropTotal()).isZero();
    }

    @Test
    void neverReturnsLessThanLibsrt() {
        assertThat(SenderDrops.packets(10, 10 * HEADERS + 10, MSS, 10, 10 * 1360))
                .isEqualTo(10);
        assertThat(SenderDrops.packets(-1, 5, MSS, 1, 1)).isEqualTo(-1);
        assertThat(SenderDrops.packets(3, 0, MSS, 0, 0)).isEqualTo(3);
    }

    private static SrtStatistics sample(int drops, long bytes, long sentPackets, long payloadBytes) {
        ByteBuffer struct = ByteBuffer.allocate(SrtStatistic.STRUCT_BYTES).order(ByteOrder.nativeOrder());
        struct.putInt(SrtStatistic.PKT_SND_DROP_TOTAL.offset(), drops);
        struct.putLong(SrtStatistic.BYTE_SND_DROP_TOTAL.offset(), bytes);
        struct.putInt(SrtStatistic.PKT_SND_DROP.offset(), drops);
        struct.putLong(SrtStatistic.BYTE_SND_DROP.offset(), bytes);
        struct.putInt(SrtStatistic.BYTE_MSS.offset(), MSS);
        struct.putLong(SrtStatistic.PKT_SENT_UNIQUE_TOTAL.offset(), sentPackets);
        struct.putLong(SrtStatistic.BYTE_SENT_UNIQUE_TOTAL.offset(), sentPackets * (payloadBytes + HEADERS));
        return SrtStatistics.copyOf(struct);
    }
}
