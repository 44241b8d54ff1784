// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.libsrt;

import java.nio.ByteBuffer;

/**
 * The fields of {@code SRT_TRACEBSTATS} ({@code srt.h}), in its order: C name, place, how it counts. Byte counts
 * include the headers of UDP and SRT.
 */
public enum SrtStatistic {
    /** Time since the connection was established. */
    MS_TIME_STAMP("msTimeStamp", 0, Encoding.INT64, Kind.TOTAL),

    /** Data packets that were sent, with retransmissions. */
    PKT_SENT_TOTAL("pktSentTotal", 8, Encoding.INT64, Kind.TOTAL),

    /** Data packets that were received, with retransmissions. */
    PKT_RECV_TOTAL("pktRecvTotal", 16, Encoding.INT64, Kind.TOTAL),

    /** Packets that the peer reported as lost. */
    PKT_SND_LOSS_TOTAL("pktSndLossTotal", 24, Encoding.INT32, Kind.TOTAL),

    /** Packets that this side detected as lost, even if they arrived later. */
    PKT_RCV_LOSS_TOTAL("pktRcvLossTotal", 28, Encoding.INT32, Kind.TOTAL),

    /** Packets that were sent again. */
    PKT_RETRANS_TOTAL("pktRetransTotal", 32, Encoding.INT32, Kind.TOTAL),

    /** Acknowledgements that were sent. */
    PKT_SENT_ACK_TOTAL("pktSentACKTotal", 36, Encoding.INT32, Kind.TOTAL),

    /** Acknowledgements that were received. */
    PKT_RECV_ACK_TOTAL("pktRecvACKTotal", 40, Encoding.INT32, Kind.TOTAL),

    /** Loss reports that were sent. */
    PKT_SENT_NAK_TOTAL("pktSentNAKTotal", 44, Encoding.INT32, Kind.TOTAL),

    /** Loss reports that were received. */
    PKT_RECV_NAK_TOTAL("pktRecvNAKTotal", 48, Encoding.INT32, Kind.TOTAL),

    /** Time during which data was waiting to be sent or acknowledged. */
    US_SND_DURATION_TOTAL("usSndDurationTotal", 56, Encoding.INT64, Kind.TOTAL),

    /** Packets that the sender dropped because they were too late. */
    PKT_SND_DROP_TOTAL("pktSndDropTotal", 64, Encoding.INT32, Kind.TOTAL),

    /** Packets that the receiver skipped because they did not arrive in time. */
    PKT_RCV_DROP_TOTAL("pktRcvDropTotal", 68, Encoding.INT32, Kind.TOTAL),

    /** Packets that could not be decrypted. */
    PKT_RCV_UNDECRYPT_TOTAL("pktRcvUndecryptTotal", 72, Encoding.INT32, Kind.TOTAL),

    /** Bytes that were sent, with retransmissions. */
    BYTE_SENT_TOTAL("byteSentTotal", 80, Encoding.INT64, Kind.TOTAL),

    /** Bytes that were received, with retransmissions. */
    BYTE_RECV_TOTAL("byteRecvTotal", 88, Encoding.INT64, Kind.TOTAL),

    /** Bytes that this side detected as lost, estimated from the mean packet size. */
    BYTE_RCV_LOSS_TOTAL("byteRcvLossTotal", 96, Encoding.INT64, Kind.TOTAL),

    /** Bytes that were sent again. */
    BYTE_RETRANS_TOTAL("byteRetransTotal", 104, Encoding.INT64, Kind.TOTAL),

    /** Bytes that the sender dropped because they were too late. */
    BYTE_SND_DROP_TOTAL("byteSndDropTotal", 112, Encoding.INT64, Kind.TOTAL),

    /** Bytes that the receiver skipped because they did not arrive in time. */
    BYTE_RCV_DROP_TOTAL("byteRcvDropTotal", 120, Encoding.INT64, Kind.TOTAL),

    /** Bytes of packets that could not be decrypted. */
    BYTE_RCV_UNDECRYPT_TOTAL("byteRcvUndecryptTotal", 128, Encoding.INT64, Kind.TOTAL),

    /** Data packets that were sent, with retransmissions. */
    PKT_SENT("pktSent", 136, Encoding.INT64, Kind.INTERVAL),

