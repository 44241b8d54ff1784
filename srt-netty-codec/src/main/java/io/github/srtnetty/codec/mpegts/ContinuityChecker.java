// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.mpegts;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/**
 * Checks the continuity_counter of every PID (ISO/IEC 13818-1, 2.4.3.3). Allocates nothing per packet; an instance has
 * about 64 KiB. Not thread-safe.
 *
 * <p>A packet is a duplicate of the previous one if the header with the continuity_counter and the four bytes from byte
 * 14 are equal. These bytes are after a PCR, and in the PTS of a PES header. With the same counter but other bytes, 15
 * packets are missing.
 */
public final class ContinuityChecker {
    private static final int PLAIN_MASK = 0x80_0030;
    private static final int PAYLOAD_ONLY = 0x10;
    private static final int FINGERPRINT_OFFSET = 14;
    private static final long UNKNOWN = 0;

    /**
     * For each PID the last packet that had a payload: bytes 14 to 17 in the high half, the header in the low half; 0
     * before the first.
     */
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
        /** The expected value, or the first packet of the PID. */
        CONTINUOUS,
        /** A duplicate of the previous packet. */
        DUPLICATE,
        /** The counter jumps, and discontinuity_indicator allows it. */
        DISCONTINUITY,
        /** The counter jumps; see {@link #missing()}. */
        LOSS,
        /** Not defined: a null packet, transport_error_indicator set, or an invalid header. */
        NOT_CHECKED
    }

    /** Receives the losses of a batch, on the thread that checks it. */
    @FunctionalInterface
    public interface LossListener {
        /** Handles a {@link Result#LOSS}. The cursor and {@link #missing()} are valid until this method returns. */
        void onLoss(TsPacket packet, long packetIndex);
    }

    /** Checks the next packets of the stream, with the same results as {@link #check(TsPacket)}, but faster. */
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
     * Returns whether the packet is the expected one and has only a payload, which is the common case and must be fast.
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

    /** Resets the continuity_counters of all PIDs, but not the counts. */
    public void reset() {
        Arrays.fill(last, UNKNOWN);
    }

    /** Returns the number of packets missing at the last {@link Result#LOSS}, modulo 16: 1 to 15. */
    public int missing() {
        return missing;
    }

    /** Returns the number of missing packets so far; more may be lost, because the counter has 4 bits. */
    public long lostPackets() {
        return lostPackets;
    }

    /** Returns how often packets were found missing. */
    public long losses() {
        return losses;
    }

    /** Returns the number of duplicate packets. */
    public long duplicates() {
        return duplicates;
    }

    /** Returns the number of jumps that discontinuity_indicator allowed. */
    public long discontinuities() {
        return discontinuities;
    }

    /** Returns the number of packets with transport_error_indicator set. */
    public long transportErrors() {
        return transportErrors;
    }

    /** Returns the number of packets with a reserved adaptation_field_control or a too long adaptation field. */
    public long malformedPackets() {
        return malformedPackets;
    }
}
