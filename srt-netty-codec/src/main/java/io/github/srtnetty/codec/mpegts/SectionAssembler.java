// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.mpegts;

import io.github.srtnetty.codec.bits.MalformedDataException;
import io.github.srtnetty.codec.mpegts.SectionError.Reason;
import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/**
 * Assembles the sections of one PID (ISO/IEC 13818-1, 2.4.4.1 and Annex C): several in a packet, one over many packets,
 * a header split anywhere, stuffing, padding by adaptation field. Holds at most 4096 bytes of one section. Not
 * thread-safe.
 *
 * <p>Packets with the continuity_counter and the payload of the previous one are ignored. When packets are missing, the
 * incomplete section is dropped, but not a section that begins in the packet after the gap.
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
    private byte[] partial = {}; // most of the thousands of PIDs in a hostile table never carry a byte
    private int size;
    private int wanted = UNKNOWN;
    private long firstPacketIndex;
    private long sections;
    private long errors;

    /** Creates an assembler of the sections on {@code pid} for {@code listener}. */
    public SectionAssembler(int pid, SectionListener listener) {
        this.pid = pid;
        this.listener = listener;
    }

    /** Returns the PID of the sections. */
    public int pid() {
        return pid;
    }

    /** Returns the number of sections delivered. */
    public long sections() {
        return sections;
    }

    /** Returns the number of errors reported. */
    public long errors() {
        return errors;
    }

    /** Drops the incomplete section and the continuity_counter, for example after a seek. */
    public void reset() {
        drop();
        continuity.reset();
    }

    /**
     * Accepts the next packet of the PID; the caller has checked the PID. Calls the listener before it returns.
     *
     * @param packetIndex the packet's number in the stream, for sections and errors
     */
    public void accept(TsPacket packet, long packetIndex) {
        if (packet.transportErrorIndicator() || !packet.hasSyncByte()) {
            return; // counts as lost: the next packet's continuity_counter shows the gap
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

    /** Reports bytes after the end of a section that cannot begin a section. */
    private void checkStuffing(ByteBuf bytes, int from, int end, long packetIndex) {
        if (from < end && bytes.getUnsignedByte(from) != STUFFING) {
            String actual = "0x%02x".formatted(bytes.getUnsignedByte(from));
            report(Reason.STRAY_BYTES, packetIndex, "stuffing_byte", "0xff", actual);
        }
    }

    /**
     * Adds bytes up to the section's end; returns the index after the last byte used, or {@code end} after an error.
     */
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

    /** Copies bytes until the section has {@code goal} bytes; returns the index after the last copied one. */
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