    /** Data packets that were received, with retransmissions. */
    PKT_RECV("pktRecv", 144, Encoding.INT64, Kind.INTERVAL),

    /** Packets that the peer reported as lost. */
    PKT_SND_LOSS("pktSndLoss", 152, Encoding.INT32, Kind.INTERVAL),

    /** Packets that this side detected as lost, even if they arrived later. */
    PKT_RCV_LOSS("pktRcvLoss", 156, Encoding.INT32, Kind.INTERVAL),

    /** Packets that were sent again. */
    PKT_RETRANS("pktRetrans", 160, Encoding.INT32, Kind.INTERVAL),

    /** Retransmitted packets that were received. */
    PKT_RCV_RETRANS("pktRcvRetrans", 164, Encoding.INT32, Kind.INTERVAL),

    /** Acknowledgements that were sent. */
    PKT_SENT_ACK("pktSentACK", 168, Encoding.INT32, Kind.INTERVAL),

    /** Acknowledgements that were received. */
    PKT_RECV_ACK("pktRecvACK", 172, Encoding.INT32, Kind.INTERVAL),

    /** Loss reports that were sent. */
    PKT_SENT_NAK("pktSentNAK", 176, Encoding.INT32, Kind.INTERVAL),

    /** Loss reports that were received. */
    PKT_RECV_NAK("pktRecvNAK", 180, Encoding.INT32, Kind.INTERVAL),

    /** Send rate, with retransmissions. */
    MBPS_SEND_RATE("mbpsSendRate", 184, Encoding.DOUBLE, Kind.INTERVAL),

    /** Receive rate, with retransmissions. */
    MBPS_RECV_RATE("mbpsRecvRate", 192, Encoding.DOUBLE, Kind.INTERVAL),

    /** Time during which data was waiting to be sent or acknowledged. */
    US_SND_DURATION("usSndDuration", 200, Encoding.INT64, Kind.INTERVAL),

    /** Largest distance between packets that arrived out of order. */
    PKT_REORDER_DISTANCE("pktReorderDistance", 208, Encoding.INT32, Kind.INSTANT),

    /** Mean lateness of packets that arrived after their play-out time. */
    PKT_RCV_AVG_BELATED_TIME("pktRcvAvgBelatedTime", 216, Encoding.DOUBLE, Kind.INTERVAL),

    /** Packets that arrived after their play-out time. */
    PKT_RCV_BELATED("pktRcvBelated", 224, Encoding.INT64, Kind.INTERVAL),

    /** Packets that the sender dropped because they were too late. */
    PKT_SND_DROP("pktSndDrop", 232, Encoding.INT32, Kind.INTERVAL),

    /** Packets that the receiver skipped because they did not arrive in time. */
    PKT_RCV_DROP("pktRcvDrop", 236, Encoding.INT32, Kind.INTERVAL),

    /** Packets that could not be decrypted. */
    PKT_RCV_UNDECRYPT("pktRcvUndecrypt", 240, Encoding.INT32, Kind.INTERVAL),

    /** Bytes that were sent, with retransmissions. */
    BYTE_SENT("byteSent", 248, Encoding.INT64, Kind.INTERVAL),

    /** Bytes that were received, with retransmissions. */
    BYTE_RECV("byteRecv", 256, Encoding.INT64, Kind.INTERVAL),

    /** Bytes that this side detected as lost, estimated from the mean packet size. */
    BYTE_RCV_LOSS("byteRcvLoss", 264, Encoding.INT64, Kind.INTERVAL),

    /** Bytes that were sent again. */
    BYTE_RETRANS("byteRetrans", 272, Encoding.INT64, Kind.INTERVAL),

    /** Bytes that the sender dropped because they were too late. */
    BYTE_SND_DROP("byteSndDrop", 280, Encoding.INT64, Kind.INTERVAL),

    /** Bytes that the receiver skipped because they did not arrive in time. */
    BYTE_RCV_DROP("byteRcvDrop", 288, Encoding.INT64, Kind.INTERVAL),

    /** Bytes of packets that could not be decrypted. */
    BYTE_RCV_UNDECRYPT("byteRcvUndecrypt", 296, Encoding.INT64, Kind.INTERVAL),

