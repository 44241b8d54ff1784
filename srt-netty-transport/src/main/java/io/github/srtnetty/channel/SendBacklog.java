// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.channel;

import io.github.srtnetty.libsrt.SrtStatistic;
import io.github.srtnetty.libsrt.SrtStatistics;
import org.jspecify.annotations.Nullable;

/**
 * The packets of a channel that libsrt has taken and not sent yet.
 *
 * @param unsentPackets the packets that were never sent
 * @param isWindowFull whether as many packets as the peer or the congestion control allow are on the way
 */
record SendBacklog(long unsentPackets, boolean isWindowFull) {
    /** Nothing waits; also where the connection is gone, and the next write finds out. */
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

    /** Returns whether a message that libsrt takes now leaves soon: little is before it, and the window is open. */
    boolean isShort(int mostUnsentPackets) {
        return unsentPackets <= 0 || unsentPackets < mostUnsentPackets && !isWindowFull;
    }
}
