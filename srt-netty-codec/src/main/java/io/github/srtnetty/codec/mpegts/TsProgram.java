// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.mpegts;

import java.util.Comparator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The knowledge of a {@link PsiTracker} about one program: its PMT and where its clocks are. Changes as the tracker is
 * fed.
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

    /** Returns a program of which nothing is known: for a PID that no table names. */
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

    /** Returns the last PMT seen; null before the first. */
    public @Nullable Pmt pmt() {
        return pmt;
    }

    /** Returns the PID that carries its PCR; {@link TsPacket#NONE} without one. */
    int pcrPid() {
        return pmt == null || pmt.pcrPid() == TsPacket.NULL_PID ? TsPacket.NONE : pmt.pcrPid();
    }

    /**
     * Returns the PID whose PTS counts: the first video, else the first sound, else the first private PES; {@link
     * TsPacket#NONE}.
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

    /** Takes the clocks of {@link #pcrPid()} and {@link #ptsPid()}; null for none. */
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
