// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.mpegts;

import io.netty.buffer.ByteBuf;

/**
 * Writes sections into packets of one PID. Each section starts in a new packet with pointer_field 0, its last packet is
 * filled with 0xFF, and the continuity_counter continues from section to section.
 */
public final class SectionPacketizer {
    private static final int HEADER_SIZE = 4;
    private static final int PAYLOAD_SIZE = TsPacket.SIZE - HEADER_SIZE;
    private static final int STUFFING = 0xFF;

    private final int pid;
    private int continuityCounter;

    /** Creates a packetizer for {@code pid}, 0 to 0x1FFE, that starts with continuity_counter 0. */
    public SectionPacketizer(int pid) {
        this(pid, 0);
    }

    /** Creates a packetizer for {@code pid} that starts with {@code continuityCounter}, 0 to 15. */
    public SectionPacketizer(int pid, int continuityCounter) {
        if (pid < 0 || pid >= TsPacket.NULL_PID) {
            throw new IllegalArgumentException("PID " + pid + " cannot carry sections");
        }
        this.pid = pid;
        this.continuityCounter = continuityCounter & 0xF;
    }

    /** Returns the PID of the packets. */
    public int pid() {
        return pid;
    }

    /** Returns the continuity_counter of the next packet. */
    public int continuityCounter() {
        return continuityCounter;
    }

    /** Returns the number of packets for a section of {@code size} bytes. */
    public static int packetsFor(int size) {
        return (1 + size + PAYLOAD_SIZE - 1) / PAYLOAD_SIZE;
    }

    /** Writes the packets of {@code section} to {@code out}, which the caller still owns. Returns their number. */
    public int write(byte[] section, ByteBuf out) {
        int packets = packetsFor(section.length);
        int from = 0;
        for (int i = 0; i < packets; i++) {
            boolean first = i == 0;
            out.writeByte(TsPacket.SYNC_BYTE)
                    .writeShort(first ? 0x4000 | pid : pid)
                    .writeByte(0x10 | continuityCounter);
            if (first) {
                out.writeByte(0);
            }
            int room = first ? PAYLOAD_SIZE - 1 : PAYLOAD_SIZE;
            int length = Math.min(room, section.length - from);
            out.writeBytes(section, from, length);
            for (int left = room - length; left > 0; left--) {
                out.writeByte(STUFFING);
            }
            from += length;
            continuityCounter = continuityCounter + 1 & 0xF;
        }
        return packets;
    }
}
