// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.mpegts;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * The time of a stream in ticks of 27 MHz since its first PCR: by PCR while it runs, by a clock of the host when it has
 * stopped. Between two PCRs a packet's time follows from its place, by the rate between the two PCRs before.
 *
 * <p>A PCR that jumps does not move the time: a step counts when it is short, or when the number of packets, the host's
 * clock or the PTSs say that so much time has passed. After a long step the time goes on from where those have brought
 * it, so that packets in between are not taken for late.
 */
final class StreamClock {
    private static final int FRACTION_BITS = 10;
    private static final long TICKS_PER_MILLI = Timestamp.PCR_HZ / 1000;
    /** A step up to this needs no evidence: twice what TR 101 290 allows. PTSs are out of order by as much. */
    private static final long SHORT_STEP = 200 * TICKS_PER_MILLI;
    /** A step beyond this is a jump in any case. */
    private static final long LONGEST_STEP = 10L * Timestamp.PCR_HZ;
    /** How far beyond the last PCR a place is believed at least; else as far as it was from the one before. */
    private static final long REACH = 100 * TICKS_PER_MILLI;
    /** Packets of so much time may be a large picture at a variable bit rate, which takes less. */
    private static final long BURST = 500 * TICKS_PER_MILLI;
    /** How long the host's clock runs without a PCR before it takes over: several times what a network adds. */
    private static final long STALL_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private final LongSupplier nanoTime;
    private boolean started;
    /** The time at {@code baseIndex}, and what a packet adds. */
    private long base;

    private long baseIndex;
    private long ticksPerPacket;
    /** As {@code ticksPerPacket}, but 0 while places say nothing. */
    private long rate;

    private long reach = REACH;
    /** The time of the last PCR. */
    private long pcrTime;

    private long pcrNanos;
    private long evidence;
    private int epoch;
    /** Whether packets came since the last tick, and when that was seen. */
    private boolean arrived;

    private long arrivedNanos;
    private boolean stalled;
    private long lagNanos;

    StreamClock(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** Returns the time of a packet that is at or behind the last PCR. */
    long at(long packetIndex) {
        long ticks = (packetIndex - baseIndex) * rate >> FRACTION_BITS;
        if (ticks <= reach) {
            return base + ticks;
        }
        return base + reach + (ticks <= BURST ? 0 : ticks - BURST);
    }

    /** Returns the time of the last PCR, or by the host's clock when there is none any more. */
    long now() {
        return base;
    }

    /** Takes that packets come. */
    void arrived() {
        arrived = true;
        if (!started) {
            started = true;
            pcrNanos = nanoTime.getAsLong();
            arrivedNanos = pcrNanos;
        } else if (stalled) {
            tick();
        }
    }

    /** Lets the host's clock take over when no PCR came for long; what has come since then is not late. */
    void tick() {
        if (!started) {
            return;
        }
        long now = nanoTime.getAsLong();
        long nanos = now - pcrNanos;
        arrivedNanos = arrived ? now : arrivedNanos;
        arrived = false;
        if (nanos <= STALL_NANOS) {
            return;
        }
        if (!stalled) {
            stalled = true;
            lagNanos = Math.max(0, arrivedNanos - pcrNanos);
        }
        long time = pcrTime + ticks(nanos - lagNanos);
        if (time > base) {
            base = time;
        }
        rate = 0;
    }

    /** Returns a number that changes with each PCR of the reference, for those that sum up evidence. */
    int epoch() {
        return epoch;
    }

    /** Takes how much time has passed since the last PCR by the PTSs of a PID. */
    void evidence(long ticks, long packetIndex) {
        evidence = Math.max(evidence, ticks);
        long time = pcrTime + ticks - SHORT_STEP;
        if (!stalled && ticks > SHORT_STEP && time > at(packetIndex)) {
            base = time;
            baseIndex = packetIndex;
        }
    }

    /**
     * Returns how much time has passed between two PCRs: the step itself, or, when it is a jump, what the packets
     * between them take.
     */
    long elapsed(long step, long packets) {
        long estimate = packets * ticksPerPacket >> FRACTION_BITS;
        if (step > 0 && step <= LONGEST_STEP) {
            boolean plausible = step <= SHORT_STEP
                    || ticksPerPacket == 0
                    || estimate >= step / 4
                    || evidence >= step / 2
                    || ticks(nanoTime.getAsLong() - pcrNanos) >= step / 2;
            if (plausible) {
                return step;
            }
        }
        return Math.min(estimate, REACH);
    }

    /** Moves on by what has elapsed since the last PCR of the reference, {@code packets} packets ago. */
    void advance(long elapsed, boolean isStep, long packets, long packetIndex) {
        if (stalled) {
            pcrTime = base;
        } else if (elapsed <= SHORT_STEP) {
            pcrTime = Math.max(pcrTime + elapsed, evidence > SHORT_STEP ? base : 0);
        } else {
            pcrTime = Math.max(pcrTime + Math.min(elapsed, BURST), at(packetIndex));
        }
        if (isStep && packets > 0) {
            ticksPerPacket = (elapsed << FRACTION_BITS) / packets;
        }
        rate = ticksPerPacket;
        reach = Math.min(BURST, isStep ? Math.max(REACH, elapsed) : REACH);
        base = pcrTime;
        baseIndex = packetIndex;
        pcrNanos = nanoTime.getAsLong();
        stalled = false;
        evidence = 0;
        epoch++;
    }

    static long ticks(Duration duration) {
        return ticks(duration.toNanos());
    }

    private static long ticks(long nanos) {
        return nanos / 1000 * 27 + nanos % 1000 * 27 / 1000;
    }

    static Duration duration(long ticks) {
        return Duration.ofNanos(ticks / 27 * 1000 + ticks % 27 * 1000 / 27);
    }
}
