// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.scte35;

import io.github.srtnetty.codec.mpegts.Pmt;
import io.github.srtnetty.codec.mpegts.TsProgram;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The splice PIDs of each program by the version of its PMT. A PID that a PMT adds is used immediately. A PID that it
 * no longer names is dropped only with another version_number (ISO/IEC 13818-1, 2.4.4.9), unless another stream now has
 * it.
 */
final class SplicePidVersions {
    private record Listed(int version, List<SplicePids.Found> found) {}

    private final Map<TsProgram, Listed> programs = new HashMap<>();

    /** Returns {@code found} and the PIDs that earlier tables of the same version have listed. */
    List<SplicePids.Found> listed(TsProgram program, Pmt pmt, List<SplicePids.Found> found) {
        List<SplicePids.Found> all = new ArrayList<>(found);
        Listed before = programs.get(program);
        if (before != null && before.version == pmt.versionNumber()) {
            before.found.stream()
                    .filter(entry -> pmt.streams().stream().noneMatch(stream -> stream.elementaryPid() == entry.pid()))
                    .forEach(all::add);
        }
        programs.put(program, new Listed(pmt.versionNumber(), List.copyOf(all)));
        return all;
    }

    void forget(TsProgram program) {
        programs.remove(program);
    }
}
