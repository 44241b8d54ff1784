// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.dashboard;

import io.github.srtnetty.libsrt.SrtStatistic;
import io.github.srtnetty.libsrt.SrtStatistics;
import io.github.srtnetty.relay.history.Quantity;
import io.github.srtnetty.relay.history.StreamCounters;
import io.github.srtnetty.relay.history.Total;
import io.github.srtnetty.relay.stream.LiveStream;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;

/** One second of a stream: what its publisher's connection and the stream itself have counted and measured. */
final class SecondSample {
    private static final double MEGA = 1e6;
    /** The relay begins no interval, so that libsrt's interval fields count since the connection began. */
    private static final Map<Total, SrtStatistic> FIELDS = new EnumMap<>(Map.of(
            Total.RECEIVED, SrtStatistic.PKT_RECV_TOTAL,
            Total.UNIQUE, SrtStatistic.PKT_RECV_UNIQUE_TOTAL,
            Total.LOST, SrtStatistic.PKT_RCV_LOSS_TOTAL,
            Total.RETRANSMITTED, SrtStatistic.PKT_RCV_RETRANS,
            Total.BELATED, SrtStatistic.PKT_RCV_BELATED,
            Total.DROPPED, SrtStatistic.PKT_RCV_DROP_TOTAL));

    private final float[] values = new float[Quantity.values().length];
    private final StreamCounters counters;
    private final double seconds;

    /**
     * Begins a second without any value.
     *
     * @param counters of the stream
     * @param seconds since the last sample
     */
    SecondSample(StreamCounters counters, double seconds) {
        this.counters = counters;
        this.seconds = seconds;
        Arrays.fill(values, Float.NaN);
    }

    void stream(LiveStream stream, long bitsPerSecond) {
        String owner = Integer.toHexString(System.identityHashCode(stream));
        long payloads = counters.add(
                Total.PAYLOADS, owner, stream.counters().receivedPackets.sum());
        counters.add(
                Total.PLAYERS_DROPPED, owner, stream.counters().droppedPackets.sum());
        set(Quantity.BITS_PER_SECOND, bitsPerSecond);
        set(Quantity.PACKETS_PER_SECOND, payloads / seconds);
    }

    void connection(String id, SrtStatistics statistics) {
        FIELDS.forEach((total, field) -> {
            long added = counters.add(total, id, statistics.asLong(field));
            switch (total) {
                case LOST -> set(Quantity.LOST, added / seconds);
                case RETRANSMITTED -> set(Quantity.RETRANSMITTED, added / seconds);
                case BELATED -> set(Quantity.BELATED, added / seconds);
                case DROPPED -> set(Quantity.DROPPED, added / seconds);
                default -> {} // only for percentages
            }
        });
        set(Quantity.BANDWIDTH, statistics.asDouble(SrtStatistic.MBPS_BANDWIDTH) * MEGA);
        set(Quantity.RTT, statistics.rttMillis());
        set(Quantity.BUFFER, statistics.asLong(SrtStatistic.MS_RCV_BUF));
        set(Quantity.LATENCY, statistics.asLong(SrtStatistic.MS_RCV_TSB_PD_DELAY));
    }

    /** Returns the values by the order of {@link Quantity}, NaN for a gap. */
    float[] values() {
        return values;
    }

    private void set(Quantity quantity, double value) {
        values[quantity.ordinal()] = (float) value;
    }
}
