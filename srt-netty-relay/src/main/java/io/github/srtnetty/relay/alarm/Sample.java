// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.alarm;

import io.github.srtnetty.libsrt.SrtStatistic;
import io.github.srtnetty.libsrt.SrtStatistics;
import io.github.srtnetty.relay.stream.LiveStream;
import io.github.srtnetty.relay.stream.StreamSource;
import io.github.srtnetty.relay.stream.TrafficCounters;
import org.jspecify.annotations.Nullable;

/**
 * The counters of a stream at one time.
 *
 * @param nanos when
 * @param publisher the id of its publisher's connection, null without one
 * @param silentSeconds how long the publisher has sent nothing, at least; only whether it exceeds a limit is known
 * @param bytes received
 * @param packets of the publisher that arrived, or never will
 * @param lost packets of the publisher that were missing when they were due to arrive
 * @param dropped packets that slow players lost
 * @param disconnected players that were disconnected because they were too slow
 * @param undecrypted packets of the publisher that could not be decrypted
 * @param failedCallers callers that did not prove the passphrase
 */
record Sample(
        long nanos,
        @Nullable String publisher,
        int silentSeconds,
        long bytes,
        long packets,
        long lost,
        long dropped,
        long disconnected,
        long undecrypted,
        long failedCallers) {
    /** Before the first sample. */
    static final Sample NOTHING = new Sample(0, null, 0, 0, 0, 0, 0, 0, 0, 0);

    /**
     * Reads the counters of a stream.
     *
     * @param stream null where it has neither publisher nor players
     * @param noDataSeconds the limit with which the publisher's silence is compared, 0 for none
     * @param failedCallers callers that did not prove the passphrase so far
     */
    static Sample of(@Nullable LiveStream stream, int noDataSeconds, long failedCallers, long nowNanos) {
        if (stream == null) {
            return new Sample(nowNanos, null, 0, 0, 0, 0, 0, 0, 0, failedCallers);
        }
        TrafficCounters counters = stream.counters();
        StreamSource source = stream.source();
        SrtStatistics statistics = source == null ? null : source.connection().statistics();
        boolean silent = source != null && noDataSeconds > 0 && source.isSilentFor(noDataSeconds * 1000L, nowNanos);
        return new Sample(
                nowNanos,
                source == null ? null : source.connection().id(),
                silent ? noDataSeconds : 0,
                counters.receivedBytes.sum(),
                value(statistics, SrtStatistic.PKT_RECV_UNIQUE_TOTAL)
                        + value(statistics, SrtStatistic.PKT_RCV_DROP_TOTAL),
                value(statistics, SrtStatistic.PKT_RCV_LOSS_TOTAL),
                counters.droppedPackets.sum(),
                counters.slowDisconnects.sum(),
                value(statistics, SrtStatistic.PKT_RCV_UNDECRYPT_TOTAL),
                failedCallers);
    }

    private static long value(@Nullable SrtStatistics statistics, SrtStatistic field) {
        return statistics == null ? 0 : statistics.asLong(field);
    }
}
