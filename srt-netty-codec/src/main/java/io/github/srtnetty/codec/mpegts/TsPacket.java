// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.mpegts;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Objects;

/**
 * A cursor over one transport packet in a buffer (ISO/IEC 13818-1, 2.4.3.2). It neither copies nor retains the buffer,
 * and is valid as long as the buffer is. One instance can be moved over any number of packets. Not thread-safe.
 *
 * <pre>
 * sync_byte                     8   0x47
 * transport_error_indicator     1
 * payload_unit_start_indicator  1
 * transport_priority            1
 * PID                          13
 * transport_scrambling_control  2
 * adaptation_field_control      2   bit 1: adaptation field, bit 0: payload
 * continuity_counter            4
 * </pre>
 */
public final class TsPacket {
    /** Bytes of a packet. */
    public static final int SIZE = 188;
    /** The first byte of every packet. */
    public static final int SYNC_BYTE = 0x47;
    /** The PID of null packets. */
    public static final int NULL_PID = 0x1FFF;
    /** The number of PIDs: 0 to 0x1FFF. */
    public static final int PID_COUNT = 0x2000;
    /** The value of a clock or counter that the packet does not have. */
    public static final int NONE = -1;

    private static final int HEADER_SIZE = 4;
    private static final int CLOCK_SIZE = 6;
    private static final int LONGEST_ADAPTATION_FIELD = SIZE - HEADER_SIZE - 1;

    private ByteBuf bytes = Unpooled.EMPTY_BUFFER;
    private int start;
    private int header;

    /**
     * Moves the cursor to the packet whose sync_byte is at the absolute {@code index}.
     *
     * @throws IndexOutOfBoundsException when fewer than 188 written bytes follow
     */
    public TsPacket wrap(ByteBuf bytes, int index) {
        Objects.checkFromIndexSize(index, SIZE, bytes.writerIndex());
        return set(bytes, index);
    }

    /**
     * Moves the cursor to packet {@code i} of the batch, counted from 0.
     *
     * @throws IndexOutOfBoundsException when the batch has no such packet
     */
    public TsPacket wrap(TsPackets packets, int i) {
        return set(packets.content(), packets.indexOf(i));
    }

    private TsPacket set(ByteBuf bytes, int index) {
        if (this.bytes != bytes) {
            this.bytes = bytes; // avoids the GC barrier of a write for every packet of a batch
        }
        this.start = index;
        this.header = bytes.getInt(index);
        return this;
    }

    /** Returns the buffer of the packet; the caller does not release it. */
    public ByteBuf bytes() {
        return bytes;
    }

    /** Returns the absolute index of the sync_byte in {@link #bytes()}. */
    public int index() {
        return start;
    }

    /** Returns the four bytes of the header as one number. */
    int header() {
        return header;
    }

    /** Returns whether the packet starts with 0x47. */
    public boolean hasSyncByte() {
        return header >>> 24 == SYNC_BYTE;
    }

    /** Returns whether an earlier receiver has marked the packet as damaged. */
    public boolean transportErrorIndicator() {
        return (header & 0x80_0000) != 0;
    }

    /**
     * Returns whether a PES packet starts in the payload, or a section, in which case the payload starts with a
     * pointer_field.
     */
    public boolean payloadUnitStartIndicator() {
        return (header & 0x40_0000) != 0;
    }

    /** Returns whether the packet has a higher priority than others of its PID. */
    public boolean transportPriority() {
        return (header & 0x20_0000) != 0;
    }

    /** Returns the PID, 0 to 0x1FFF. */
    public int pid() {
        return header >>> 8 & 0x1FFF;
    }

    /** Returns the transport_scrambling_control, 0 to 3; 0: the payload is in the clear. */
    public int transportScramblingControl() {
        return header >>> 6 & 3;
    }

    /** Returns the adaptation_field_control. 1: payload only, 2: adaptation field only, 3: both, 0: reserved. */
    public int adaptationFieldControl() {
        return header >>> 4 & 3;
    }

    /** Returns the continuity_counter, 0 to 15. */
    public int continuityCounter() {
        return header & 0xF;
    }

    /** Returns whether the packet has a payload according to adaptation_field_control. */
    public boolean hasPayload() {
        return (header & 0x10) != 0;
    }

    /**
     * Returns whether the packet has an adaptation field according to adaptation_field_control; it may be one byte of
     * stuffing.
     */
    public boolean hasAdaptationField() {
        return (header & 0x20) != 0;
    }

    /** Returns the adaptation_field_length as coded, 0 to 255; 0 without an adaptation field. */
    public int adaptationFieldLength() {
        return hasAdaptationField() ? bytes.getUnsignedByte(start + HEADER_SIZE) : 0;
    }

