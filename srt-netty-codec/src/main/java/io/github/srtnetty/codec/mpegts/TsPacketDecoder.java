// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.mpegts;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Splits bytes in chunks of any size into batches of whole packets: {@code ByteBuf} in, {@link TsPackets} out. Other
 * messages are passed on. Takes ownership of the input buffers; the next handler releases the batches.
 *
 * <p>The chunk boundaries do not change the result: the same bytes give the same packets. A chunk of whole packets,
 * such as a datagram of 7 packets, is fired without a copy. Only a packet that is split between two chunks is copied.
 *
 * <pre>
 * state      entered when                                        leaves bytes behind as
 * searching  at the start; a packet's sync_byte is not 0x47      skipped, up to the first byte that may be a sync_byte
 * locked     0x47 is found and again at +1, +2 and +3 packets    pending, a part of one packet
 * </pre>
 *
 * <p>If the stream ends while searching, the whole packets at its end are fired if they have all their sync bytes.
 * Whenever bytes were skipped, a {@link TsSyncEvent} is fired as a user event before the packets that follow.
 */
public final class TsPacketDecoder extends ChannelInboundHandlerAdapter {
    /**
     * The number of sync_bytes at packet distance that give synchronisation, and of wrong ones in a row that end it.
     */
    private record SyncRule(int goodToLock, int badToLose) {
        static final SyncRule STRICT = new SyncRule(4, 1);
        /** TR 101 290, 5.2.1. */
        static final SyncRule TR_101_290 = new SyncRule(5, 2);
    }

    private final List<TsPacketFormat> formats;
    private final SyncRule rule;
    private TsPacketFormat format;
    private @Nullable TsPacketFormat reportedFormat;
    private final AtomicReference<@Nullable TsPackets> spare = new AtomicReference<>();
    private @Nullable ByteBuf pending;
    private boolean locked;
    private boolean lastSyncBad;
    private boolean fired;
    private long packets;
    private long skippedBytes;
    private long reportedSkippedBytes;
    private long syncLosses;

    /** Creates a decoder of plain packets of 188 bytes. */
    public TsPacketDecoder() {
        this(TsPacketFormat.TS_188);
    }

    /** Creates a decoder of packets in {@code format}. */
    public TsPacketDecoder(TsPacketFormat format) {
        this(format, List.of(format), SyncRule.STRICT);
    }

    private TsPacketDecoder(TsPacketFormat first, List<TsPacketFormat> formats, SyncRule rule) {
        this.format = first;
        this.formats = formats;
        this.rule = rule;
    }

    /**
     * Returns a decoder that detects packets of 188, 192 or 204 bytes at each search. It fires a {@link TsFormatEvent}
     * before the first packets and when the format has changed.
     */
    public static TsPacketDecoder detecting() {
        return new TsPacketDecoder(TsPacketFormat.TS_188, List.of(TsPacketFormat.values()), SyncRule.STRICT);
    }

    /**
     * Returns a decoder like {@link #detecting()}, with the synchronisation of TR 101 290: five correct sync_bytes gain
     * it, and two wrong ones in a row lose it. A packet with a single wrong sync_byte is fired ({@link
     * TsPacket#hasSyncByte()} is false). A loss is fired as the user event {@link TsSyncLossEvent}. For {@link
     * Tr101290Analyzer}.
     */
    public static TsPacketDecoder analyzing() {
        return new TsPacketDecoder(TsPacketFormat.TS_188, List.of(TsPacketFormat.values()), SyncRule.TR_101_290);
    }

    /** Returns the format of the packets; for a detecting decoder the last one that it detected. */
    public TsPacketFormat format() {
        return format;
    }

    /** Returns the number of packets fired so far. */
    public long packets() {
        return packets;
    }

    /** Returns the number of bytes that were in no packet. */
    public long skippedBytes() {
        return skippedBytes;
    }

    /** Returns how often a sync_byte was missing where the next packet should start. */
    public long syncLosses() {
        return syncLosses;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object msg) {
        if (!(msg instanceof ByteBuf in)) {
            ctx.fireChannelRead(msg);
            return;
        }
        int good = locked && pending == null ? TsPackets.countInSync(in, format) : 0;
        if (good > 0 && good * format.stride() == in.readableBytes()) {
            lastSyncBad = false;
            fire(ctx, in, good);
        } else {
            decode(ctx, in);
        }
    }

    /** Takes ownership of {@code in}. */
    private void decode(ChannelHandlerContext ctx, ByteBuf in) {
        ByteBuf bytes = in;
        try {
            if (locked && pending != null) {
                finishPending(ctx, pending, bytes);
            }
            if (!locked && pending != null) {
                ByteBuf joined = pending.writeBytes(bytes);
                pending = null;
                bytes.release();
                bytes = joined;
            }
            while (bytes.isReadable() && (locked || search(bytes))) {
                if (!fireWholePackets(ctx, bytes)) {
                    break;
                }
            }
            keepRest(ctx, bytes);
        } finally {
            bytes.release();
        }
    }

    /**
     * Moves bytes from {@code in} to {@code head}, the packet that an earlier chunk began, and fires it when it is
     * complete and in sync.
     */
    private void finishPending(ChannelHandlerContext ctx, ByteBuf head, ByteBuf in) {
        int missing = format.stride() - head.readableBytes();
        head.writeBytes(in, Math.min(missing, in.readableBytes()));
        if (head.readableBytes() < format.stride()) {
            return;
        }
        if (countGood(head) == 0) {
            loseSync(ctx, 1);
            return;
        }
        pending = null;
        fire(ctx, head, 1);
    }

