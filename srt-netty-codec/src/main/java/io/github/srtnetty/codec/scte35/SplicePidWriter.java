// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.scte35;

import io.github.srtnetty.codec.mpegts.Section;
import io.github.srtnetty.codec.mpegts.SectionAssembler;
import io.github.srtnetty.codec.mpegts.SectionError;
import io.github.srtnetty.codec.mpegts.SectionListener;
import io.github.srtnetty.codec.mpegts.SectionPacketizer;
import io.github.srtnetty.codec.mpegts.TsPacket;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.util.concurrent.Promise;
import org.jspecify.annotations.Nullable;

/**
 * Writes the packets of the splice PID. If the stream has its own cues on that PID, their packets are removed and their
 * sections written again, in order with the new ones. No section is split by another, and the continuity_counter
 * continues that of the stream. Sections with a wrong CRC_32 are written unchanged.
 */
final class SplicePidWriter implements SectionListener {
    private final PacketWeaver weaver;
    private final SectionAssembler assembler;
    private final int pid;
    private @Nullable SectionPacketizer packetizer;
    private boolean takesOver;
    private int nextCounter;
    private boolean passed;

    /** Creates a writer that queues the packets in {@code weaver}. */
    SplicePidWriter(int pid, PacketWeaver weaver) {
        this.pid = pid;
        this.weaver = weaver;
        assembler = new SectionAssembler(pid, this);
    }

    /** Queues a cue; {@code written} completes when its last packet is in the stream. */
    void write(SpliceInfoSection section, Promise<Void> written) {
        write(section.bytes().toArray(), written);
    }

    /** Continues the count from a packet of the stream, which is passed on. */
    void pass(TsPacket packet, long packetIndex) {
        passed = true;
        nextCounter = packet.continuityCounter() + (packet.hasPayload() ? 1 : 0);
        assembler.accept(packet, packetIndex);
    }

    /** Returns whether packets of the stream were passed on. */
    boolean hasPassed() {
        return passed;
    }

    /** Returns whether packets of the stream were removed. */
    boolean hasTakenOver() {
        return takesOver;
    }

    /** Returns why the sections of a packet of the stream cannot be written again, or null if they can. */
    static @Nullable String obstacle(TsPacket packet) {
        if (packet.transportScramblingControl() != 0) {
            return "PID " + packet.pid() + " is scrambled";
        }
        boolean pes = packet.payloadUnitStartIndicator()
                && packet.payloadLength() >= 3
                && packet.bytes().getMedium(packet.payloadIndex()) == 1;
        return pes ? "PID " + packet.pid() + " carries PES packets, not sections" : null;
    }

    /** Queues the sections that end in a packet of the stream, which the caller removes. */
    void takeOver(TsPacket packet, long packetIndex) {
        if (!takesOver && packetizer == null && !passed) {
            nextCounter = packet.continuityCounter() + (packet.hasPayload() ? 0 : 1);
        }
        takesOver = true;
        assembler.accept(packet, packetIndex);
    }

    @Override
    public void onSection(Section section) {
        if (takesOver) {
            write(section.toByteArray(), null);
        }
    }

    @Override
    public void onSectionError(SectionError error) {
        if (takesOver && error.section() != null) {
            write(error.section().toByteArray(), null);
        }
    }

    private void write(byte[] section, @Nullable Promise<Void> written) {
        if (packetizer == null) {
            packetizer = new SectionPacketizer(pid, nextCounter);
        }
        ByteBuf out = Unpooled.buffer(SectionPacketizer.packetsFor(section.length) * TsPacket.SIZE);
        packetizer.write(section, out);
        while (out.isReadable()) {
            byte[] packet = new byte[TsPacket.SIZE];
            out.readBytes(packet);
            weaver.queueCue(packet, out.isReadable() ? null : written);
        }
    }
}
