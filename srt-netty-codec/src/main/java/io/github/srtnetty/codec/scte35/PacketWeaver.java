// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.scte35;

import io.github.srtnetty.codec.mpegts.TsPacket;
import io.github.srtnetty.codec.mpegts.TsPacketFormat;
import io.github.srtnetty.codec.mpegts.TsPackets;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.util.concurrent.Promise;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Inserts queued packets into batches. They replace null packets and packets that are removed. If too few of these
 * arrive in time, or more than {@link #MOST_QUEUED} packets are queued, they are inserted between the others. A batch
 * without changes is passed on unchanged.
 */
final class PacketWeaver {
    /** Inspects each packet of the stream before it is passed on. */
    interface Source {
        /** Returns whether the packet is to be removed. May queue packets. */
        boolean takesOut(TsPacket packet, long packetIndex);
    }

    private record Queued(byte[] bytes, @Nullable Promise<Void> written) {}

    /** The number of packets that may wait; if there are more, all are inserted immediately. */
    static final int MOST_QUEUED = 64;

    private static final byte[] NULL_PACKET = nullPacket();

    private final TsPacket packet = new TsPacket();
    private final Deque<Queued> tables = new ArrayDeque<>();
    private final Deque<Queued> cues = new ArrayDeque<>();
    private final int longestWait;
    private int waited;
    private long added;

    /** Creates a weaver; at most {@code longestWait} packets, 0 or more, pass until all queued ones are inserted. */
    PacketWeaver(int longestWait) {
        this.longestWait = longestWait;
    }

    /** Queues a packet of a table; tables are inserted before cues. */
    void queueTable(byte[] bytes) {
        tables.add(new Queued(bytes, null));
    }

    /** Queues a packet of a cue; {@code written} completes when the packet is in the stream. */
    void queueCue(byte[] bytes, @Nullable Promise<Void> written) {
        cues.add(new Queued(bytes, written));
    }

    /** Returns the open promises of the cues, and drops all packets. */
    Deque<Promise<Void>> clear() {
        Deque<Promise<Void>> open = new ArrayDeque<>();
        for (Queued queued : cues) {
            if (queued.written != null) {
                open.add(queued.written);
            }
        }
        tables.clear();
        cues.clear();
        waited = 0;
        return open;
    }

    /** Takes ownership of {@code in}, and returns the batch to pass on, which the caller releases. */
    TsPackets weave(TsPackets in, ByteBufAllocator allocator, Source source) {
        ByteBuf out = null;
        long firstIndex = in.firstPacketIndex() + added;
        try {
            for (int i = 0; i < in.count(); i++) {
                boolean takenOut = source.takesOut(packet.wrap(in, i), in.firstPacketIndex() + i);
                boolean free = takenOut || packet.pid() == TsPacket.NULL_PID;
                boolean add = isTooMuch() || (!free && isOutOfPatience());
                if (out == null && (takenOut || add || (free && !isIdle()))) {
                    out = allocator.buffer(
                            in.content().readableBytes() + 8 * in.format().stride());
                    out.writeBytes(
                            in.content(),
                            in.content().readerIndex(),
                            i * in.format().stride());
                }
                if (out != null) {
                    write(in, i, free, takenOut, out);
                    addAll(in, i, add, out);
                }
            }
        } catch (RuntimeException | Error e) {
            in.release();
            if (out != null) {
                out.release();
            }
            throw e;
        }
        return finish(in, out, firstIndex);
    }

    private static TsPackets finish(TsPackets in, @Nullable ByteBuf out, long firstIndex) {
        if (out == null && firstIndex == in.firstPacketIndex()) {
            return in;
        }
        TsPacketFormat format = in.format();
        ByteBuf content = out == null ? in.content().retain() : out;
        in.release();
        return TsPackets.of(content, format, firstIndex);
    }

    private void write(TsPackets in, int i, boolean free, boolean takenOut, ByteBuf out) {
        Queued next = free ? poll() : null;
        byte[] replacement = next != null ? next.bytes : takenOut ? NULL_PACKET : null;
        copyUnit(in, i, replacement, out);
        done(next);
    }

    private void addAll(TsPackets in, int i, boolean add, ByteBuf out) {
        for (Queued next = add ? poll() : null; next != null; next = poll()) {
            copyUnit(in, i, next.bytes, out);
            added++;
            done(next);
        }
    }

    /** Copies packet {@code i} with the bytes around it in its format, or another packet in its place. */
    private static void copyUnit(TsPackets in, int i, byte @Nullable [] replacement, ByteBuf out) {
        TsPacketFormat format = in.format();
        int start = in.indexOf(i) - format.packetOffset();
        int unit = out.writerIndex();
        out.writeBytes(in.content(), start, format.stride());
        if (replacement != null) {
            out.setBytes(unit + format.packetOffset(), replacement);
        }
    }

    private static void done(@Nullable Queued queued) {
        if (queued != null && queued.written != null) {
            queued.written.trySuccess(null);
        }
    }

    private boolean isIdle() {
        return tables.isEmpty() && cues.isEmpty();
    }

    private boolean isTooMuch() {
        return tables.size() + cues.size() > MOST_QUEUED;
    }

    private boolean isOutOfPatience() {
        waited = isIdle() ? 0 : waited + 1;
        return waited > longestWait;
    }

    private @Nullable Queued poll() {
        Queued table = tables.poll();
        Queued next = table != null ? table : cues.poll();
        if (isIdle()) {
            waited = 0; // not before: the others wait on
        }
        return next;
    }

    private static byte[] nullPacket() {
        byte[] bytes = new byte[TsPacket.SIZE];
        Arrays.fill(bytes, (byte) 0xFF);
        bytes[0] = TsPacket.SYNC_BYTE;
        bytes[1] = 0x1F;
        bytes[3] = 0x10;
        return bytes;
    }
}
