// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.scte35;

import io.github.srtnetty.codec.mpegts.TsProgram;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which program each splice PID belongs to. A PID that several programs list is the first one's; when that lets go, the
 * next one's. The work for a table grows with that table only.
 */
final class SplicePidOwners {
    private final Map<Integer, Map<TsProgram, SplicePids.Found>> claims = new HashMap<>();
    private final Map<TsProgram, List<Integer>> listed = new HashMap<>();
    private int claimCount;

    /** Returns how many PIDs the programs other than {@code program} list; one that two of them list counts twice. */
    int claimsOfOthers(TsProgram program) {
        return claimCount - listed.getOrDefault(program, List.of()).size();
    }

    /** Takes what {@code program} lists from now on; returns the PIDs that it lists or has listed. */
    Set<Integer> list(TsProgram program, List<SplicePids.Found> found) {
        Map<Integer, SplicePids.Found> now = new LinkedHashMap<>();
        found.forEach(entry -> now.putIfAbsent(entry.pid(), entry));
        Set<Integer> pids = new LinkedHashSet<>(listed.getOrDefault(program, List.of()));
        for (int pid : pids) {
            if (!now.containsKey(pid)) {
                claims.computeIfPresent(pid, (key, programs) -> without(program, programs));
            }
        }
        now.forEach((pid, entry) ->
                claims.computeIfAbsent(pid, key -> new LinkedHashMap<>()).put(program, entry));
        claimCount = claimsOfOthers(program) + now.size();
        if (now.isEmpty()) {
            listed.remove(program);
        } else {
            listed.put(program, List.copyOf(now.keySet()));
        }
        pids.addAll(now.keySet());
        return pids;
    }

    private static @Nullable Map<TsProgram, SplicePids.Found> without(
            TsProgram program, Map<TsProgram, SplicePids.Found> programs) {
        programs.remove(program);
        return programs.isEmpty() ? null : programs;
    }

    /** Returns the program that has the PID, and how it lists it; null when none does. */
    Map.@Nullable Entry<TsProgram, SplicePids.Found> ownerOf(int pid) {
        Map<TsProgram, SplicePids.Found> programs = claims.get(pid);
        return programs == null ? null : programs.entrySet().iterator().next();
    }
}
