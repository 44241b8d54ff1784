// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.mpegts;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Why a {@link PsiTracker} looks at a PID: it carries tables, or clocks of programs, or both. */
final class PidRole {
    private @Nullable SectionAssembler assembler;
    private final List<TsProgram> clocked = new ArrayList<>(1);

    PidRole(@Nullable SectionAssembler assembler) {
        this.assembler = assembler;
    }

    @Nullable
    SectionAssembler assembler() {
        return assembler;
    }

    void assembleWith(SectionAssembler assembler) {
        this.assembler = assembler;
    }

    /** Adds a program, which may have been added just before for its other clock, but not earlier. */
    void addClockOf(TsProgram program) {
        if (clocked.isEmpty() || clocked.get(clocked.size() - 1) != program) {
            clocked.add(program);
        }
    }

    void removeClockOf(TsProgram program) {
        clocked.remove(program);
    }

    boolean isNeeded() {
        return assembler != null || !clocked.isEmpty();
    }

    void accept(TsPacket packet, long packetIndex) {
        if (!packet.transportErrorIndicator()) {
            for (int i = 0; i < clocked.size(); i++) {
                clocked.get(i).observe(packet);
            }
        }
        if (assembler != null) {
            assembler.accept(packet, packetIndex);
        }
    }
}
