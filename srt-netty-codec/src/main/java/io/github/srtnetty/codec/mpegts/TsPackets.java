// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.mpegts;

import io.github.srtnetty.codec.bits.MalformedDataException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufHolder;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A batch of whole packets in one buffer, in stream order, which {@link TsPacketDecoder} fires. Iterate over it with
 * one {@link TsPacket}:
 *
 * <pre>{@code
 * for (int i = 0; i < packets.count(); i++) {
 *     packet.wrap(packets, i);
 * }
 * }</pre>
 *
 * <p>It has the reference count of its buffer; the last user releases it. The instance is reused after its last
 * release, so, as with a pooled {@code ByteBuf}, do not use it afterwards.
 */
public final class TsPackets implements ByteBufHolder {
    private final @Nullable AtomicReference<@Nullable TsPackets> home;
    private ByteBuf content;
    private TsPacketFormat format;
    private int stride;
    private int first;
    private int count;
    private long firstPacketIndex;

    private TsPackets(
            @Nullable AtomicReference<@Nullable TsPackets> home,
            ByteBuf content,
            TsPacketFormat format,
            int count,
            long firstPacketIndex) {
        this.home = home;
        this.content = content;
        this.format = format;
        set(content, format, count, firstPacketIndex);
    }

    /**
     * Returns a batch of the readable bytes, which are plain packets of 188 bytes. Takes ownership of the buffer unless
     * it throws.
     *
     * @throws MalformedDataException when the bytes are not whole packets that start with 0x47
     */
    public static TsPackets of(ByteBuf content) {
        return of(content, TsPacketFormat.TS_188, 0);
    }

    /**
     * Returns a batch whose first packet has the number {@code firstPacketIndex} in its stream. Takes ownership of the
     * buffer unless it throws.
     *
     * @throws MalformedDataException when the readable bytes are not whole packets that start with 0x47
     */
    public static TsPackets of(ByteBuf content, TsPacketFormat format, long firstPacketIndex) {
        int size = content.readableBytes();
        int good = countInSync(content, format);
        if (good * format.stride() == size) {
            return new TsPackets(null, content, format, good, firstPacketIndex);
        }
        if (size % format.stride() != 0) {
            throw new MalformedDataException(
                    "transport_packet", "a multiple of " + format.stride() + " bytes", size + " bytes");
        }
        throw new MalformedDataException("sync_byte", "0x47 at every packet", "none at packet " + good);
    }

    /**
     * Returns the same as {@link #of} for bytes that were already checked; reuses the instance in {@code home} if there
     * is one.
     */
    static TsPackets reuse(
            AtomicReference<@Nullable TsPackets> home,
            ByteBuf content,
            TsPacketFormat format,
            int count,
            long firstPacketIndex) {
        TsPackets idle = home.getPlain();
        if (idle == null || (idle = home.getAcquire()) == null) {
            return new TsPackets(home, content, format, count, firstPacketIndex);
        }
        home.setPlain(null);
        idle.set(content, format, count, firstPacketIndex);
        return idle;
    }

    /** Counts the whole packets with a correct sync_byte at the start of the readable bytes. */
    static int countInSync(ByteBuf content, TsPacketFormat format) {
        int stride = format.stride();
        int sync = content.readerIndex() + format.packetOffset();
        int whole = content.readableBytes() / stride;
        for (int i = 0; i < whole; i++, sync += stride) {
            if (content.getByte(sync) != TsPacket.SYNC_BYTE) {
                return i;
            }
        }
        return whole;
    }

    private void set(ByteBuf content, TsPacketFormat format, int count, long firstPacketIndex) {
        this.content = content;
        this.format = format;
        this.stride = format.stride();
        this.first = content.readerIndex() + format.packetOffset();
        this.count = count;
        this.firstPacketIndex = firstPacketIndex;
    }

    /** Returns the number of packets. */
    public int count() {
        return count;
    }

    /** Returns the layout of the packets in {@link #content()}. */
    public TsPacketFormat format() {
        return format;
    }

    /** Returns the number of packet 0 in its stream, counted from 0 by the decoder. */
    public long firstPacketIndex() {
        return firstPacketIndex;
    }

    /**
     * Returns the absolute index of the sync_byte of packet {@code i} in {@link #content()}.
     *
     * @throws IndexOutOfBoundsException when there is no such packet
     */
    public int indexOf(int i) {
        return first + Objects.checkIndex(i, count) * stride;
    }

    /** Returns {@code indexOf(0)}, even if there is no packet. */
    int firstIndex() {
        return first;
    }

    /**
     * Returns a batch of {@code length} packets from packet {@code from} with its own reference to the same bytes; the
     * caller releases it.
     *
     * @throws IndexOutOfBoundsException when they are not all in this batch
     */
    public TsPackets retainedSlice(int from, int length) {
        Objects.checkFromIndexSize(from, length, count);
        ByteBuf slice = content.retainedSlice(first - format.packetOffset() + from * stride, length * stride);
        return new TsPackets(null, slice, format, length, firstPacketIndex + from);
    }

    /** Returns the bytes of the batch; the batch keeps its reference. */
    @Override
    public ByteBuf content() {
        return content;
    }

    @Override
    public TsPackets copy() {
        return replace(content.copy());
    }

    @Override
    public TsPackets duplicate() {
        return replace(content.duplicate());
    }

    @Override
    public TsPackets retainedDuplicate() {
        return replace(content.retainedDuplicate());
    }

    /** Returns a batch with the same format and packet number over other bytes, of which only whole packets count. */
    @Override
    public TsPackets replace(ByteBuf content) {
        return new TsPackets(null, content, format, content.readableBytes() / stride, firstPacketIndex);
    }

    @Override
    public int refCnt() {
        return content.refCnt();
    }

    @Override
    public TsPackets retain() {
        content.retain();
        return this;
    }

    @Override
    public TsPackets retain(int increment) {
        content.retain(increment);
        return this;
    }

    @Override
    public TsPackets touch() {
        content.touch();
        return this;
    }

    @Override
    public TsPackets touch(Object hint) {
        content.touch(hint);
        return this;
    }

    @Override
    public boolean release() {
        return recycleIf(content.release());
    }

    @Override
    public boolean release(int decrement) {
        return recycleIf(content.release(decrement));
    }

    private boolean recycleIf(boolean released) {
        if (released && home != null) {
            home.setRelease(this);
        }
        return released;
    }

    @Override
    public String toString() {
        return "TsPackets(" + count + " from " + firstPacketIndex + ")";
    }
}
