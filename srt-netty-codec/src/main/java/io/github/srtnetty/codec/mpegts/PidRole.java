// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.mpegts;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The reason why a {@link PsiTracker} inspects a PID: it carries tables, a clock, or both. Counts the programs that
 * need each, so that the cost of a packet and of a program change does not depend on how many programs share the PID.
 */
final class PidRole {
    private @Nullable SectionAssembler assembler;
    private int tableUsers;
    private @Nullable PidClock clock;
    private int clockUsers;

    /** Adds a user of the tables; {@code first} creates the assembler for the first one. */
    void addTable(Supplier<SectionAssembler> first) {
        assembler = assembler == null ? first.get() : assembler;
        tableUsers++;
    }

    /** Removes a user of the tables, and with the last one the assembler. */
    void removeTable() {
        tableUsers--;
        assembler = tableUsers == 0 ? null : assembler;
    }

    /** Adds a user of the clock; returns the clock that all users share. */
    PidClock addClock() {
        PidClock shared = clock == null ? new PidClock() : clock;
        clock = shared;
        clockUsers++;
        return shared;
    }

    /** Removes a user of the clock, and with the last one the clock. */
    void removeClock() {
        clockUsers--;
        clock = clockUsers == 0 ? null : clock;
    }

    boolean isNeeded() {
        return assembler != null || clock != null;
    }

    void accept(TsPacket packet, long packetIndex) {
        if (clock != null && !packet.transportErrorIndicator() && packet.hasSyncByte()) {
            clock.observe(packet);
        }
        if (assembler != null) {
            assembler.accept(packet, packetIndex);
        }
    }
}
