// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.mpegts;

import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Checks the PCRs of one PID (TR 101 290, 2.3a, 2.3b, 2.4). */
final class PcrMonitor {
    private static final long BITS_PER_PACKET = TsPacket.SIZE * 8L;

    private final MonitoredPid pid;
    private final StreamClock clock;
    private final Tr101290Reporter reporter;
    private final Tr101290Limits limits;
    private final long longestStep;
    private final double accuracyTicks;
    private final double ticksPerPacket;

    /** The timer for PCRs; null while no PMT names the PID. */
    @Nullable
    PresenceTimer timer;

    private long last27M = TsPacket.NONE;
    private boolean first;
    private long lastIndex;
    private long anchor27M;
    private long anchorIndex;
    private double deviation;
    private long sinceReference;
    private int epoch;
    private long packets;
    private long elapsed;
    private boolean isStep;

    PcrMonitor(MonitoredPid pid, StreamClock clock, Tr101290Limits limits, Tr101290Reporter reporter) {
        this.pid = pid;
        this.clock = clock;
        this.reporter = reporter;
        this.limits = limits;
        longestStep = StreamClock.ticks(limits.pcrDiscontinuity());
        accuracyTicks = limits.pcrAccuracy().toNanos() * 27 / 1000.0;
        OptionalLong rate = limits.constantBitRate();
        ticksPerPacket = rate.isPresent() ? (double) BITS_PER_PACKET * Timestamp.PCR_HZ / rate.getAsLong() : 0;
    }

    /** Accepts a PCR; {@link #elapsed} and the other values are valid afterwards. */
    void accept(long pcr27M, boolean mayJump, long packetIndex) {
        first = last27M == TsPacket.NONE;
        long step = first ? 0 : Timestamp.pcrDifference(pcr27M, last27M);
        packets = packetIndex - lastIndex;
        elapsed = first ? 0 : clock.elapsed(mayJump ? 0 : step, packets);
        isStep = !first && !mayJump && elapsed == step && step > 0;
        sinceReference = (epoch == clock.epoch() ? sinceReference : 0) + elapsed;
        epoch = clock.epoch();
        if (!first && !mayJump) {
            reporter.assessed(Tr101290Check.PCR_DISCONTINUITY);
            if (step < 0 || step > longestStep) {
                String change = (step < 0 ? "-" : "+") + Tr101290Reporter.seconds(Math.abs(step));
                reporter.error(Tr101290Check.PCR_DISCONTINUITY, pid, "the PCR changed by " + change);
            }
        }
        if (ticksPerPacket > 0) {
            checkAccuracy(pcr27M, first || mayJump || step < 0 || step > longestStep, packetIndex);
        }
        last27M = pcr27M;
        lastIndex = packetIndex;
    }

    /**
     * Compares the PCR with its position after the first one. If the next PCR has the same difference, it is a shift,
     * as after lost packets, and counts once.
     */
    private void checkAccuracy(long pcr27M, boolean restart, long packetIndex) {
        if (restart) {
            anchor(pcr27M, packetIndex);
            return;
        }
        reporter.assessed(Tr101290Check.PCR_ACCURACY);
        double now = Timestamp.pcrDifference(pcr27M, anchor27M) - (packetIndex - anchorIndex) * ticksPerPacket;
        boolean wrong = Math.abs(now) > accuracyTicks;
        if (wrong && Math.abs(deviation) > accuracyTicks && Math.abs(now - deviation) <= accuracyTicks) {
            anchor(pcr27M, packetIndex);
            return;
        }
        deviation = now;
        if (wrong) {
            reporter.error(
                    Tr101290Check.PCR_ACCURACY,
                    pid,
                    "%+d ns at %d bit/s"
                            .formatted(
                                    Math.round(now * 1000 / 27),
                                    limits.constantBitRate().orElse(0)));
        }
        if (packetIndex - anchorIndex > Timestamp.PCR_HZ) { // long before a double cannot represent nanoseconds
            anchor(pcr27M, packetIndex);
        }
    }

    private void anchor(long pcr27M, long packetIndex) {
        anchor27M = pcr27M;
        anchorIndex = packetIndex;
        deviation = 0;
    }

    /** Notes that a PCR was received, after the time of the stream has moved to it. */
    void arrived(long now) {
        if (timer != null && first) {
            timer.seen(now);
        } else if (timer != null) {
            timer.seenAfter(elapsed, now);
        }
    }

    /** Returns the time since the previous PCR. */
    long elapsed() {
        return elapsed;
    }

    /** Returns the packets since the previous PCR. */
    long packets() {
        return packets;
    }

    /** Returns whether {@link #elapsed} is the difference between the two PCRs. */
    boolean isStep() {
        return isStep;
    }

    /** Returns the time that this PID measured since the last PCR of the reference. */
    long sinceReference() {
        return sinceReference;
    }
}
