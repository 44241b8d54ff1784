// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.mpegts;

import io.github.srtnetty.codec.bits.MalformedDataException;
import io.github.srtnetty.codec.mpegts.SectionError.Reason;
import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/**
 * Puts the sections of one PID together (ISO/IEC 13818-1, 2.4.4.1 and Annex C): several in a packet, one over many
 * packets, a header split anywhere, stuffing, padding by adaptation field. Holds at most 4096 bytes of one section.
 *
 * <p>Packets that repeat the continuity_counter and the payload of the one before are ignored. When packets are
 * missing, the section under way is dropped; a section that begins in the packet after the gap is not.
 */
public final class SectionAssembler {
    private static final int STUFFING = 0xFF;
    /** The table_ids of PAT, CAT, PMT and TSDT. */
    private static final int LAST_ID_WITH_LONG_HEADER = 3;

    private static final int FIRST_CAPACITY = 256;
    private static final int UNKNOWN = -1;

    private final int pid;
    private final SectionListener listener;
    private final PayloadContinuity continuity = new PayloadContinuity();
    private byte[] partial = {}; // most of thousands of PIDs in a hostile table never carry a byte
    private int size;
    private int wanted = UNKNOWN;
    private long firstPacketIndex;
    private long sections;
    private long errors;

    /** Assembles what comes on {@code pid} for {@code listener}. */
    public SectionAssembler(int pid, SectionListener listener) {
        this.pid = pid;
        this.listener = listener;
    }

    /** Returns the PID that it is meant for. */
    public int pid() {
        return pid;
    }

    /** Sections delivered. */
    public long sections() {
        return sections;
    }

    /** Errors reported. */
    public long errors() {
        return errors;
    }

    /** Forgets the section under way and the continuity_counter, as after a seek. */
    public void reset() {
        drop();
        continuity.reset();
    }

    /**
     * Takes the next packet of the PID; the caller has looked at the PID. Calls the listener before it returns.
     *
     * @param packetIndex the packet's number in the stream, which sections and errors carry
     */
    public void accept(TsPacket packet, long packetIndex) {
        if (packet.transportErrorIndicator() || !packet.hasSyncByte()) {
            return; // as good as lost: the next packet's continuity_counter shows the gap
        }
        if (packet.isAdaptationFieldTooLong()) {
            int length = packet.adaptationFieldLength();
            report(Reason.BAD_ADAPTATION_FIELD, packetIndex, "adaptation_field_length", "at most 183", length + "");
            return;
        }
        if (!packet.hasPayload()) {
            return;
        }
        switch (continuity.next(packet)) {
            case DUPLICATE -> {}
            case LOSS -> {
                dropIncomplete(Reason.LOST_PACKETS, "the next value");
                readPayload(packet, packetIndex);
            }
            default -> readPayload(packet, packetIndex);
        }
    }

    private void readPayload(TsPacket packet, long packetIndex) {
        if (packet.transportScramblingControl() != 0) {
            drop();
            String control = packet.transportScramblingControl() + "";
            report(Reason.SCRAMBLED, packetIndex, "transport_scrambling_control", "0", control);
        } else if (packet.payloadUnitStartIndicator()) {
            readFromPointer(packet, packetIndex);
        } else if (size > 0) {
            int end = packet.endIndex();
            checkStuffing(packet.bytes(), append(packet.bytes(), packet.payloadIndex(), end), end, packetIndex);
        }
    }

    private void readFromPointer(TsPacket packet, long packetIndex) {
        ByteBuf bytes = packet.bytes();
        int end = packet.endIndex();
        int index = packet.payloadIndex() + 1;
        int pointer = index > end ? 0 : bytes.getUnsignedByte(index - 1);
        if (index + pointer > end) {
            drop();
            String place = "a place inside the payload of " + packet.payloadLength() + " bytes";
            report(Reason.BAD_POINTER_FIELD, packetIndex, "pointer_field", place, pointer + "");
            return;
        }
        if (size > 0) {
            checkStuffing(bytes, append(bytes, index, index + pointer), index + pointer, packetIndex);
            dropIncomplete(Reason.TRUNCATED, "all of the section before the next one");
        }
        index += pointer;
        while (index < end && bytes.getUnsignedByte(index) != STUFFING) {
            firstPacketIndex = packetIndex;
            index = append(bytes, index, end);
        }
    }

