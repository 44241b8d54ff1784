// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.scte35;

import io.github.srtnetty.codec.bits.MalformedDataException;
import io.github.srtnetty.codec.mpegts.Descriptor;
import io.github.srtnetty.codec.mpegts.Pmt;
import io.github.srtnetty.codec.mpegts.RegistrationDescriptor;
import io.github.srtnetty.codec.mpegts.Section;
import io.github.srtnetty.codec.mpegts.SectionAssembler;
import io.github.srtnetty.codec.mpegts.SectionListener;
import io.github.srtnetty.codec.mpegts.SectionPacketizer;
import io.github.srtnetty.codec.mpegts.StreamType;
import io.github.srtnetty.codec.mpegts.TsPacket;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Announces a splice PID in the PMT of one program, unless the PMT already has it. Takes every packet of the PMT's PID,
 * and returns packets in which that program's PMT has the PID, the registration "CUEI" and the next version_number.
 * Other sections on the PID are not changed.
 *
 * <p>Sections that end in the same packet share a packet again if they fit, so that one packet never becomes many.
 */
final class PmtRewriter implements SectionListener {
    private final int programNumber;
    private final int splicePid;
    private final SectionAssembler assembler;
    private final Consumer<byte[]> packets;
    private @Nullable SectionPacketizer packetizer;
    private byte[] ended = {};
    private boolean announced;
    private @Nullable String problem;
    private @Nullable Pmt last;
    private int version;

    /** Creates a rewriter that passes the rewritten packets to {@code packets}. */
    PmtRewriter(int pmtPid, int programNumber, int splicePid, Consumer<byte[]> packets) {
        this.programNumber = programNumber;
        this.splicePid = splicePid;
        this.assembler = new SectionAssembler(pmtPid, this);
        this.packets = packets;
    }

    /** Returns whether a PMT with the PID was written to the stream. */
    boolean isAnnounced() {
        return announced;
    }

    /** Returns why the PID could not be added to the last PMT, or null if it could or there was none. */
    @Nullable
    String problem() {
        return problem;
    }

    /** Accepts a packet of the PMT's PID that has a payload. */
    void accept(TsPacket packet, long packetIndex) {
        if (packetizer == null) {
            packetizer = new SectionPacketizer(packet.pid(), packet.continuityCounter());
        }
        assembler.accept(packet, packetIndex);
        write();
    }

    @Override
    public void onSection(Section section) {
        byte[] bytes = section.toByteArray();
        boolean ours = section.tableId() == Pmt.TABLE_ID
                && section.tableIdExtension() == programNumber
                && section.currentNextIndicator();
        if (ours) {
            version = last == null ? section.versionNumber() : version;
            bytes = rewritten(section);
        }
        if (SectionPacketizer.packetsFor(ended.length + bytes.length) > 1) {
            write();
        }
        int length = ended.length;
        ended = Arrays.copyOf(ended, length + bytes.length);
        System.arraycopy(bytes, 0, ended, length, bytes.length);
    }

    /** Writes the packets of the sections that have ended. */
    private void write() {
        if (packetizer == null || ended.length == 0) {
            return;
        }
        ByteBuf out = Unpooled.buffer(SectionPacketizer.packetsFor(ended.length) * TsPacket.SIZE);
        packetizer.write(ended, out);
        ended = new byte[0];
        while (out.isReadable()) {
            byte[] packet = new byte[TsPacket.SIZE];
            out.readBytes(packet);
            packets.accept(packet);
        }
    }

    /** Returns the section with the PID added, or unchanged if the PID cannot be added. */
    private byte[] rewritten(Section section) {
        try {
            Pmt pmt = Pmt.decode(section);
            Pmt wanted = withSplicePid(pmt);
            boolean same = last == null
                    && wanted.programInfo().equals(pmt.programInfo())
                    && wanted.streams().equals(pmt.streams());
            byte[] bytes =
                    same ? section.toByteArray() : withNextVersion(wanted).encode();
            announced = true;
            problem = null;
            return bytes;
        } catch (MalformedDataException | IllegalArgumentException e) {
            announced = false;
            boolean broken = e instanceof MalformedDataException;
            problem = "the PMT " + (broken ? "is broken" : "has no room for one more stream") + ": " + e.getMessage();
            return section.toByteArray();
        }
    }

    private Pmt withSplicePid(Pmt pmt) {
        List<Descriptor> info = new ArrayList<>(pmt.programInfo());
        if (!Descriptor.isRegistered(info, RegistrationDescriptor.CUEI)) {
            info.add(0, new RegistrationDescriptor(RegistrationDescriptor.CUEI));
        }
        List<Pmt.Stream> streams = new ArrayList<>(pmt.streams());
        if (streams.stream().noneMatch(stream -> stream.elementaryPid() == splicePid)) {
            streams.add(new Pmt.Stream(StreamType.SCTE35, splicePid, List.of()));
        }
        return new Pmt(pmt.programNumber(), 0, pmt.pcrPid(), info, streams);
    }

    /** Sets the next version_number if and only if the content differs from the previous table. */
    private Pmt withNextVersion(Pmt pmt) {
        if (!pmt.equals(last)) {
            version = version + 1 & 0x1F;
            last = pmt;
        }
        return new Pmt(pmt.programNumber(), version, pmt.pcrPid(), pmt.programInfo(), pmt.streams());
    }
}
