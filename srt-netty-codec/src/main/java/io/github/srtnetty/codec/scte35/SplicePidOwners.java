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
 * The program of each splice PID. A PID that several programs list belongs to the first one; when that removes it, to
 * the next one. The work for a table depends only on the size of that table.
 */
final class SplicePidOwners {
    private final Map<Integer, Map<TsProgram, SplicePids.Found>> claims = new HashMap<>();
    private final Map<TsProgram, List<Integer>> listed = new HashMap<>();
    private int claimCount;

    /** Returns the number of PIDs that the programs other than {@code program} list, counted once for each program. */
    int claimsOfOthers(TsProgram program) {
        return claimCount - listed.getOrDefault(program, List.of()).size();
    }

    /** Sets the PIDs that {@code program} lists; returns the PIDs that it lists or has listed. */
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

    /** Returns the program of the PID with its entry, or null if no program lists the PID. */
    Map.@Nullable Entry<TsProgram, SplicePids.Found> ownerOf(int pid) {
        Map<TsProgram, SplicePids.Found> programs = claims.get(pid);
        return programs == null ? null : programs.entrySet().iterator().next();
    }
}
