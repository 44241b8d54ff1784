// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.mpegts;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Counts packets and clocks by PID, and estimates bit rates from the PCR. Creates one object for each PID. Not
 * thread-safe.
 */
public final class TsStatistics {
    private final @Nullable PidStatistics[] byPid = new PidStatistics[TsPacket.PID_COUNT];
    private @Nullable PidStatistics clock;
    private long packets;

    /** Creates statistics with all counts at 0. */
    public TsStatistics() {}

    /** Counts the next packet of the stream; ignores packets with transport_error_indicator or without a sync_byte. */
    public void accept(TsPacket packet, long packetIndex) {
        packets++;
        if (packet.transportErrorIndicator() || !packet.hasSyncByte()) {
            return;
        }
        PidStatistics statistics = byPid[packet.pid()];
        if (statistics == null) {
            statistics = new PidStatistics(packet.pid());
            byPid[packet.pid()] = statistics;
        }
        statistics.accept(packet, packetIndex);
        if (clock == null && statistics.pcrs() > 0) {
            clock = statistics;
        }
    }

    /** Returns the number of packets counted. */
    public long packets() {
        return packets;
    }

    /** Returns the statistics of {@code pid}, or null if no packet had it. The object continues to count. */
    public @Nullable PidStatistics pid(int pid) {
        return byPid[pid];
    }

    /** Returns all PIDs that occurred, in ascending order. */
    public List<PidStatistics> pids() {
        List<PidStatistics> all = new ArrayList<>();
        for (PidStatistics statistics : byPid) {
            if (statistics != null) {
                all.add(statistics);
            }
        }
        return all;
    }

    /** Returns the mean bit rate of the stream, measured with the first PID that had a PCR; 0 while unknown. */
    public long bitsPerSecond() {
        return clock == null ? 0 : clock.transportBitsPerSecond();
    }

    /** Returns the mean bit rate of {@code pid}, from its share of the stream's packets; 0 while unknown. */
    public long bitsPerSecond(int pid) {
        PidStatistics statistics = byPid[pid];
        return statistics == null ? 0 : Math.round((double) bitsPerSecond() * statistics.packets() / packets);
    }
}
