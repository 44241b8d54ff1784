// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.channel;

import io.github.srtnetty.libsrt.SrtStatistic;
import io.github.srtnetty.libsrt.SrtStatistics;
import java.util.concurrent.TimeUnit;

/**
 * Determines from samples whether libsrt may have ended a live connection itself. A receive buffer that is full drops
 * packets. If the sender then skips more packets than fit into the buffer, libsrt breaks the connection as soon as the
 * application has read the rest ("SEQUENCE DISCREPANCY" in its log), and that looks like a close of the peer. Event
 * loop.
 */
final class ReceiveOverflow {
    /** libsrt lets the peer send two packets although it has no room for them. */
    private static final int NO_ROOM_PACKETS = 2;

    /** Packets that a turn of reading may have taken out of a full buffer before a late sample. */
    private static final int TURN_PACKETS = 64;

    private static final long LATE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    /** More than the packets that were under way; so many new ones show that the stream goes on. */
    private static final int RECOVERED_PACKETS = 16;

    private static final long RECOVERED_NANOS = TimeUnit.SECONDS.toNanos(2);

    private boolean full;
    private long sampledNanos;
    private long fullNanos;
    private long fullPackets;

    /** Notes that the connection is up. */
    void connected(long nowNanos) {
        sampledNanos = nowNanos;
    }

    void sampled(SrtStatistics sample, long nowNanos) {
        long mss = Math.max(1, sample.asLong(SrtStatistic.BYTE_MSS));
        boolean isEmpty = sample.asLong(SrtStatistic.PKT_RCV_BUF) == 0;
        sampled(
                isEmpty ? Long.MAX_VALUE : sample.asLong(SrtStatistic.BYTE_AVAIL_RCV_BUF) / mss,
                sample.asLong(SrtStatistic.PKT_RECV_UNIQUE_TOTAL),
                nowNanos);
    }

    /** Does the same for the packets for which there is room, and those that were accepted so far. */
    void sampled(long room, long packets, long nowNanos) {
        boolean late = nowNanos - sampledNanos >= LATE_NANOS;
        sampledNanos = nowNanos;
        if (room <= (late ? NO_ROOM_PACKETS + TURN_PACKETS : NO_ROOM_PACKETS)) {
            full = true;
            fullNanos = nowNanos;
            fullPackets = packets;
        } else if (packets - fullPackets >= RECOVERED_PACKETS && nowNanos - fullNanos >= RECOVERED_NANOS) {
            full = false;
        }
    }

    /** Returns whether the buffer was full, and the stream has not gone on since then. */
    boolean isLikely() {
        return full;
    }
}
