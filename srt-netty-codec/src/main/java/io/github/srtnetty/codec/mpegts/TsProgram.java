// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.mpegts;

import java.util.Comparator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The state of one program in a {@link PsiTracker}: its PMT and its clocks. It changes when the tracker receives
 * packets.
 */
public final class TsProgram {
    private final int programNumber;
    private final int pmtPid;
    private @Nullable Pmt pmt;
    private int ptsPid = TsPacket.NONE;
    private @Nullable PidClock pcrClock;
    private @Nullable PidClock ptsClock;

    TsProgram(int programNumber, int pmtPid) {
        this.programNumber = programNumber;
        this.pmtPid = pmtPid;
    }

    /** Returns an unknown program, for a PID that no table names. */
    public static TsProgram unknown() {
        return new TsProgram(0, TsPacket.NONE);
    }

    /** Returns the program_number. */
    public int programNumber() {
        return programNumber;
    }

    /** Returns the PID of its PMT. */
    public int pmtPid() {
        return pmtPid;
    }

    /** Returns the last PMT, or null before the first. */
    public @Nullable Pmt pmt() {
        return pmt;
    }

    /** Returns the PID of the PCR; {@link TsPacket#NONE}: none. */
    int pcrPid() {
        return pmt == null || pmt.pcrPid() == TsPacket.NULL_PID ? TsPacket.NONE : pmt.pcrPid();
    }

    /**
     * Returns the PID whose PTS is used: that of the first video stream, otherwise the first audio stream, otherwise
     * the first private PES; {@link TsPacket#NONE} if there is none.
     */
    public int ptsPid() {
        return ptsPid;
    }

    /** Returns the last PCR on the program's PCR_PID, in ticks of 27 MHz; {@link TsPacket#NONE} before the first. */
    public long lastPcr27M() {
        return pcrClock == null ? TsPacket.NONE : pcrClock.lastPcr27M();
    }

    /**
     * Returns the last PTS on {@link #ptsPid()}, in ticks of 90 kHz and in coding order; {@link TsPacket#NONE} before
     * the first.
     */
    public long lastPts90k() {
        return ptsClock == null ? TsPacket.NONE : ptsClock.lastPts90k();
    }

    void update(Pmt pmt) {
        this.pmt = pmt;
        this.ptsPid = choosePtsPid(pmt).orElse(TsPacket.NONE);
    }

    /** Sets the clocks of {@link #pcrPid()} and {@link #ptsPid()}; null: none. */
    void clocks(@Nullable PidClock ofPcr, @Nullable PidClock ofPts) {
        pcrClock = ofPcr;
        ptsClock = ofPts;
    }

    private static Optional<Integer> choosePtsPid(Pmt pmt) {
        return pmt.streams().stream()
                .filter(stream -> rank(stream) < 3)
                .min(Comparator.comparingInt(TsProgram::rank))
                .map(Pmt.Stream::elementaryPid);
    }

    private static int rank(Pmt.Stream stream) {
        int type = stream.streamType();
        return StreamType.isVideo(type) ? 0 : StreamType.isAudio(type) ? 1 : type == StreamType.PRIVATE_PES ? 2 : 3;
    }

    @Override
    public String toString() {
        return "TsProgram(%d, pmtPid=0x%04x)".formatted(programNumber, pmtPid);
    }
}
