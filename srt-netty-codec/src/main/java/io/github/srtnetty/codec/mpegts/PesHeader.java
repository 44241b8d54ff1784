// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.mpegts;

import io.netty.buffer.ByteBuf;
import java.util.Optional;

/**
 * The header of a PES packet (ISO/IEC 13818-1, 2.4.3.6), as far as it is in the packet in which it starts.
 *
 * <pre>
 * packet_start_code_prefix  24   0x000001
 * stream_id                  8
 * PES_packet_length         16   0: unbounded
 * '10'                       2   from here on only if the stream_id has it
 * ...flags                  14   data_alignment_indicator, PTS_DTS_flags and others
 * PES_header_data_length     8
 * PTS, DTS                  40 each
 * </pre>
 *
 * @param streamId the stream_id
 * @param packetLength the PES_packet_length, 0 for unbounded
 * @param dataAlignmentIndicator whether the payload starts with an access unit
 * @param pts90k the PTS in ticks of 90 kHz, or {@link TsPacket#NONE}
 * @param dts90k the DTS in ticks of 90 kHz, or {@link TsPacket#NONE}
 * @param payloadOffset the offset of the PES payload from the start of the TS payload; it may be in a later packet
 */
public record PesHeader(
        int streamId, int packetLength, boolean dataAlignmentIndicator, long pts90k, long dts90k, int payloadOffset) {
    private static final int FIXED_SIZE = 6;
    private static final int EXTENDED_SIZE = 9;
    private static final int TIMESTAMP_SIZE = 5;

    /** Decodes the header in a packet's payload; returns empty if no PES packet starts there. */
    public static Optional<PesHeader> decode(TsPacket packet) {
        if (!startsPes(packet)) {
            return Optional.empty();
        }
        ByteBuf bytes = packet.bytes();
        int start = packet.payloadIndex();
        boolean extended = hasExtension(packet);
        return Optional.of(new PesHeader(
                bytes.getUnsignedByte(start + 3),
                bytes.getUnsignedShort(start + 4),
                extended && (bytes.getByte(start + 6) & 0x04) != 0,
                pts90k(packet),
                dts90k(packet),
                extended ? EXTENDED_SIZE + bytes.getUnsignedByte(start + 8) : FIXED_SIZE));
    }

    /** Returns only the PTS, in ticks of 90 kHz; {@link TsPacket#NONE} if the packet has none. Allocates nothing. */
    public static long pts90k(TsPacket packet) {
        return timestamp(packet, 0x80, 0);
    }

    /** Returns only the DTS, in ticks of 90 kHz; {@link TsPacket#NONE} if the packet has none. Allocates nothing. */
    public static long dts90k(TsPacket packet) {
        return timestamp(packet, 0xC0, TIMESTAMP_SIZE);
    }

    private static long timestamp(TsPacket packet, int flags, int offset) {
        if (!startsPes(packet) || !hasExtension(packet)) {
            return TsPacket.NONE;
        }
        ByteBuf bytes = packet.bytes();
        int start = packet.payloadIndex();
        int end = offset + TIMESTAMP_SIZE;
        boolean present = (bytes.getByte(start + 7) & flags) == flags
                && bytes.getUnsignedByte(start + 8) >= end
                && packet.payloadLength() >= EXTENDED_SIZE + end;
        return present ? timestampAt(bytes, start + EXTENDED_SIZE + offset) : TsPacket.NONE;
    }

    /** Reads 4 bits of prefix and 33 bits of time in parts of 3, 15 and 15 with a marker_bit after each. */
    private static long timestampAt(ByteBuf bytes, int index) {
        long high = bytes.getByte(index) >>> 1 & 0x7;
        long middle = bytes.getUnsignedShort(index + 1) >>> 1;
        long low = bytes.getUnsignedShort(index + 3) >>> 1;
        return high << 30 | middle << 15 | low;
    }

    private static boolean startsPes(TsPacket packet) {
        return packet.payloadUnitStartIndicator()
                && packet.transportScramblingControl() == 0
                && packet.payloadLength() >= FIXED_SIZE
                && packet.bytes().getUnsignedMedium(packet.payloadIndex()) == 1;
    }

    /**
     * Returns whether flags follow PES_packet_length, which is not so for padding, maps, directories, ECM, EMM, DSM-CC
     * and similar streams.
     */
    private static boolean hasExtension(TsPacket packet) {
        int streamId = packet.bytes().getUnsignedByte(packet.payloadIndex() + 3);
        return packet.payloadLength() >= EXTENDED_SIZE
                && (packet.bytes().getByte(packet.payloadIndex() + 6) & 0xC0) == 0x80
                && switch (streamId) {
                    case 0xBC, 0xBE, 0xBF, 0xF0, 0xF1, 0xF2, 0xF8, 0xFF -> false;
                    default -> true;
                };
    }
}
