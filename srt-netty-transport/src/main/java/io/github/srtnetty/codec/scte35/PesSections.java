// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.scte35;

import io.github.srtnetty.codec.mpegts.PesHeader;
import io.github.srtnetty.codec.mpegts.Section;
import io.github.srtnetty.codec.mpegts.SectionAssembler;
import io.github.srtnetty.codec.mpegts.SectionListener;
import io.github.srtnetty.codec.mpegts.TsPacket;
import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import java.util.Optional;

/**
 * Takes sections from a stream of type 0x06: one section a PES packet, as ffmpeg writes them (with or without a pointer_field),
 * or bare sections. Holds at most 4096 bytes.
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
        Optional<PesHeader> header = PesHeader.decode(packet);
        if (header.isPresent()) {
            bare.reset();
            size = 0;
            toSkip = header.get().payloadOffset();
            firstPacketIndex = packetIndex;
            append(packet);
        } else if (size == NOTHING || packet.payloadUnitStartIndicator()) {
            size = NOTHING;
            bare.accept(packet, packetIndex);
        } else if (follows) {
            append(packet);
        } else {
            size = NOTHING;
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
        finishIfWhole();
    }

    private void finishIfWhole() {
        if (size > 0 && (partial[0] & 0xFF) != TABLE_ID) {
            size = NOTHING;
            return;
        }
        if (size < Section.SHORT_HEADER_SIZE) {
            return;
        }
        int wanted = Section.SHORT_HEADER_SIZE + ((partial[1] & 0x0F) << 8 | partial[2] & 0xFF);
        if (wanted > Section.MAX_SIZE || wanted < Section.SHORT_HEADER_SIZE + Section.CRC_SIZE) {
            size = NOTHING;
        } else if (size >= wanted) {
            size = NOTHING;
            Section section = Section.of(pid, firstPacketIndex, Arrays.copyOf(partial, wanted));
            if (section.isCrcGood()) {
                listener.onSection(section);
            }
        }
    }
}
