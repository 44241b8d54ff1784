// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.mpegts;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/**
 * Follows the continuity_counter of every PID (ISO/IEC 13818-1, 2.4.3.3). Makes no objects; about 64 KiB an instance.
 *
 * <p>A packet repeats the one before when header and continuity_counter are the same and so are the four bytes from
 * byte 14 on, which lie behind a PCR and in the PTS of a PES header; with the same counter but other bytes, 15 packets
 * are missing.
 */
public final class ContinuityChecker {
    private static final int PLAIN_MASK = 0x80_0030;
    private static final int PAYLOAD_ONLY = 0x10;
    private static final int FINGERPRINT_OFFSET = 14;
    private static final long UNKNOWN = 0;

    /** For each PID the last packet that had a payload: its bytes 14 to 17 above its header; 0 before the first. */
    private final long[] last = new long[TsPacket.PID_COUNT];

    private final TsPacket cursor = new TsPacket();
    private int missing;
    private long lostPackets;
    private long losses;
    private long duplicates;
    private long discontinuities;
    private long transportErrors;
    private long malformedPackets;

    /** The meaning of a packet's continuity_counter. */
    public enum Result {
        /** As it should be, or the first packet of the PID. */
        CONTINUOUS,
        /** The packet before once more. */
        DUPLICATE,
        /** The counter jumps, and discontinuity_indicator allows it. */
        DISCONTINUITY,
        /** The counter jumps; see {@link #missing()}. */
        LOSS,
        /** Not defined: a null packet, transport_error_indicator set, or a header that cannot be. */
        NOT_CHECKED
    }

    /** Receives the losses of a batch, on the thread that checks it. */
    @FunctionalInterface
    public interface LossListener {
        /** Handles a {@link Result#LOSS}; the cursor and {@link #missing()} are valid until it returns. */
        void onLoss(TsPacket packet, long packetIndex);
    }

    /** Checks the next packets of the stream, as {@link #check(TsPacket)} does one by one, only faster. */
    public void check(TsPackets packets, LossListener listener) {
        ByteBuf bytes = packets.content();
        int stride = packets.format().stride();
        int index = packets.firstIndex();
        for (int i = 0, count = packets.count(); i < count; i++, index += stride) {
            int header = bytes.getInt(index);
            int pid = header >>> 8 & 0x1FFF;
            if (pid == TsPacket.NULL_PID) {
                continue;
            }
            long before = last[pid];
            if (isNext(header, before)) {
                last[pid] = state(bytes, index, header);
            } else if (checkSpecial(cursor.wrap(packets, i), header, before) == Result.LOSS) {
                listener.onLoss(cursor, packets.firstPacketIndex() + i);
            }
        }
    }

    /** Checks the next packet of the stream, whatever its PID. */
    public Result check(TsPacket packet) {
        int header = packet.header();
        int pid = header >>> 8 & 0x1FFF;
        if (pid == TsPacket.NULL_PID) {
            return Result.NOT_CHECKED;
        }
        long before = last[pid];
        if (isNext(header, before)) {
            last[pid] = state(packet.bytes(), packet.index(), header);
            return Result.CONTINUOUS;
        }
        return checkSpecial(packet, header, before);
    }

    /**
     * Returns whether it is the expected packet and has nothing but a payload: the common case, which must be cheap.
     */
    private static boolean isNext(int header, long before) {
        return (header & PLAIN_MASK) == PAYLOAD_ONLY && ((before + 1 ^ header) & 0xF) == 0 && before != UNKNOWN;
    }

    private static long state(ByteBuf bytes, int index, int header) {
        return (long) bytes.getInt(index + FINGERPRINT_OFFSET) << 32 | header & 0xFFFF_FFFFL;
    }

    private Result checkSpecial(TsPacket packet, int header, long before) {
        if (packet.transportErrorIndicator()) {
            transportErrors++;
            return Result.NOT_CHECKED;
        }
        if (packet.adaptationFieldControl() == 0 || packet.isAdaptationFieldTooLong()) {
            malformedPackets++;
            return Result.NOT_CHECKED;
        }
        int expected = (int) (packet.hasPayload() ? before + 1 : before) & 0xF;
        if (before == UNKNOWN || packet.continuityCounter() == expected) {
            if (before == UNKNOWN || packet.hasPayload()) {
                last[packet.pid()] = state(packet.bytes(), packet.index(), header);
            }
            return Result.CONTINUOUS;
        }
        return checkJump(packet, state(packet.bytes(), packet.index(), header), before, expected);
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

    /**
     * Returns how many packets, 1 to 15, were missing at the last {@link Result#LOSS}; 16, 32 and so on more may be.
     */
    public int missing() {
        return missing;
    }

    /** Packets found missing so far; at least so many were lost. */
    public long lostPackets() {
        return lostPackets;
    }

    /** Returns how often packets were found missing. */
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
