// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.mpegts;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The counts of {@link Tr101290Analyzer} for the stream, each PID and each program. Event loop. An outage counts as one
 * outage, and as one error for each period that it lasts.
 */
public final class Tr101290Counters {
    private static final int CHECKS = Tr101290Check.values().length;
    /** Twice the number of programs of a PsiTracker, because removed programs keep their counts. */
    private static final int MOST_PROGRAMS = 2 * PsiTracker.DEFAULT_MAX_PROGRAMS;

    private final long[] errors = new long[CHECKS];
    private final long[] outages = new long[CHECKS];
    private final long[] @Nullable [] byPid = new long[TsPacket.PID_COUNT][];
    private final Map<Integer, long[]> byProgram = new TreeMap<>();
    private final Set<Tr101290Check> assessed = EnumSet.noneOf(Tr101290Check.class);

    Tr101290Counters() {}

    /** Returns the errors found so far, including the periods of outages. */
    public long errors(Tr101290Check check) {
        return errors[check.ordinal()];
    }

    /** Returns the number of outages, whatever their length. */
    public long outages(Tr101290Check check) {
        return outages[check.ordinal()];
    }

    /** Returns the errors of a PID. */
    public long errors(Tr101290Check check, int pid) {
        long[] counts = byPid[pid];
        return counts == null ? 0 : counts[check.ordinal()];
    }

    /** Returns the errors of the PIDs of a program. */
    public long programErrors(Tr101290Check check, int programNumber) {
        long[] counts = byProgram.get(programNumber);
        return counts == null ? 0 : counts[check.ordinal()];
    }

    /** Returns the errors of all checks of a priority, 1 to 3. */
    public long errorsOfPriority(int priority) {
        long sum = 0;
        for (Tr101290Check check : Tr101290Check.values()) {
            sum += check.priority() == priority ? errors(check) : 0;
        }
        return sum;
    }

    /**
     * Returns whether the check could be performed so far. If the stream has no time, or not the table, clock or
     * scrambled packet that the check needs, it cannot, and 0 errors have no meaning.
     */
    public boolean isAssessed(Tr101290Check check) {
        return assessed.contains(check) || errors(check) > 0;
    }

    /** Returns the PIDs that have errors, in ascending order. */
    public List<Integer> pidsWithErrors() {
        List<Integer> pids = new ArrayList<>();
        for (int pid = 0; pid < byPid.length; pid++) {
            if (byPid[pid] != null) {
                pids.add(pid);
            }
        }
        return pids;
    }

    /** Returns the programs that have errors, in ascending order. */
    public List<Integer> programsWithErrors() {
        return List.copyOf(byProgram.keySet());
    }

    void assessed(Tr101290Check check) {
        assessed.add(check);
    }

    void addOutage(Tr101290Check check) {
        outages[check.ordinal()]++;
    }

    /** Adds errors of a PID ({@link TsPacket#NONE}: none) and of its programs. */
    void add(Tr101290Check check, int pid, List<Integer> programs, long count) {
        errors[check.ordinal()] += count;
        if (pid != TsPacket.NONE) {
            long[] counts = byPid[pid];
            if (counts == null) {
                counts = new long[CHECKS];
                byPid[pid] = counts;
            }
            counts[check.ordinal()] += count;
        }
        for (int i = 0; i < programs.size(); i++) {
            addTo(programs.get(i), check, count);
        }
    }

    private void addTo(int program, Tr101290Check check, long count) {
        long[] counts = byProgram.get(program);
        if (counts == null && byProgram.size() < MOST_PROGRAMS) {
            counts = new long[CHECKS];
            byProgram.put(program, counts);
        }
        if (counts != null) {
            counts[check.ordinal()] += count;
        }
    }
}