    /**
     * Returns whether adaptation_field_length exceeds the packet; such a packet has no readable flags and no payload.
     */
    public boolean isAdaptationFieldTooLong() {
        return adaptationFieldLength() > LONGEST_ADAPTATION_FIELD;
    }

    /** Returns the offset of the payload from the sync_byte, 4 to 188; 188 if there is none. */
    public int payloadOffset() {
        if (!hasPayload()) {
            return SIZE;
        }
        return hasAdaptationField() ? Math.min(HEADER_SIZE + 1 + adaptationFieldLength(), SIZE) : HEADER_SIZE;
    }

    /** Returns the number of payload bytes, 0 to 184. */
    public int payloadLength() {
        return SIZE - payloadOffset();
    }

    /** Returns the absolute index of the payload in {@link #bytes()}. */
    public int payloadIndex() {
        return start + payloadOffset();
    }

    /** Returns the absolute index after the packet's last byte. */
    public int endIndex() {
        return start + SIZE;
    }

    /** Returns whether the continuity_counter, or the clock on a PCR PID, may jump here (2.4.3.5). */
    public boolean discontinuityIndicator() {
        return (adaptationFieldFlags() & 0x80) != 0;
    }

    /** Returns whether a decoder can start here. */
    public boolean randomAccessIndicator() {
        return (adaptationFieldFlags() & 0x40) != 0;
    }

    /** Returns whether the payload has a higher priority within its elementary stream. */
    public boolean elementaryStreamPriorityIndicator() {
        return (adaptationFieldFlags() & 0x20) != 0;
    }

    /** Returns the program_clock_reference in 27 MHz ticks, below 2^33 * 300, or {@link #NONE}. */
    public long pcr27M() {
        return (adaptationFieldFlags() & 0x10) != 0 && adaptationFieldLength() >= 7 ? clockAt(start + 6) : NONE;
    }

    /** Returns the original_program_clock_reference in 27 MHz ticks, or {@link #NONE}. */
    public long opcr27M() {
        return hasOptionalField(0x08, CLOCK_SIZE) ? clockAt(optionalFieldIndex(0x08)) : NONE;
    }

    /** Returns whether the packet has a {@link #spliceCountdown()}. */
    public boolean splicingPointFlag() {
        return hasOptionalField(0x04, 1);
    }

    /**
     * Returns the splice_countdown, -128 to 127: packets of this PID until a splice point; 0 without {@link
     * #splicingPointFlag()}.
     */
    public int spliceCountdown() {
        return splicingPointFlag() ? bytes.getByte(optionalFieldIndex(0x04)) : 0;
    }

    /** Returns the number of transport_private_data bytes; 0 if there are none or they exceed the adaptation field. */
    public int transportPrivateDataLength() {
        if (!hasOptionalField(0x02, 1)) {
            return 0;
        }
        int length = bytes.getUnsignedByte(optionalFieldIndex(0x02));
        return hasOptionalField(0x02, 1 + length) ? length : 0;
    }

    /**
     * Returns the absolute index of the transport_private_data in {@link #bytes()}, if {@link
     * #transportPrivateDataLength()} is not 0.
     */
    public int transportPrivateDataIndex() {
        return optionalFieldIndex(0x02) + 1;
    }

    /** Returns whether the flag is set and {@code size} bytes of its field are in the adaptation field. */
    private boolean hasOptionalField(int flag, int size) {
        int fieldEnd = optionalFieldIndex(flag) + size;
        return (adaptationFieldFlags() & flag) != 0 && fieldEnd <= start + HEADER_SIZE + 1 + adaptationFieldLength();
    }

    // The start of the field of flag, after those of the higher flags: PCR, OPCR, splice_countdown.
    private int optionalFieldIndex(int flag) {
        int before = adaptationFieldFlags() & -(flag << 1);
        return start
                + HEADER_SIZE
                + 2
                + ((before & 0x10) != 0 ? CLOCK_SIZE : 0)
                + ((before & 0x08) != 0 ? CLOCK_SIZE : 0)
                + ((before & 0x04) != 0 ? 1 : 0);
    }

    // The eight flags of the adaptation field; 0 if it has none or is malformed.
    private int adaptationFieldFlags() {
        int length = adaptationFieldLength();
        return length == 0 || length > LONGEST_ADAPTATION_FIELD ? 0 : bytes.getByte(start + HEADER_SIZE + 1);
    }

    private long clockAt(int index) {
        long base = bytes.getUnsignedInt(index) << 1 | bytes.getByte(index + 4) >>> 7 & 1;
        int extension = bytes.getUnsignedShort(index + 4) & 0x1FF;
        return base * 300 + extension;
    }

    @Override
    public String toString() {
        return "TsPacket(pid=0x%04x, cc=%d, afc=%d%s)"
                .formatted(
                        pid(),
                        continuityCounter(),
                        adaptationFieldControl(),
                        payloadUnitStartIndicator() ? ", start" : "");
    }
}
