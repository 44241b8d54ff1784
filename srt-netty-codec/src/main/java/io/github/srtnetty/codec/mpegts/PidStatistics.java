// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.mpegts;

/**
 * The counts of {@link TsStatistics} for one PID. Times of PCRs are in ticks of 27 MHz, and {@link TsPacket#NONE} while
 * unknown.
 */
public final class PidStatistics {
    private static final long BITS_PER_PACKET = TsPacket.SIZE * 8L;
    /** A larger step of the PCR, or one backwards, is a jump; the standard requires a PCR every 0.1 s. */
    private static final long LONGEST_STEP = 10L * Timestamp.PCR_HZ;

    private final int pid;
    private long packets;
    private long unitStarts;
    private long scrambledPackets;
    private long pcrs;
    private long pcrJumps;
    private long lastPcr27M = TsPacket.NONE;
    private long lastPcrIndex;
    private long leastStep = TsPacket.NONE;
    private long greatestStep = TsPacket.NONE;
    private long steps;
    private long elapsedTicks;
    private long elapsedPackets;
    private long greatestDeviation = TsPacket.NONE;

    PidStatistics(int pid) {
        this.pid = pid;
    }

    void accept(TsPacket packet, long packetIndex) {
        packets++;
        if (packet.payloadUnitStartIndicator()) {
            unitStarts++;
        }
        if (packet.transportScramblingControl() != 0) {
            scrambledPackets++;
        }
        if (packet.hasAdaptationField()) {
            long pcr = packet.pcr27M();
            if (pcr != TsPacket.NONE) {
                acceptPcr(pcr, packetIndex, packet.discontinuityIndicator());
            }
        }
    }

    private void acceptPcr(long pcr, long packetIndex, boolean mayJump) {
        long step = lastPcr27M == TsPacket.NONE ? 0 : Timestamp.pcrDifference(pcr, lastPcr27M);
        if (lastPcr27M != TsPacket.NONE && (mayJump || step <= 0 || step > LONGEST_STEP)) {
            pcrJumps++;
        } else if (lastPcr27M != TsPacket.NONE) {
            measure(step, packetIndex - lastPcrIndex);
        }
        pcrs++;
        lastPcr27M = pcr;
        lastPcrIndex = packetIndex;
    }

    private void measure(long step, long packetStep) {
        leastStep = leastStep == TsPacket.NONE ? step : Math.min(leastStep, step);
        greatestStep = Math.max(greatestStep, step);
        if (elapsedPackets > 0) {
            long predicted = Math.round((double) packetStep * elapsedTicks / elapsedPackets);
            greatestDeviation = Math.max(greatestDeviation, Math.abs(step - predicted));
        }
        steps++;
        elapsedTicks += step;
        elapsedPackets += packetStep;
    }

    /** Returns the PID. */
    public int pid() {
        return pid;
    }

    /** Returns the number of packets of the PID. */
    public long packets() {
        return packets;
    }

    /** Returns the number of packets with payload_unit_start_indicator. */
    public long unitStarts() {
        return unitStarts;
    }

    /** Returns the number of packets with a scrambled payload. */
    public long scrambledPackets() {
        return scrambledPackets;
    }

    /** Returns the number of PCRs. */
    public long pcrs() {
        return pcrs;
    }

    /**
     * Returns the number of PCRs after a jump: announced, backwards, or by more than 10 s. The other counts ignore
     * these steps.
     */
    public long pcrJumps() {
        return pcrJumps;
    }

    /** Returns the last PCR. */
    public long lastPcr27M() {
        return lastPcr27M;
    }

    /** Returns the shortest step from one PCR to the next. */
    public long leastPcrStep27M() {
        return leastStep;
    }

    /** Returns the mean step from one PCR to the next. */
    public long meanPcrStep27M() {
        return steps == 0 ? TsPacket.NONE : elapsedTicks / steps;
    }

    /** Returns the longest step from one PCR to the next; the standard allows 0.1 s. */
    public long greatestPcrStep27M() {
        return greatestStep;
    }

    /**
     * Returns the largest difference between a step and its expected length, from the number of packets and the mean
     * rate until then. Meaningful only for streams of constant bit rate.
     */
    public long greatestPcrDeviation27M() {
        return greatestDeviation;
    }

    /** Returns the bit rate of the stream, measured with this PID's PCRs; 0 before the second PCR. */
    public long transportBitsPerSecond() {
        return elapsedTicks == 0
                ? 0
                : Math.round((double) elapsedPackets * BITS_PER_PACKET * Timestamp.PCR_HZ / elapsedTicks);
    }
}
