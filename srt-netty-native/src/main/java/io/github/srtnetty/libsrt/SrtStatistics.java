// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.libsrt;

import java.nio.ByteBuffer;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One sample of a connection's statistics ({@code srt_bistats}), with all fields of {@link SrtStatistic}. Immutable.
 * The values are libsrt's, with three exceptions:
 *
 * <ul>
 *   <li>{@link SrtStatistic#PKT_RCV_AVG_BELATED_TIME} is 0 if libsrt's value is impossible (negative, not a number, or
 *       longer than the connection has lasted).
 *   <li>{@link SrtStatistic#PKT_SND_DROP_TOTAL} and {@link SrtStatistic#PKT_SND_DROP}: libsrt 1.5.1 to 1.5.3 count each
 *       drop of any number of packets as one. If the byte count proves this, the packets are computed from it and the
 *       mean payload of the sent packets, which is exact if all payloads have the same size.
 *   <li>The eight fields of the buffers, such as {@link SrtStatistic#PKT_SND_BUF}: libsrt sets them to 0 while another
 *       thread uses the socket. They are read again then, or those of the last sample are kept.
 * </ul>
 */
public final class SrtStatistics {
    private static final SrtStatistic[] FIELDS = SrtStatistic.values();

    /** libsrt reads these only if it gets the lock of the connection at once. */
    private static final Set<SrtStatistic> BUFFERS = EnumSet.of(
            SrtStatistic.BYTE_AVAIL_SND_BUF,
            SrtStatistic.PKT_SND_BUF,
            SrtStatistic.BYTE_SND_BUF,
            SrtStatistic.MS_SND_BUF,
            SrtStatistic.BYTE_AVAIL_RCV_BUF,
            SrtStatistic.PKT_RCV_BUF,
            SrtStatistic.BYTE_RCV_BUF,
            SrtStatistic.MS_RCV_BUF);

    private final long[] bits;

    private SrtStatistics(long[] bits) {
        this.bits = bits;
    }

    static SrtStatistics copyOf(ByteBuffer struct) {
        long[] bits = new long[FIELDS.length];
        for (SrtStatistic field : FIELDS) {
            bits[field.ordinal()] = field.bits(struct);
        }
        SrtStatistics sample = new SrtStatistics(bits);
        sample.clearImpossibleBelatedTime();
        sample.countDroppedPackets(SrtStatistic.PKT_SND_DROP_TOTAL, SrtStatistic.BYTE_SND_DROP_TOTAL);
        sample.countDroppedPackets(SrtStatistic.PKT_SND_DROP, SrtStatistic.BYTE_SND_DROP);
        return sample;
    }

    // libsrt 1.5 adds the belated time to memory that it never initialised, and counts an early packet as 2^64 us
    // late. No packet can be later than the age of its connection.
    private void clearImpossibleBelatedTime() {
        double millis = asDouble(SrtStatistic.PKT_RCV_AVG_BELATED_TIME);
        if (!(millis >= 0 && millis <= asLong(SrtStatistic.MS_TIME_STAMP))) {
            bits[SrtStatistic.PKT_RCV_AVG_BELATED_TIME.ordinal()] = Double.doubleToRawLongBits(0);
        }
    }

    /** Replaces a count of drops by the number of dropped packets. */
    private void countDroppedPackets(SrtStatistic packets, SrtStatistic bytes) {
        bits[packets.ordinal()] = SenderDrops.packets(
                asLong(packets),
                asLong(bytes),
                asLong(SrtStatistic.BYTE_MSS),
                asLong(SrtStatistic.PKT_SENT_UNIQUE_TOTAL),
                asLong(SrtStatistic.BYTE_SENT_UNIQUE_TOTAL));
    }

    /** Returns whether libsrt has read the fields of the buffers: an empty send buffer always has room. */
    boolean hasBuffers() {
        return asLong(SrtStatistic.BYTE_AVAIL_SND_BUF) != 0 || asLong(SrtStatistic.PKT_SND_BUF) != 0;
    }

    /** Returns this sample with the fields of the buffers of another; itself if the other is null or has none. */
    SrtStatistics withBuffersOf(@Nullable SrtStatistics other) {
        if (other == null || !other.hasBuffers()) {
            return this;
        }
        SrtStatistics both = new SrtStatistics(bits.clone());
        for (SrtStatistic field : BUFFERS) {
            both.bits[field.ordinal()] = other.bits[field.ordinal()];
        }
        return both;
    }

    /** Returns a field as a whole number; fractions are truncated. */
    public long asLong(SrtStatistic field) {
        long value = bits[field.ordinal()];
        return field.isFractional() ? (long) Double.longBitsToDouble(value) : value;
    }

    /** Returns a field as a floating-point number. */
    public double asDouble(SrtStatistic field) {
        long value = bits[field.ordinal()];
        return field.isFractional() ? Double.longBitsToDouble(value) : value;
    }

    /** Returns the smoothed round-trip time in milliseconds. */
    public double rttMillis() {
        return asDouble(SrtStatistic.MS_RTT);
    }

    /** Returns the packets received since the connection began, including retransmitted ones. */
    public long pktRecvTotal() {
        return asLong(SrtStatistic.PKT_RECV_TOTAL);
    }

    /** Returns the packets sent since the connection began, including retransmitted ones. */
    public long pktSentTotal() {
        return asLong(SrtStatistic.PKT_SENT_TOTAL);
    }

    /** Returns the packets that the receiver found missing since the connection began; most were recovered later. */
    public long pktRcvLossTotal() {
        return asLong(SrtStatistic.PKT_RCV_LOSS_TOTAL);
    }

    /** Returns the packets that the receiver dropped since the connection began. */
    public long pktRcvDropTotal() {
        return asLong(SrtStatistic.PKT_RCV_DROP_TOTAL);
    }

    /** Returns the packets that were reported lost to the sender since the connection began. */
    public long pktSndLossTotal() {
        return asLong(SrtStatistic.PKT_SND_LOSS_TOTAL);
    }

    /** Returns the packets that the sender dropped since the connection began. */
    public long pktSndDropTotal() {
        return asLong(SrtStatistic.PKT_SND_DROP_TOTAL);
    }

    /** Returns the packets that were retransmitted since the connection began. */
    public long pktRetransTotal() {
        return asLong(SrtStatistic.PKT_RETRANS_TOTAL);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("SrtStatistics[");
        for (SrtStatistic field : FIELDS) {
            text.append(field.ordinal() == 0 ? "" : ", ").append(field.cName()).append('=');
            text.append(field.isFractional() ? (Object) asDouble(field) : (Object) asLong(field));
        }
        return text.append(']').toString();
    }
}
