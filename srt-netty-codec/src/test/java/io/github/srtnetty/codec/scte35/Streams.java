// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.scte35;

import io.github.srtnetty.codec.bits.Bytes;
import io.github.srtnetty.codec.mpegts.Descriptor;
import io.github.srtnetty.codec.mpegts.Pat;
import io.github.srtnetty.codec.mpegts.Pmt;
import io.github.srtnetty.codec.mpegts.RegistrationDescriptor;
import io.github.srtnetty.codec.mpegts.SectionPacketizer;
import io.github.srtnetty.codec.mpegts.StreamType;
import io.github.srtnetty.codec.mpegts.TsPacketBuilder;
import io.github.srtnetty.codec.mpegts.TsPacketDecoder;
import io.github.srtnetty.codec.mpegts.TsPackets;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.List;

/** Small transport streams made packet by packet, and a pipeline that takes their cues out. */
final class Streams {
    static final int PMT_PID = 0x100;
    static final int VIDEO_PID = 0x101;
    static final int SPLICE_PID = 0x1F4;
    static final int PROGRAM = 1;

    private final ByteBuf bytes = Unpooled.buffer();
    private final SectionPacketizer pat = new SectionPacketizer(Pat.PID);
    private final SectionPacketizer pmt = new SectionPacketizer(PMT_PID);
    private final SectionPacketizer cues = new SectionPacketizer(SPLICE_PID);
    private int videoCounter;

    /** Adds a PAT with program 1 and its PMT. */
    Streams tables(Pmt table) {
        new Pat(1, 0, List.of(new Pat.Program(PROGRAM, PMT_PID)))
                .encode()
                .forEach(section -> pat.write(section, bytes));
        return pmt(table);
    }

    Streams pmt(Pmt table) {
        pmt.write(table.encode(), bytes);
        return this;
    }

    /** Adds the start of a picture with this PTS, 90 kHz, and a PCR of the same moment. */
    Streams video(long pts90k) {
        byte[] pes = new byte[170];
        pes[2] = 1;
        pes[3] = (byte) 0xE0;
        pes[6] = (byte) 0x80;
        pes[7] = (byte) 0x80;
        pes[8] = 5;
        pes[9] = (byte) (0x21 | (pts90k >>> 29 & 0x0E));
        pes[10] = (byte) (pts90k >>> 22);
        pes[11] = (byte) (pts90k >>> 14 | 1);
        pes[12] = (byte) (pts90k >>> 7);
        pes[13] = (byte) (pts90k << 1 | 1);
        new TsPacketBuilder()
                .pid(VIDEO_PID)
                .payloadUnitStartIndicator(true)
                .continuityCounter(videoCounter++)
                .pcr27M(pts90k * 300)
                .payload(pes)
                .writeTo(bytes);
        return this;
    }

    Streams nulls(int count) {
        for (int i = 0; i < count; i++) {
            new TsPacketBuilder().payload(new byte[184]).writeTo(bytes);
        }
        return this;
    }

    Streams cue(SpliceInfoSection section) {
        return section(section.bytes());
    }

    Streams section(Bytes section) {
        cues.write(section.toArray(), bytes);
        return this;
    }

    Streams packet(TsPacketBuilder packet) {
        packet.writeTo(bytes);
        return this;
    }

    byte[] toArray() {
        return Bytes.copyOf(bytes).toArray();
    }

    /** Returns a PMT of a video stream and {@code others}, with these registrations in the program's loop. */
    static Pmt table(int version, List<Integer> registrations, Pmt.Stream... others) {
        List<Pmt.Stream> streams = new ArrayList<>();
        streams.add(new Pmt.Stream(StreamType.AVC, VIDEO_PID, List.of()));
        streams.addAll(List.of(others));
        List<Descriptor> info = new ArrayList<>();
        registrations.forEach(id -> info.add(new RegistrationDescriptor(id)));
        return new Pmt(PROGRAM, version, VIDEO_PID, info, streams);
    }

    static Pmt.Stream splice(int type, Descriptor... descriptors) {
        return new Pmt.Stream(type, SPLICE_PID, List.of(descriptors));
    }

    static Pmt standardTable() {
        return table(0, List.of(RegistrationDescriptor.CUEI), splice(StreamType.SCTE35));
    }

    static EmbeddedChannel channel(Scte35Options options) {
        return new EmbeddedChannel(new TsPacketDecoder(), new Scte35Handler(options));
    }

    /** Runs the bytes in chunks through a fresh pipeline; returns the cues. */
    static List<Scte35Cue> cuesOf(byte[] stream, int chunk, Scte35Options options) {
        EmbeddedChannel channel = channel(options);
        for (int from = 0; from < stream.length; from += chunk) {
            channel.writeInbound(Unpooled.copiedBuffer(stream, from, Math.min(chunk, stream.length - from)));
        }
        channel.finish();
        return drain(channel);
    }

    static List<Scte35Cue> cuesOf(byte[] stream) {
        return cuesOf(stream, 1316, Scte35Options.DEFAULT);
    }

    /** Takes the cues that were fired and releases the packets. */
    static List<Scte35Cue> drain(EmbeddedChannel channel) {
        List<Scte35Cue> cues = new ArrayList<>();
        for (Object message = channel.readInbound(); message != null; message = channel.readInbound()) {
            if (message instanceof Scte35Cue cue) {
                cues.add(cue);
            } else {
                ((TsPackets) message).release();
            }
        }
        return cues;
    }

    /** Takes what comes out behind the handlers, packets joined to bytes; cues are left out. */
    static byte[] drainPackets(EmbeddedChannel channel) {
        ByteBuf out = Unpooled.buffer();
        for (Object message = channel.readInbound(); message != null; message = channel.readInbound()) {
            if (message instanceof TsPackets packets) {
                out.writeBytes(
                        packets.content(),
                        packets.content().readerIndex(),
                        packets.content().readableBytes());
                packets.release();
            }
        }
        return Bytes.copyOf(out).toArray();
    }
}
