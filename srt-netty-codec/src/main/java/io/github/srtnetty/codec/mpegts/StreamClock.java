// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.mpegts;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * The time of a stream in ticks of 27 MHz since its first PCR: by the PCR while it runs, by the host's clock after it
 * has stopped. Between two PCRs, the time of a packet follows from its position and the rate between the previous two
 * PCRs.
 *
 * <p>A jump of the PCR does not move the time. A step counts if it is short, or if the number of packets, the host's
 * clock or the PTSs confirm that this much time has passed. After a long step, the time continues from the value that
 * they have given, so that packets in between do not count as late.
 */
final class StreamClock {
    private static final int FRACTION_BITS = 10;
    private static final long TICKS_PER_MILLI = Timestamp.PCR_HZ / 1000;
    /** The longest step that needs no evidence: twice what TR 101 290 allows. PTSs can be out of order by this much. */
    private static final long SHORT_STEP = 200 * TICKS_PER_MILLI;
    /** A longer step is always a jump. */
    private static final long LONGEST_STEP = 10L * Timestamp.PCR_HZ;
    /** The least time after the last PCR for which positions are used; otherwise the time since the previous PCR. */
    private static final long REACH = 100 * TICKS_PER_MILLI;
    /** Packets of this much time may be a large picture at a variable bit rate, which takes less time. */
    private static final long BURST = 500 * TICKS_PER_MILLI;
    /** The time without a PCR after which the host's clock takes over: several times the delay of a network. */
    private static final long STALL_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private final LongSupplier nanoTime;
    private boolean started;
    /** The time at {@code baseIndex}; the next field has the time of one packet. */
    private long base;

    private long baseIndex;
    private long ticksPerPacket;
    /** Like {@code ticksPerPacket}, but 0 while positions give no time. */
    private long rate;

    private long reach = REACH;
    /** The time of the last PCR. */
    private long pcrTime;

    private long pcrNanos;
    private long evidence;
    private int epoch;
    /** Whether packets arrived since the last tick; the next field has the time when this was seen. */
    private boolean arrived;

    private long arrivedNanos;
    private boolean stalled;
    private long lagNanos;

    StreamClock(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** Returns the time of a packet at or after the last PCR. */
    long at(long packetIndex) {
        long ticks = (packetIndex - baseIndex) * rate >> FRACTION_BITS;
        if (ticks <= reach) {
            return base + ticks;
        }
        return base + reach + (ticks <= BURST ? 0 : ticks - BURST);
    }

    /** Returns the time of the last PCR, or the time by the host's clock if PCRs have stopped. */
    long now() {
        return base;
    }

    /** Notes that packets arrived. */
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

    /** Switches to the host's clock if no PCR arrived for a long time; data that arrived since then is not late. */
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

    /** Returns a number that changes with each PCR of the reference, for code that sums up evidence. */
    int epoch() {
        return epoch;
    }

    /** Notes the time that has passed since the last PCR according to the PTSs of a PID. */
    void evidence(long ticks, long packetIndex) {
        evidence = Math.max(evidence, ticks);
        long time = pcrTime + ticks - SHORT_STEP;
        if (!stalled && ticks > SHORT_STEP && time > at(packetIndex)) {
            base = time;
            baseIndex = packetIndex;
        }
    }

    /** Returns the time between two PCRs: the step itself or, if it is a jump, the time of the packets between them. */
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

    /**
     * Advances the time by {@code elapsed}, the time since the last PCR of the reference, {@code packets} packets ago.
     */
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