    /** Minimum time between two packets that this side sends. */
    US_PKT_SND_PERIOD("usPktSndPeriod", 304, Encoding.DOUBLE, Kind.INSTANT),

    /** Flow window: maximum number of packets that the peer can receive before it acknowledges. */
    PKT_FLOW_WINDOW("pktFlowWindow", 312, Encoding.INT32, Kind.INSTANT),

    /** Packets that the congestion controller allows in flight. */
    PKT_CONGESTION_WINDOW("pktCongestionWindow", 316, Encoding.INT32, Kind.INSTANT),

    /** Packets in flight: sent but not acknowledged yet. */
    PKT_FLIGHT_SIZE("pktFlightSize", 320, Encoding.INT32, Kind.INSTANT),

    /** Smoothed round-trip time. */
    MS_RTT("msRTT", 328, Encoding.DOUBLE, Kind.INSTANT),

    /** Estimated bandwidth of the path. */
    MBPS_BANDWIDTH("mbpsBandwidth", 336, Encoding.DOUBLE, Kind.INSTANT),

    /** Free bytes of the send buffer. */
    BYTE_AVAIL_SND_BUF("byteAvailSndBuf", 344, Encoding.INT32, Kind.INSTANT),

    /** Free bytes of the receive buffer. */
    BYTE_AVAIL_RCV_BUF("byteAvailRcvBuf", 348, Encoding.INT32, Kind.INSTANT),

    /** Upper limit of the send rate; 0: none. */
    MBPS_MAX_BW("mbpsMaxBW", 352, Encoding.DOUBLE, Kind.INSTANT),

    /** The negotiated SRTO_MSS. */
    BYTE_MSS("byteMSS", 360, Encoding.INT32, Kind.INSTANT),

    /** Packets in the send buffer that are not acknowledged yet. */
    PKT_SND_BUF("pktSndBuf", 364, Encoding.INT32, Kind.INSTANT),

    /** Bytes in the send buffer that are not acknowledged yet. */
    BYTE_SND_BUF("byteSndBuf", 368, Encoding.INT32, Kind.INSTANT),

    /** Time span of the packets in the send buffer. */
    MS_SND_BUF("msSndBuf", 372, Encoding.INT32, Kind.INSTANT),

    /** Latency of the direction in which this side sends. */
    MS_SND_TSB_PD_DELAY("msSndTsbPdDelay", 376, Encoding.INT32, Kind.INSTANT),

    /** Packets in the receive buffer that are acknowledged but not read yet. */
    PKT_RCV_BUF("pktRcvBuf", 380, Encoding.INT32, Kind.INSTANT),

    /** Bytes in the receive buffer that are acknowledged but not read yet. */
    BYTE_RCV_BUF("byteRcvBuf", 384, Encoding.INT32, Kind.INSTANT),

    /** Time span of the packets in the receive buffer. */
    MS_RCV_BUF("msRcvBuf", 388, Encoding.INT32, Kind.INSTANT),

    /** Latency of the direction in which this side receives. */
    MS_RCV_TSB_PD_DELAY("msRcvTsbPdDelay", 392, Encoding.INT32, Kind.INSTANT),

    /** Packets that the packet filter added to the stream. */
    PKT_SND_FILTER_EXTRA_TOTAL("pktSndFilterExtraTotal", 396, Encoding.INT32, Kind.TOTAL),

    /** Extra packets of the packet filter that were received. */
    PKT_RCV_FILTER_EXTRA_TOTAL("pktRcvFilterExtraTotal", 400, Encoding.INT32, Kind.TOTAL),

    /** Lost packets that the packet filter restored. */
    PKT_RCV_FILTER_SUPPLY_TOTAL("pktRcvFilterSupplyTotal", 404, Encoding.INT32, Kind.TOTAL),

    /** Lost packets that the packet filter could not restore. */
    PKT_RCV_FILTER_LOSS_TOTAL("pktRcvFilterLossTotal", 408, Encoding.INT32, Kind.TOTAL),

    /** Packets that the packet filter added to the stream. */
    PKT_SND_FILTER_EXTRA("pktSndFilterExtra", 412, Encoding.INT32, Kind.INTERVAL),