    /** Reports bytes behind the end of a section where none may begin. */
    private void checkStuffing(ByteBuf bytes, int from, int end, long packetIndex) {
        if (from < end && bytes.getUnsignedByte(from) != STUFFING) {
            String actual = "0x%02x".formatted(bytes.getUnsignedByte(from));
            report(Reason.STRAY_BYTES, packetIndex, "stuffing_byte", "0xff", actual);
        }
    }

    /** Adds bytes up to the section's end; returns the index behind the last byte taken, {@code end} after an error. */
    private int append(ByteBuf bytes, int from, int end) {
        int index = from;
        if (wanted == UNKNOWN) {
            index = take(bytes, index, end, Section.SHORT_HEADER_SIZE);
            if (size < Section.SHORT_HEADER_SIZE) {
                return index;
            }
            wanted = Section.sizeOf(partial);
            if (wanted > Section.MAX_SIZE) {
                rejectLength("at most 4093");
                return end;
            }
            if ((partial[0] & 0xFF) <= LAST_ID_WITH_LONG_HEADER && (partial[1] & 0x80) == 0) {
                drop();
                report(Reason.BAD_SECTION_SYNTAX, firstPacketIndex, "section_syntax_indicator", "1", "0");
                return end;
            }
        }
        index = take(bytes, index, end, wanted);
        if (size == wanted) {
            finish();
        }
        return index;
    }

    /** Copies bytes until {@code goal} bytes of the section are there; returns the index behind the last one copied. */
    private int take(ByteBuf bytes, int from, int end, int goal) {
        int length = Math.min(goal - size, end - from);
        if (size + length > partial.length) {
            partial = Arrays.copyOf(
                    partial, Math.min(Section.MAX_SIZE, Math.max(FIRST_CAPACITY, Integer.highestOneBit(goal) * 2)));
        }
        bytes.getBytes(from, partial, size, length);
        size += length;
        return from + length;
    }

    private void finish() {
        Section section = new Section(pid, firstPacketIndex, Arrays.copyOf(partial, size));
        if (size < section.leastSize()) {
            rejectLength("at least " + (section.leastSize() - Section.SHORT_HEADER_SIZE));
            return;
        }
        drop();
        if (section.isCrcGood()) {
            sections++;
            listener.onSection(section);
        } else {
            MalformedDataException cause = new MalformedDataException("CRC_32", "a remainder of 0", "another");
            report(new SectionError(pid, section.packetIndex(), Reason.BAD_CRC, cause, section));
        }
    }

    private void rejectLength(String expected) {
        int length = wanted - Section.SHORT_HEADER_SIZE;
        drop();
        report(Reason.BAD_SECTION_LENGTH, firstPacketIndex, "section_length", expected, length + "");
    }

    private void dropIncomplete(Reason reason, String expected) {
        if (size > 0) {
            String got = size + " bytes of " + (wanted == UNKNOWN ? "an unknown number" : wanted + "");
            drop();
            String field = reason == Reason.LOST_PACKETS ? "continuity_counter" : "section";
            report(reason, firstPacketIndex, field, expected, got);
        }
    }

    private void drop() {
        size = 0;
        wanted = UNKNOWN;
    }

    private void report(Reason reason, long packetIndex, String field, String expected, String actual) {
        MalformedDataException cause = new MalformedDataException(field, expected, actual);
        report(new SectionError(pid, packetIndex, reason, cause, null));
    }

    private void report(SectionError error) {
        errors++;
        listener.onSectionError(error);
    }
}
