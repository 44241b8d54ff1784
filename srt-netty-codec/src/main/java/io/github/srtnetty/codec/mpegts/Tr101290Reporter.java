// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.mpegts;

import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** Counts the errors of a stream and reports them as events. */
final class Tr101290Reporter {
    private static final double TICKS_PER_SECOND = Timestamp.PCR_HZ;

    private final Tr101290Counters counters = new Tr101290Counters();
    private final StreamClock clock;
    private final Consumer<Tr101290Event> listener;
    private long packetIndex;

    Tr101290Reporter(StreamClock clock, Consumer<Tr101290Event> listener) {
        this.clock = clock;
        this.listener = listener;
    }

    Tr101290Counters counters() {
        return counters;
    }

    /** Sets the number of the current packet. */
    void at(long packetIndex) {
        this.packetIndex = packetIndex;
    }

    void assessed(Tr101290Check check) {
        counters.assessed(check);
    }

    /** Reports a single error of the whole stream. */
    void error(Tr101290Check check, String detail) {
        counters.add(check, TsPacket.NONE, List.of(), 1);
        fire(check, Tr101290Event.Phase.ERROR, TsPacket.NONE, List.of(), 0, detail);
    }

    void error(Tr101290Check check, MonitoredPid pid, String detail) {
        counters.add(check, pid.pid(), pid.programs(), 1);
        fire(check, Tr101290Event.Phase.ERROR, pid.pid(), pid.programs(), 0, detail);
    }

    /** Reports that the whole stream is lost. */
    void begin(Tr101290Check check, String detail) {
        counters.add(check, TsPacket.NONE, List.of(), 1);
        counters.addOutage(check);
        fire(check, Tr101290Event.Phase.BEGIN, TsPacket.NONE, List.of(), 0, detail);
    }

    void begin(Tr101290Check check, MonitoredPid pid, String detail) {
        counters.addOutage(check);
        fire(check, Tr101290Event.Phase.BEGIN, pid.pid(), pid.programs(), 0, detail);
    }

    /** Counts the periods of an outage that was already reported. */
    void missing(Tr101290Check check, MonitoredPid pid, long periods) {
        counters.add(check, pid.pid(), pid.programs(), periods);
    }

    void end(Tr101290Check check, MonitoredPid pid, long ticks, String detail) {
        fire(check, Tr101290Event.Phase.END, pid.pid(), pid.programs(), ticks, detail);
    }

    void end(Tr101290Check check, long ticks, String detail) {
        fire(check, Tr101290Event.Phase.END, TsPacket.NONE, List.of(), ticks, detail);
    }

    static String seconds(long ticks) {
        return String.format(Locale.ROOT, "%.3f s", ticks / TICKS_PER_SECOND);
    }

    private void fire(
            Tr101290Check check,
            Tr101290Event.Phase phase,
            int pid,
            List<Integer> programs,
            long missedTicks,
            String detail) {
        listener.accept(new Tr101290Event(
                check,
                phase,
                pid,
                programs,
                packetIndex,
                StreamClock.duration(clock.at(packetIndex)),
                StreamClock.duration(missedTicks),
                detail));
    }
}
