// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.scte35;

import io.github.srtnetty.codec.bits.MalformedDataException;
import io.github.srtnetty.codec.mpegts.PesHeader;
import io.github.srtnetty.codec.mpegts.Section;
import io.github.srtnetty.codec.mpegts.SectionAssembler;
import io.github.srtnetty.codec.mpegts.SectionError;
import io.github.srtnetty.codec.mpegts.SectionError.Reason;
import io.github.srtnetty.codec.mpegts.SectionListener;
import io.github.srtnetty.codec.mpegts.TsPacket;
import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Extracts sections from a stream of type 0x06: in PES packets, as ffmpeg writes them (with or without a
 * pointer_field), or bare sections. Reports the same errors as a {@link SectionAssembler}. Holds at most 4096 bytes.
 */
final class PesSections {
    private static final int TABLE_ID = 0xFC;
    private static final int NOTHING = -1;

    private final int pid;
    private final SectionListener listener;
    private final SectionAssembler bare;
    private final byte[] lastPayload = new byte[TsPacket.SIZE];
    private int lastLength = NOTHING;
    private byte[] partial = new byte[256];
    private int size = NOTHING;
    private int toSkip;
    private int continuityCounter;
    private long firstPacketIndex;

    PesSections(int pid, SectionListener listener) {
        this.pid = pid;
        this.listener = listener;
        this.bare = new SectionAssembler(pid, listener);
    }

    void accept(TsPacket packet, long packetIndex) {
        if (!packet.hasPayload() || packet.transportErrorIndicator() || isDuplicate(packet)) {
            return;
        }
        boolean follows = packet.continuityCounter() == (continuityCounter + 1 & 0xF);
        remember(packet);
        if (!follows) {
            dropIncomplete(Reason.LOST_PACKETS, "continuity_counter", "the next value");
        } else if (packet.payloadUnitStartIndicator()) {
            dropIncomplete(Reason.TRUNCATED, "section", "all of the section before the next one");
        }
        Optional<PesHeader> header = PesHeader.decode(packet);
        if (header.isPresent()) {
            bare.reset();
            size = 0;
            toSkip = header.get().payloadOffset();
            firstPacketIndex = packetIndex;
            append(packet);
        } else if (size == NOTHING) {
            bare.accept(packet, packetIndex);
        } else {
            append(packet);
        }
    }

    private boolean isDuplicate(TsPacket packet) {
        int length = packet.payloadLength();
        if (packet.continuityCounter() != continuityCounter || length != lastLength) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (packet.bytes().getByte(packet.payloadIndex() + i) != lastPayload[i]) {
                return false;
            }
        }
        return true;
    }

    private void remember(TsPacket packet) {
        continuityCounter = packet.continuityCounter();
        lastLength = packet.payloadLength();
        packet.bytes().getBytes(packet.payloadIndex(), lastPayload, 0, lastLength);
    }

    private void append(TsPacket packet) {
        ByteBuf bytes = packet.bytes();
        int skipped = Math.min(toSkip, packet.payloadLength());
        toSkip -= skipped;
        int from = packet.payloadIndex() + skipped;
        if (size == 0 && from < packet.endIndex() && bytes.getByte(from) == 0) {
            from++; // a pointer_field
        }
        int length = Math.min(packet.endIndex() - from, Section.MAX_SIZE - size);
        if (size + length > partial.length) {
            partial = Arrays.copyOf(partial, Section.MAX_SIZE);
        }
        bytes.getBytes(from, partial, size, length);
        size += length;
        int before;
        do {
            before = size;
            finishIfWhole();
        } while (size > 0 && size < before);
    }

    private void finishIfWhole() {
        if (size > 0 && (partial[0] & 0xFF) != TABLE_ID) {
            size = NOTHING;
            return;
        }
        if (size < Section.SHORT_HEADER_SIZE) {
            return;
        }
        int wanted = wanted();
        int least =
                Section.CRC_SIZE + ((partial[1] & 0x80) != 0 ? Section.LONG_HEADER_SIZE : Section.SHORT_HEADER_SIZE);
        if (wanted > Section.MAX_SIZE || wanted < least) {
            size = NOTHING;
            String expected =
                    (least - Section.SHORT_HEADER_SIZE) + " to " + (Section.MAX_SIZE - Section.SHORT_HEADER_SIZE);
            String actual = (wanted - Section.SHORT_HEADER_SIZE) + "";
            report(Reason.BAD_SECTION_LENGTH, null, "section_length", expected, actual);
        } else if (size >= wanted) {
            Section section = Section.of(pid, firstPacketIndex, Arrays.copyOf(partial, wanted));
            int rest = size - wanted;
            System.arraycopy(partial, wanted, partial, 0, rest);
            boolean another = rest > 0 && (partial[0] & 0xFF) == TABLE_ID;
            size = another ? rest : NOTHING;
            deliver(section);
        }
    }

    /** Returns the total size according to the first three bytes. */
    private int wanted() {
        return Section.SHORT_HEADER_SIZE + ((partial[1] & 0x0F) << 8 | partial[2] & 0xFF);
    }

    private void deliver(Section section) {
        if (section.isCrcGood()) {
            listener.onSection(section);
        } else {
            report(Reason.BAD_CRC, section, "CRC_32", "a remainder of 0", "another");
        }
    }

    /** Drops the incomplete PES packet, and reports the section that began in it. */
    private void dropIncomplete(Reason reason, String field, String expected) {
        int got = size;
        size = NOTHING;
        if (got > 0) {
            String of = got < Section.SHORT_HEADER_SIZE ? "an unknown number" : wanted() + "";
            report(reason, null, field, expected, got + " bytes of " + of);
        }
    }

    private void report(Reason reason, @Nullable Section section, String field, String expected, String actual) {
        MalformedDataException cause = new MalformedDataException(field, expected, actual);
        listener.onSectionError(new SectionError(pid, firstPacketIndex, reason, cause, section));
    }
}