    /**
     * Fires the whole packets at the start of {@code in} up to the first without a sync_byte.
     *
     * @return whether there is such a packet, so that the search must continue
     */
    private boolean fireWholePackets(ChannelHandlerContext ctx, ByteBuf in) {
        int whole = in.readableBytes() / format.stride();
        int good = countGood(in);
        boolean lastIsBad = lastSyncBad;
        if (good > 0) {
            fire(ctx, in.readRetainedSlice(good * format.stride()), good);
        }
        if (good == whole) {
            return false;
        }
        loseSync(ctx, lastIsBad ? 1 : 2);
        return true;
    }

    /**
     * Counts the packets to fire: up to the first without a sync_byte or, by the rule of TR 101 290, up to the first of
     * two in a row. If the second has not arrived yet, the first counts as a single one.
     */
    private int countGood(ByteBuf in) {
        int good = TsPackets.countInSync(in, format);
        if (rule.badToLose == 1) {
            return good;
        }
        int whole = in.readableBytes() / format.stride();
        lastSyncBad = good == 0 && lastSyncBad;
        while (good < whole) {
            boolean bad = isSyncBad(in, good);
            if (bad && (lastSyncBad || good + 1 < whole && isSyncBad(in, good + 1))) {
                break;
            }
            lastSyncBad = bad;
            good++;
        }
        return good;
    }

    private boolean isSyncBad(ByteBuf in, int packet) {
        return in.getByte(in.readerIndex() + format.packetOffset() + packet * format.stride()) != TsPacket.SYNC_BYTE;
    }

    private void loseSync(ChannelHandlerContext ctx, int badSyncBytes) {
        locked = false;
        lastSyncBad = false;
        syncLosses++;
        if (rule.badToLose > 1) {
            ctx.fireUserEventTriggered(new TsSyncLossEvent(packets, badSyncBytes));
        }
    }

    /**
     * Skips to the first position where a packet may start; returns whether that is certain. Otherwise more bytes are
     * needed.
     */
    private boolean search(ByteBuf in) {
        int from = in.readerIndex();
        int at = from;
        while (at + formats.get(0).packetOffset() < in.writerIndex() && !findFormat(in, at)) {
            at++;
        }
        skip(in, at - from);
        locked = at < in.writerIndex() && isCertain(in, at, format);
        return locked;
    }

    /**
     * Selects the format in which a packet may start at {@code at}, a certain one first; returns whether there is one.
     */
    private boolean findFormat(ByteBuf in, int at) {
        TsPacketFormat possible = null;
        for (TsPacketFormat candidate : formats) {
            if (isCandidate(in, at, candidate)) {
                if (isCertain(in, at, candidate)) {
                    format = candidate;
                    return true;
                }
                possible = possible == null ? candidate : possible;
            }
        }
        if (possible != null) {
            format = possible;
        }
        return possible != null;
    }

    private boolean isCertain(ByteBuf in, int at, TsPacketFormat format) {
        return at + format.packetOffset() + (rule.goodToLock - 1) * format.stride() < in.writerIndex();
    }

    /** Returns whether all sync_bytes of the packets from {@code at} to the end of {@code in} are 0x47. */
    private boolean isCandidate(ByteBuf in, int at, TsPacketFormat format) {
        int sync = at + format.packetOffset();
        for (int i = 0; i < rule.goodToLock && sync < in.writerIndex(); i++, sync += format.stride()) {
            if (in.getByte(sync) != TsPacket.SYNC_BYTE) {
                return false;
            }
        }
        return true;
    }

    private void skip(ByteBuf in, int length) {
        in.skipBytes(length);
        skippedBytes += length;
    }

    private void keepRest(ChannelHandlerContext ctx, ByteBuf in) {
        int size = in.readableBytes();
        if (ctx.isRemoved()) {
            skip(in, size);
        } else if (size > 0) {
            pending = ctx.alloc().buffer(Math.max(size, format.stride())).writeBytes(in);
        }
    }

    /** Takes ownership of {@code content}, which has {@code count} whole packets in sync. */
    private void fire(ChannelHandlerContext ctx, ByteBuf content, int count) {
        if (skippedBytes != reportedSkippedBytes) {
            TsSyncEvent event = new TsSyncEvent(packets, skippedBytes - reportedSkippedBytes);
            reportedSkippedBytes = skippedBytes;
            ctx.fireUserEventTriggered(event);
        }
        if (formats.size() > 1 && format != reportedFormat) {
            reportedFormat = format;
            ctx.fireUserEventTriggered(new TsFormatEvent(packets, format));
        }
        TsPackets batch = TsPackets.reuse(spare, content, format, count, packets);
        packets += count;
        fired = true;
        ctx.fireChannelRead(batch);
    }

    /** Calls {@code read()} if the data read gave no packets and auto-read is off. */
    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        boolean starving = !fired && !ctx.channel().config().isAutoRead();
        fired = false;
        ctx.fireChannelReadComplete();
        if (starving) {
            ctx.read();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        ByteBuf rest = pending;
        pending = null;
        if (rest != null) {
            try {
                fireEnd(ctx, rest);
            } finally {
                rest.release();
            }
        }
        ctx.fireChannelInactive();
    }

    /** Fires the whole packets of the first candidate, which can no longer be confirmed. */
    private void fireEnd(ChannelHandlerContext ctx, ByteBuf rest) {
        while (!locked && rest.readableBytes() >= format.stride()) {
            search(rest);
            int good = TsPackets.countInSync(rest, format);
            if (good > 0) {
                fire(ctx, rest.readRetainedSlice(good * format.stride()), good);
            }
        }
        skip(rest, rest.readableBytes());
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        if (pending != null) {
            skippedBytes += pending.readableBytes();
            pending.release();
            pending = null;
        }
    }
}
