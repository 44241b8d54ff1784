// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.libsrt;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("slow")
class SrtStatisticsTest {
    private static final long CONNECTED_MILLIS = 5000;
    private static final int SAMPLES = 100_000;

    /** The last is memory that was never set, filled by malloc with 0xA5. */
    @ParameterizedTest
    @ValueSource(
            doubles = {
                -1e-300,
                -9.3e18,
                5000.001,
                1.84467e16,
                1.78e127,
                Double.NaN,
                Double.POSITIVE_INFINITY,
                Double.NEGATIVE_INFINITY,
                -2.4983422222e-127
            })
    void aBelatedTimeThatCannotBe_isZero(double millis) {
        SrtStatistics statistics = SrtStatistics.copyOf(struct(millis));

        assertThat(statistics.asDouble(SrtStatistic.PKT_RCV_AVG_BELATED_TIME)).isEqualTo(0.0);
        assertThat(statistics.asLong(SrtStatistic.PKT_RCV_AVG_BELATED_TIME)).isZero();
        assertThat(statistics.toString()).contains("pktRcvAvgBelatedTime=0.0,");
        assertThat(statistics.asLong(SrtStatistic.MS_TIME_STAMP)).isEqualTo(CONNECTED_MILLIS);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.25, 12.5, 5000})
    void aBelatedTimeWithinTheConnection_isToldAsItIs(double millis) {
        SrtStatistics statistics = SrtStatistics.copyOf(struct(millis));

        assertThat(statistics.asDouble(SrtStatistic.PKT_RCV_AVG_BELATED_TIME)).isEqualTo(millis);
    }

    @Test
    void everyOtherFieldIsToldAsItIs() {
        Set<SrtStatistic> others = EnumSet.complementOf(EnumSet.of(SrtStatistic.PKT_RCV_AVG_BELATED_TIME));
        ByteBuffer struct = struct(0);
        others.forEach(field -> write(struct, field, -1_000_000 - field.ordinal()));

        SrtStatistics statistics = SrtStatistics.copyOf(struct);

        assertThat(others)
                .allSatisfy(field ->
                        assertThat(statistics.asLong(field)).as(field.cName()).isEqualTo(-1_000_000 - field.ordinal()));
    }

    /** libsrt tries the lock that such calls hold, and sets the fields of the buffers to 0 if it does not get it. */
    @Test
    void theBuffersAreNeverEmpty_becauseAnotherThreadUsesTheSocket() throws Exception {
        AtomicBoolean ended = new AtomicBoolean();
        try (Loopback loopback = Loopback.connect()) {
            SrtSocket socket = loopback.caller();
            long room = socket.statistics(false).asLong(SrtStatistic.BYTE_AVAIL_SND_BUF);
            Thread other = new Thread(() -> {
                while (!ended.get()) {
                    socket.unacknowledgedPackets();
                }
            });
            other.start();
            for (int i = 0; i < SAMPLES; i++) {
                SrtStatistics sample = socket.statistics(i % 2 == 0);
                assertThat(sample.asLong(SrtStatistic.BYTE_AVAIL_SND_BUF)).isEqualTo(room);
                assertThat(sample.asLong(SrtStatistic.BYTE_AVAIL_RCV_BUF)).isPositive();
            }
            ended.set(true);
            other.join();
        } finally {
            ended.set(true);
        }
    }

    @Test
    void aNewIntervalKeepsItsCounts_whenTheBuffersAreReadAgain() {
        ByteBuffer first = struct(0);
        write(first, SrtStatistic.PKT_SENT, 7);
        write(first, SrtStatistic.PKT_RCV_BUF, 99); // what was there before
        ByteBuffer second = struct(0);
        write(second, SrtStatistic.BYTE_AVAIL_SND_BUF, 1000);
        write(second, SrtStatistic.PKT_SND_BUF, 3);
        SrtStatistics incomplete = SrtStatistics.copyOf(first);

        SrtStatistics both = incomplete.withBuffersOf(SrtStatistics.copyOf(second));

        assertThat(incomplete.hasBuffers()).isFalse();
        assertThat(both.hasBuffers()).isTrue();
        assertThat(both.asLong(SrtStatistic.PKT_SENT)).isEqualTo(7);
        assertThat(both.asLong(SrtStatistic.PKT_SND_BUF)).isEqualTo(3);
        assertThat(both.asLong(SrtStatistic.PKT_RCV_BUF)).isZero();
        assertThat(both.withBuffersOf(incomplete)).isSameAs(both);
        assertThat(both.withBuffersOf(null)).isSameAs(both);
    }

    private static void write(ByteBuffer struct, SrtStatistic field, int value) {
        if (field.isFractional()) {
            struct.putDouble(field.offset(), value);
        } else if (field.size() == Integer.BYTES) {
            struct.putInt(field.offset(), value);
        } else {
            struct.putLong(field.offset(), value);
        }
    }

    private static ByteBuffer struct(double belatedMillis) {
        ByteBuffer struct = ByteBuffer.allocate(SrtStatistic.STRUCT_BYTES).order(ByteOrder.nativeOrder());
        struct.putLong(SrtStatistic.MS_TIME_STAMP.offset(), CONNECTED_MILLIS);
        struct.putDouble(SrtStatistic.PKT_RCV_AVG_BELATED_TIME.offset(), belatedMillis);
        return struct;
    }
}