    /** Extra packets of the packet filter that were received. */
    PKT_RCV_FILTER_EXTRA("pktRcvFilterExtra", 416, Encoding.INT32, Kind.INTERVAL),

    /** Lost packets that the packet filter restored. */
    PKT_RCV_FILTER_SUPPLY("pktRcvFilterSupply", 420, Encoding.INT32, Kind.INTERVAL),

    /** Lost packets that the packet filter could not restore. */
    PKT_RCV_FILTER_LOSS("pktRcvFilterLoss", 424, Encoding.INT32, Kind.INTERVAL),

    /** Reordering that is currently tolerated before a loss is reported; at most SRTO_LOSSMAXTTL. */
    PKT_REORDER_TOLERANCE("pktReorderTolerance", 428, Encoding.INT32, Kind.INSTANT),

    /** Data packets that were sent for the first time. */
    PKT_SENT_UNIQUE_TOTAL("pktSentUniqueTotal", 432, Encoding.INT64, Kind.TOTAL),

    /** Data packets that were received for the first time. */
    PKT_RECV_UNIQUE_TOTAL("pktRecvUniqueTotal", 440, Encoding.INT64, Kind.TOTAL),

    /** Bytes that were sent for the first time. */
    BYTE_SENT_UNIQUE_TOTAL("byteSentUniqueTotal", 448, Encoding.INT64, Kind.TOTAL),

    /** Bytes that were received for the first time. */
    BYTE_RECV_UNIQUE_TOTAL("byteRecvUniqueTotal", 456, Encoding.INT64, Kind.TOTAL),

    /** Data packets that were sent for the first time. */
    PKT_SENT_UNIQUE("pktSentUnique", 464, Encoding.INT64, Kind.INTERVAL),

    /** Data packets that were received for the first time. */
    PKT_RECV_UNIQUE("pktRecvUnique", 472, Encoding.INT64, Kind.INTERVAL),

    /** Bytes that were sent for the first time. */
    BYTE_SENT_UNIQUE("byteSentUnique", 480, Encoding.INT64, Kind.INTERVAL),

    /** Bytes that were received for the first time. */
    BYTE_RECV_UNIQUE("byteRecvUnique", 488, Encoding.INT64, Kind.INTERVAL);

    /** The time over which a field counts. */
    public enum Kind {
        /** Since the connection began. */
        TOTAL,
        /** Since the interval began, that is since a sample that cleared it. */
        INTERVAL,
        /** The value now. */
        INSTANT
    }

    private enum Encoding {
        INT32,
        INT64,
        DOUBLE
    }

    /** {@code sizeof(SRT_TRACEBSTATS)} in 1.5; later ones may only append. */
    static final int STRUCT_BYTES = 496;

    private final String cName;
    private final int offset;
    private final Encoding encoding;
    private final Kind kind;

    SrtStatistic(String cName, int offset, Encoding encoding, Kind kind) {
        this.cName = cName;
        this.offset = offset;
        this.encoding = encoding;
        this.kind = kind;
    }

    /** Returns the name of the field in C, its unit in front: pkt, byte, mbps, ms or us. */
    public String cName() {
        return cName;
    }

    /** Returns over what it counts. */
    public Kind kind() {
        return kind;
    }

    /** Returns its unit in words. */
    public String unit() {
        if (this == PKT_RCV_AVG_BELATED_TIME) {
            return "ms";
        }
        if (cName.startsWith("pkt")) {
            return "packets";
        }
        if (cName.startsWith("byte")) {
            return "bytes";
        }
        if (cName.startsWith("mbps")) {
            return "Mbit/s";
        }
        return cName.startsWith("us") ? "us" : "ms";
    }

    /** Returns whether it is a floating-point number in C. */
    public boolean isFractional() {
        return encoding == Encoding.DOUBLE;
    }

    int offset() {
        return offset;
    }

    int size() {
        return encoding == Encoding.INT32 ? Integer.BYTES : Long.BYTES;
    }

    /** Reads the field: the bits of a double, or a long. */
    long bits(ByteBuffer struct) {
        return encoding == Encoding.INT32 ? struct.getInt(offset) : struct.getLong(offset);
    }
}
