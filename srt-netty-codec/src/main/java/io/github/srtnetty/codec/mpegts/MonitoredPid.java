// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.mpegts;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The state of one PID in {@link Tr101290Analyzer}: its continuity, its timers, and the programs that refer to it. */
final class MonitoredPid {
    private static final int PRIORITY_BIT = 0x20_0000;
    private static final int PAYLOAD_ONLY = 0x10;
    private static final int NEVER = 0;
    private static final int UNKNOWN = -1;
    /** An offset after a PCR, and in the PTS of a PES header. */
    private static final int FINGERPRINT_OFFSET = 14;

    private static final int MOST_PROGRAMS = 16;
    private static final int MOST_DAMAGED = 15;

    /** The use of a PID by the tables. */
    enum Use {
        /** Video or audio. */
        MEDIA,
        /** The PCR of a program. */
        PCR,
        /** Other streams, which may be silent for a long time. */
        DATA,
        /** Streams that may be silent for any time: cues, ECM and EMM, the NIT of PID 0x10 and others. */
        SILENT,
        /** A PMT. */
        PMT
    }

    /** The state of the continuity_counter. */
    enum Continuity {
        RIGHT,
        /** A duplicate of the previous packet, which is allowed. */
        DUPLICATE,
        WRONG
    }

    private final int pid;
    private final int[] uses = new int[Use.values().length];
    private final List<Integer> programs = new ArrayList<>(1);
    private final List<Integer> programsView = Collections.unmodifiableList(programs);
    /** The header of the next packet, if it has only a payload and is in order. */
    private int expected = NEVER;

    private long lastTime;
    private long longestGap = Long.MAX_VALUE;
    private long fingerprint;
    private int counter = UNKNOWN;
    private int duplicates;
    private int damaged;
    private boolean seen;
    private boolean inspected;
    private boolean scrambled;

    /** The timer for packets. */
    @Nullable
    PresenceTimer presence;
    /** The timer for tables: PAT, CAT, PMT, NIT, SDT, EIT, TDT. */
    @Nullable
    PresenceTimer tables;
    /** The timer for PTSs. */
    @Nullable
    PresenceTimer ptsTimer;
    /** Checks the PCRs. */
    @Nullable
    PcrMonitor pcr;
    /** Assembles tables. */
    @Nullable
    SectionAssembler sections;

    long lastPts90k = TsPacket.NONE;
    long ptsTicks;
    int ptsEpoch;
    /** The time since which no table names the PID; {@link Long#MAX_VALUE} while one does. */
    long unreferencedSince = Long.MAX_VALUE;

    boolean unreferencedReported;
    boolean watched;

    MonitoredPid(int pid) {
        this.pid = pid;
    }

    int pid() {
        return pid;
    }

    /** Returns the programs that refer to the PID, at most 16; a view. */
    List<Integer> programs() {
        return programsView;
    }

    /** Makes {@link #isNext} return false for every packet, so that each one is inspected. */
    void inspectAll() {
        inspected = true;
        expected = NEVER;
    }

    /** Makes {@link #isNext} return false for packets that arrive after more than {@code ticks}. */
    void longestGap(long ticks) {
        longestGap = ticks;
    }

    /** Returns whether the last packet was scrambled. */
    boolean isScrambled() {
        return scrambled;
    }

    boolean isSeen() {
        return seen;
    }

    long lastTime() {
        return lastTime;
    }

    void add(Use use, int program) {
        uses[use.ordinal()]++;
        name(program);
    }

    /** Adds a program that refers to the PID; 0: none. */
    void name(int program) {
        if (program != 0 && programs.size() < MOST_PROGRAMS && !programs.contains(program)) {
            programs.add(program);
        }
    }

    void remove(Use use, int program) {
        uses[use.ordinal()]--;
        programs.remove((Integer) program);
    }

    boolean is(Use use) {
        return uses[use.ordinal()] > 0;
    }

    boolean isReferenced() {
        for (int count : uses) {
            if (count > 0) {
                return true;
            }
        }
        return false;
    }

    /** Accepts the packet if it is the next one and needs no inspection, which is the common case. */
    boolean isNext(int header, long time, ByteBuf bytes, int index) {
        if ((header & ~PRIORITY_BIT) != expected || time - lastTime > longestGap) {
            return false;
        }
        counter = header & 0xF;
        expected = expected & ~0xF | expected + 1 & 0xF;
        lastTime = time;
        fingerprint = fingerprint(bytes, index);
        duplicates = 0;
        damaged = 0;
        return true;
    }

    private static long fingerprint(ByteBuf bytes, int index) {
        return bytes.getLong(index + FINGERPRINT_OFFSET);
    }

    /** Notes an unreadable packet: its continuity_counter will be missing, which is not a separate error. */
    void damaged() {
        damaged = Math.min(damaged + 1, MOST_DAMAGED);
    }

    /** Sets the time of a packet, before the packet is processed. */
    void arrived(long time) {
        if (presence != null) {
            presence.catchUp(seen ? lastTime : Long.MIN_VALUE);
            presence.seen(time);
        }
        lastTime = time;
        seen = true;
    }

    /** Updates a timer of packets before it is checked. */
    void catchUp(PresenceTimer timer) {
        if (timer == presence && seen) {
            timer.catchUp(lastTime);
        }
    }

    /** Checks the continuity_counter of a packet (ISO/IEC 13818-1, 2.4.3.3). */
    Continuity check(TsPacket packet) {
        int before = counter;
        int next = packet.continuityCounter();
        int gap = next - (packet.hasPayload() ? before + 1 : before) & 0xF;
        long print = fingerprint(packet.bytes(), packet.index());
        Continuity result = Continuity.RIGHT;
        if (before != UNKNOWN && gap != 0 && !packet.discontinuityIndicator()) {
            if (next == before && print == fingerprint) {
                duplicates++;
                return duplicates == 1 ? Continuity.DUPLICATE : Continuity.WRONG;
            }
            result = gap <= damaged ? Continuity.RIGHT : Continuity.WRONG;
        }
        counter = next;
        scrambled = packet.transportScramblingControl() != 0;
        duplicates = 0;
        damaged = 0;
        if (packet.hasPayload()) {
            fingerprint = print;
        }
        expected = inspected
                ? NEVER
                : TsPacket.SYNC_BYTE << 24
                        | pid << 8
                        | packet.transportScramblingControl() << 6
                        | PAYLOAD_ONLY
                        | next + 1 & 0xF;
        return result;
    }

    /** Returns the error of the last packet that was not continuous. */
    String describe(TsPacket packet, int before) {
        if (duplicates > 1) {
            return "a packet came " + (duplicates + 1) + " times";
        }
        return "continuity_counter " + packet.continuityCounter() + " after " + before;
    }

    int counter() {
        return counter;
    }
}
