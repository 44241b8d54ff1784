// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.cue;

import io.github.srtnetty.codec.mpegts.PsiTracker;
import io.github.srtnetty.codec.mpegts.RtpDecoder;
import io.github.srtnetty.codec.mpegts.SectionError;
import io.github.srtnetty.codec.mpegts.TsFormatEvent;
import io.github.srtnetty.codec.mpegts.TsPacketDecoder;
import io.github.srtnetty.codec.mpegts.TsPacketFormat;
import io.github.srtnetty.codec.mpegts.TsProgram;
import io.github.srtnetty.codec.mpegts.TsSyncEvent;
import io.github.srtnetty.codec.scte35.Scte35Failure;
import io.github.srtnetty.codec.scte35.Scte35Handler;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The content of a stream, for a user whose stream had no cue, and its faults, each kind once per PID. */
final class StreamSummary {
    private final RtpDecoder rtp;
    private final TsPacketDecoder packets;
    private final Scte35Handler handler;
    private final PsiTracker tracker;
    private final Set<String> reported = new HashSet<>();
    private final Set<Integer> splicePids = new LinkedHashSet<>();
    private long cues;
    private long faults;
    private long resynchronisations;

    StreamSummary(RtpDecoder rtp, TsPacketDecoder packets, Scte35Handler handler) {
        this.rtp = rtp;
        this.packets = packets;
        this.handler = handler;
        this.tracker = handler.tables();
    }

    void cue() {
        cues++;
    }

    /** Updates the splice PIDs. */
    void look() {
        splicePids.addAll(handler.splicePids());
    }

    void event(Object event) {
        if (event instanceof Scte35Failure failure) {
            fault(
                    failure.pid(),
                    failure.packetIndex(),
                    failure.cause().field(),
                    String.valueOf(failure.cause().getMessage()));
        } else if (event instanceof SectionError error) {
            fault(
                    error.pid(),
                    error.packetIndex(),
                    error.reason().name(),
                    String.valueOf(error.cause().getMessage()));
        } else if (event instanceof TsSyncEvent && packets.packets() > 0) {
            resynchronisations++;
        } else if (event instanceof TsFormatEvent found && found.format() != TsPacketFormat.TS_188) {
            System.err.println("srt-netty: packets of " + found.format().stride() + " bytes");
        }
    }

    private void fault(int pid, long packetIndex, String kind, String what) {
        faults++;
        if (reported.add(pid + kind)) {
            System.err.printf("srt-netty: PID 0x%x, packet %d: %s%n", pid, packetIndex, what);
        }
    }

    long cues() {
        return cues;
    }

    boolean hasPackets() {
        return packets.packets() > 0;
    }

    /** Returns whether the tables are present and there were no faults, so the stream really has no cue. */
    boolean isSound() {
        return faults == 0
                && resynchronisations == 0
                && packets.skippedBytes() == 0
                && tracker.pat() != null
                && tracker.programs().stream().noneMatch(program -> program.pmt() == null);
    }

    /** Describes in one line what was found. */
    @Override
    public String toString() {
        return counted(packets.packets(), "packet") + (rtp.packets() > 0 ? " in " + rtp.packets() + " of RTP" : "")
                + ", "
                + describeTables() + ", " + describePids() + ", " + counted(faults, "fault") + " of sections, "
                + counted(resynchronisations, "resynchronisation") + ", " + counted(packets.skippedBytes(), "byte")
                + " skipped";
    }

    private String describeTables() {
        if (tracker.pat() == null) {
            return "no PAT";
        }
        List<Integer> without = tracker.programs().stream()
                .filter(program -> program.pmt() == null)
                .map(TsProgram::programNumber)
                .toList();
        String pmts = without.isEmpty() ? "a PMT of each" : "no PMT of program " + without.get(0);
        return "a PAT of " + counted(tracker.programs().size(), "program") + ", " + pmts;
    }

    private static String counted(long number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }

    private String describePids() {
        return splicePids.isEmpty()
                ? "no splice PID"
                : "splice PID "
                        + splicePids.stream()
                                .map(pid -> String.format("0x%x", pid))
                                .collect(Collectors.joining(" "));
    }
}
