// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.ts;

import io.github.srtnetty.codec.mpegts.Descriptor;
import io.github.srtnetty.codec.mpegts.TsPacketFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The content of a stream, from its start or since the report before. Rates are bit/s, -1 where they are not known.
 *
 * @param seconds the time of the stream at the end of the report
 * @param interval the time that the report is about
 * @param format how packets lie in the stream
 * @param rtpPackets packets of RTP that they came in
 * @param packets transport packets
 * @param bitRate of the whole stream
 * @param nullPackets packets of PID 0x1FFF
 * @param skippedBytes bytes that were in no packet, from the start
 * @param eventsLeftOut events that were not printed, as there were too many of their kind
 * @param pids all PIDs, in ascending order
 * @param services the programs of the PAT
 * @param checks the checks of TR 101 290
 */
record TsReport(
        double seconds,
        double interval,
        TsPacketFormat format,
        long rtpPackets,
        long packets,
        long bitRate,
        long nullPackets,
        long skippedBytes,
        long eventsLeftOut,
        List<PidRow> pids,
        List<ServiceRow> services,
        List<CheckRow> checks) {
    /**
     * A PID.
     *
     * @param kind what the tables say that it carries
     * @param pcr its clock; null without one
     */
    record PidRow(
            int pid,
            String kind,
            List<Integer> programs,
            long packets,
            long bitRate,
            long scrambled,
            long continuityErrors,
            long errors,
            @Nullable PcrRow pcr) {}

    /**
     * The PCRs of a PID: how many from the start, the time from one to the next, and how far they are from the mean.
     */
    record PcrRow(long count, double leastMillis, double meanMillis, double greatestMillis, double jitterMicros) {}

    /** A program: its names from the SDT, empty without one, its PMT and its errors by priority. */
    record ServiceRow(
            int program,
            String name,
            String provider,
            int pmtPid,
            int pcrPid,
            List<Descriptor> descriptors,
            List<StreamRow> streams,
            long bitRate,
            long[] errors) {}

    /** A stream of a program. */
    record StreamRow(int pid, int type, String typeName, List<Descriptor> descriptors) {}

    /** A check, its errors in the interval and from the start, and its outages from the start. */
    record CheckRow(String name, int priority, boolean assessed, long errors, long total, long outages) {}
}
