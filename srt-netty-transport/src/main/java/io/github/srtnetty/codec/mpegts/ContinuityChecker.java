// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.mpegts;

import java.util.Arrays;

/**
 * Follows the continuity_counter of every PID (ISO/IEC 13818-1, 2.4.3.3). Makes no objects; about 64 KiB an instance.
 *
 * <p>A packet repeats the one before when header and continuity_counter are the same and so are the four bytes from byte 14 on,
 * which lie behind a PCR and in the PTS of a PES header; with the same counter but other bytes, 15 packets are missing.
 */
public final class ContinuityChecker {
    private static final int PLAIN_MASK = 0x80_0030;
    private static final int PAYLOAD_ONLY = 0x10;
    private static final int FINGERPRINT_OFFSET = 14;
    private static final long UNKNOWN = 0;

    /** For each PID the last packet that had a payload: its bytes 14 to 17 above its header; 0 before the first. */
    private final long[] last = new long[TsPacket.PID_COUNT];

    private int missing;
    private long lostPackets;
    private long losses;
    private long duplicates;
    private long discontinuities;
    private long transportErrors;
    private long malformedPackets;

    /** What a packet's continuity_counter says. */
    public enum Result {
        /** As it should be, or the first packet of the PID. */
        CONTINUOUS,
        /** The packet before once more. */
        DUPLICATE,
        /** The counter jumps, and discontinuity_indicator allows it. */
        DISCONTINUITY,
        /** The counter jumps; see {@link #missing()}. */
        LOSS,
        /** Says nothing: a null packet, transport_error_indicator set, or a header that cannot be. */
        NOT_CHECKED
    }

    /** Checks the next packet of the stream, whatever its PID. */
    public Result check(TsPacket packet) {
        int header = packet.header();
        int pid = header >>> 8 & 0x1FFF;
        long before = last[pid];
        boolean plain = (header & PLAIN_MASK) == PAYLOAD_ONLY && pid != TsPacket.NULL_PID;
        if (plain && (before + 1 & 0xF) == (header & 0xF) && before != UNKNOWN) {
            last[pid] = state(packet, header);
            return Result.CONTINUOUS;
        }
        return checkSpecial(packet, header, before);
    }

    private static long state(TsPacket packet, int header) {
        return (long) packet.bytes().getInt(packet.index() + FINGERPRINT_OFFSET) << 32 | header & 0xFFFF_FFFFL;
    }

    private Result checkSpecial(TsPacket packet, int header, long before) {
        if (packet.transportErrorIndicator()) {
            transportErrors++;
            return Result.NOT_CHECKED;
        }
        if (packet.pid() == TsPacket.NULL_PID) {
            return Result.NOT_CHECKED;
        }
        if (packet.adaptationFieldControl() == 0 || packet.isAdaptationFieldTooLong()) {
            malformedPackets++;
            return Result.NOT_CHECKED;
        }
        int expected = (int) (packet.hasPayload() ? before + 1 : before) & 0xF;
        if (before == UNKNOWN || packet.continuityCounter() == expected) {
            if (before == UNKNOWN || packet.hasPayload()) {
                last[packet.pid()] = state(packet, header);
            }
            return Result.CONTINUOUS;
        }
        return checkJump(packet, state(packet, header), before, expected);
    }

    private Result checkJump(TsPacket packet, long state, long before, int expected) {
        if (packet.discontinuityIndicator()) {
            last[packet.pid()] = state;
            discontinuities++;
            return Result.DISCONTINUITY;
        }
        if (state == before) {
            duplicates++;
            return Result.DUPLICATE;
        }
        last[packet.pid()] = state;
        missing = packet.continuityCounter() - expected & 0xF;
        lostPackets += missing;
        losses++;
        return Result.LOSS;
    }

    /** Forgets the counters of all PIDs, not the counts. */
    public void reset() {
        Arrays.fill(last, UNKNOWN);
    }

    /** How many packets, 1 to 15, were missing at the last {@link Result#LOSS}; 16, 32 and so on more may be. */
    public int missing() {
        return missing;
    }

    /** Packets found missing so far; at least so many were lost. */
    public long lostPackets() {
        return lostPackets;
    }

    /** How often packets were found missing. */
    public long losses() {
        return losses;
    }

    /** Packets that repeated the one before. */
    public long duplicates() {
        return duplicates;
    }

    /** Jumps that discontinuity_indicator allowed. */
    public long discontinuities() {
        return discontinuities;
    }

    /** Packets with transport_error_indicator set. */
    public long transportErrors() {
        return transportErrors;
    }

    /** Packets whose adaptation_field_control is reserved, or whose adaptation_field_length leaves the packet. */
    public long malformedPackets() {
        return malformedPackets;
    }
}
