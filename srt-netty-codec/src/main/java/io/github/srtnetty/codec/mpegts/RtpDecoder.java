// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.mpegts;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import org.jspecify.annotations.Nullable;

/**
 * Extracts the transport packets from RTP (RFC 2250, SMPTE 2022-2), and passes other bytes on unchanged: {@code
 * ByteBuf} in, {@code ByteBuf} out, before a {@link TsPacketDecoder}.
 *
 * <pre>
 * V=2 2, P 1, X 1, CC 4, M 1, PT 7, sequence_number 16, timestamp 32, SSRC 32, CSRC CC*32
 * if (X) profile 16, length 16, extension length*32
 * transport packets of 188 bytes
 * if (P) padding, whose last byte is its length
 * </pre>
 *
 * <p>Reorders packets by their sequence numbers within {@value RtpReorder#WINDOW} packets, drops repeated ones, and
 * ignores packets without transport packets, such as SMPTE 2022-1 FEC. The first bytes decide whether the input is RTP.
 * Runs on the channel's event loop.
 */
public final class RtpDecoder extends ChannelInboundHandlerAdapter {
    private static final int HEADER_SIZE = 12;
    private static final int LONGEST_HEADER = HEADER_SIZE + 15 * 4 + 4 + 1024;
    /** The number of FEC packets that may precede the first one with transport packets. */
    private static final int MOST_UNDECIDED = 64;

    private static final int LARGEST_DATAGRAM = 2048;

    private final boolean datagrams;
    private final RtpReorder reorder = new RtpReorder();
    private Kind kind = Kind.UNKNOWN;
    private int undecided;
    private @Nullable ByteBuf pending;
    private @Nullable ByteBuf unit;
    private int unitSequence;
    private long packets;
    private long ignored;

    private enum Kind {
        UNKNOWN,
        RTP,
        PLAIN
    }

    private RtpDecoder(boolean datagrams) {
        this.datagrams = datagrams;
    }

    /** Returns a decoder of messages with one RTP packet each, as in UDP and in SRT's live mode. */
    public static RtpDecoder ofDatagrams() {
        return new RtpDecoder(true);
    }

    /** Returns a decoder of consecutive RTP packets without boundaries, as in a file, in chunks of any size. */
    public static RtpDecoder ofStream() {
        return new RtpDecoder(false);
    }

    /** Returns the number of RTP packets with transport packets so far; 0 if the input is not RTP. */
    public long packets() {
        return packets;
    }

    /** Returns the number of ignored RTP packets, which had no transport packets. */
    public long ignored() {
        return ignored;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object msg) {
        if (!(msg instanceof ByteBuf in) || kind == Kind.PLAIN) {
            ctx.fireChannelRead(msg);
            return;
        }
        if (kind == Kind.UNKNOWN) {
            kind = kindOf(in);
        }
        switch (kind) {
            case PLAIN -> ctx.fireChannelRead(in);
            case UNKNOWN -> {
                ignored++;
                in.release();
            }
            default -> {
                if (datagrams) {
                    readDatagram(ctx, in);
                } else {
                    readStream(ctx, in);
                }
            }
        }
    }

    /** Returns UNKNOWN if the bytes may be an RTP packet without transport packets. */
    private Kind kindOf(ByteBuf in) {
        int start = in.readerIndex();
        int header = headerSize(in, start);
        if (header < 0 || is(in, start + TsPacketFormat.M2TS_192.packetOffset(), TsPacket.SYNC_BYTE)) {
            return Kind.PLAIN;
        }
        if (is(in, start + header, TsPacket.SYNC_BYTE)) {
            return Kind.RTP;
        }
        return in.readableBytes() <= LARGEST_DATAGRAM && ++undecided <= MOST_UNDECIDED ? Kind.UNKNOWN : Kind.PLAIN;
    }

    private static boolean is(ByteBuf in, int index, int value) {
        return index < in.writerIndex() && in.getByte(index) == (byte) value;
    }

    /** Returns the size of the RTP header at {@code start} with CSRC and extension, or -1 if there is none. */
    private static int headerSize(ByteBuf in, int start) {
        int left = in.writerIndex() - start;
        if (left < HEADER_SIZE || (in.getByte(start) & 0xC0) != 0x80) {
            return -1;
        }
        int size = HEADER_SIZE + 4 * (in.getByte(start) & 0xF);
        if ((in.getByte(start) & 0x10) == 0) {
            return size;
        }
        return left < size + 4 ? -1 : size + 4 + 4 * in.getUnsignedShort(start + size + 2);
    }

    private void readDatagram(ChannelHandlerContext ctx, ByteBuf in) {
        try {
            int start = in.readerIndex();
            int header = headerSize(in, start);
            int end = in.writerIndex();
            if (header >= 0 && (in.getByte(start) & 0x20) != 0) {
                end -= in.getUnsignedByte(end - 1);
            }
            if (header < 0 || start + header >= end || !is(in, start + header, TsPacket.SYNC_BYTE)) {
                ignored++;
                return;
            }
            packets++;
            int sequence = in.getUnsignedShort(start + 2);
            reorder.add(sequence, in.retainedSlice(start + header, end - start - header), ctx::fireChannelRead);
        } finally {
            in.release();
        }
    }

    private void readStream(ChannelHandlerContext ctx, ByteBuf in) {
        ByteBuf bytes = in;
        if (pending != null) {
            bytes = pending.writeBytes(in);
            in.release();
            pending = null;
        }
        try {
            while (bytes.readableBytes() >= LONGEST_HEADER + TsPacket.SIZE) {
                step(ctx, bytes);
            }
            if (bytes.isReadable()) {
                pending = ctx.alloc().buffer(LONGEST_HEADER * 2).writeBytes(bytes);
            }
        } finally {
            bytes.release();
        }
    }

    /** Consumes a transport packet, an RTP header before one, or one byte of padding or FEC. */
    private void step(ChannelHandlerContext ctx, ByteBuf bytes) {
        int start = bytes.readerIndex();
        int header = headerSize(bytes, start);
        if (unit != null && is(bytes, start, TsPacket.SYNC_BYTE) && bytes.readableBytes() >= TsPacket.SIZE) {
            unit.writeBytes(bytes, TsPacket.SIZE);
        } else if (header >= 0 && is(bytes, start + header, TsPacket.SYNC_BYTE)) {
            endUnit(ctx);
            packets++;
            unitSequence = bytes.getUnsignedShort(start + 2);
            unit = ctx.alloc().buffer(8 * TsPacket.SIZE);
            bytes.skipBytes(header);
        } else {
            endUnit(ctx);
            bytes.skipBytes(1);
        }
    }

    private void endUnit(ChannelHandlerContext ctx) {
        ByteBuf ended = unit;
        unit = null;
        if (ended != null) {
            reorder.add(unitSequence, ended, ctx::fireChannelRead);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        ByteBuf rest = pending;
        pending = null;
        if (rest != null) {
            while (rest.isReadable()) {
                step(ctx, rest);
            }
            rest.release();
        }
        endUnit(ctx);
        reorder.flush(ctx::fireChannelRead);
        ctx.fireChannelInactive();
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        if (pending != null) {
            pending.release();
            pending = null;
        }
        if (unit != null) {
            unit.release();
            unit = null;
        }
        reorder.flush(ByteBuf::release);
    }
}
