// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.channel;

import io.github.srtnetty.libsrt.SrtStatistic;
import io.github.srtnetty.libsrt.SrtStatistics;
import org.jspecify.annotations.Nullable;

/**
 * The packets of a channel that libsrt has accepted and not sent yet.
 *
 * @param unsentPackets the packets that were never sent
 * @param isWindowFull whether as many packets are in flight as the peer or the congestion control allows
 */
record SendBacklog(long unsentPackets, boolean isWindowFull) {
    /** Nothing waits. Also used if the connection is gone, which the next write detects. */
    static final SendBacklog NONE = new SendBacklog(0, false);

    static SendBacklog of(@Nullable SrtStatistics statistics) {
        if (statistics == null) {
            return NONE;
        }
        long inFlight = statistics.asLong(SrtStatistic.PKT_FLIGHT_SIZE);
        long window = Math.min(
                statistics.asLong(SrtStatistic.PKT_FLOW_WINDOW), statistics.asLong(SrtStatistic.PKT_CONGESTION_WINDOW));
        return new SendBacklog(statistics.asLong(SrtStatistic.PKT_SND_BUF) - inFlight, inFlight >= window);
    }

    /** Returns whether libsrt would send a message soon: few packets are before it, and the window is open. */
    boolean isShort(int mostUnsentPackets) {
        return unsentPackets <= 0 || unsentPackets < mostUnsentPackets && !isWindowFull;
    }
}
