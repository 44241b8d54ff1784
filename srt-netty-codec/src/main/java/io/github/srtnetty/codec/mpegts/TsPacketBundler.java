// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.mpegts;

import io.github.srtnetty.codec.bits.BufferMemory;
import io.github.srtnetty.codec.bits.MalformedDataException;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.PromiseCombiner;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Bundles written packets into messages of 7 x 188 bytes, which fit into one SRT or UDP payload. Accepts {@link
 * TsPackets} and {@code ByteBuf}s of whole packets. Other messages are passed on after the held packets.
 *
 * <pre>
 * when                                  result
 * a message is full                     it is written
 * flush(), no delay set                 the rest is written, however short, and all is flushed
 * flush(), a delay set                  full messages are flushed; the rest follows when full or after the delay
 * close(), disconnect, handler removed  the rest is written and flushed first
 * </pre>
 *
 * <p>Full messages are slices of the written buffers, unless a slice would keep a much larger buffer in memory.
 *
 * <p>The promise of a write completes when all messages with its bytes are written, and fails when one of them fails.
 * Bytes that are not packets fail their write with {@link MalformedDataException} and are released.
 */
public final class TsPacketBundler extends ChannelDuplexHandler {
    /** The default number of packets in a message: 7, which are 1316 bytes. */
    public static final int PACKETS_PER_MESSAGE = 7;

    private final int messageSize;
    private final long delayNanos;
    private @Nullable ByteBuf held;
    private List<ChannelPromise> heldPromises = new ArrayList<>();
    private @Nullable Future<?> timer;

    /** Creates a bundler with messages of 7 packets and no delay at a flush. */
    public TsPacketBundler() {
        this(PACKETS_PER_MESSAGE, Duration.ZERO);
    }

    /**
     * Creates a bundler with messages of {@code packetsPerMessage} packets.
     *
     * @param maxDelay how long a message that is not full may wait after a flush; zero: no delay
     */
    public TsPacketBundler(int packetsPerMessage, Duration maxDelay) {
        if (packetsPerMessage < 1 || maxDelay.isNegative()) {
            throw new IllegalArgumentException(packetsPerMessage + " packets in a message, delay " + maxDelay);
        }
        this.messageSize = packetsPerMessage * TsPacket.SIZE;
        this.delayNanos = maxDelay.toNanos();
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object msg, ChannelPromise promise) {
        if (!(msg instanceof ByteBuf || msg instanceof TsPackets)) {
            writeHeld(ctx);
            ctx.write(msg, promise);
            return;
        }
        TsPackets packets;
        try {
            packets = msg instanceof ByteBuf bytes ? TsPackets.of(bytes) : (TsPackets) msg;
        } catch (MalformedDataException e) {
            ReferenceCountUtil.release(msg);
            promise.setFailure(e);
            return;
        }
        try {
            add(ctx, packets, promise);
        } finally {
            packets.release();
        }
    }

    private void add(ChannelHandlerContext ctx, TsPackets packets, ChannelPromise promise) {
        int count = packets.count();
        if (count == 0) {
            promise.setSuccess();
            return;
        }
        boolean whole = count <= room() || promise.isVoid();
        boolean sliceable =
                packets.format() == TsPacketFormat.TS_188 && !BufferMemory.isMostlyUnused(packets.content());
        PromiseCombiner parts = whole ? null : new PromiseCombiner(ctx.executor());
        for (int i = 0; i < count; ) {
            int length = Math.min(count - i, room());
            ChannelPromise part = parts == null ? promise : newPart(ctx, parts);
            if (length * TsPacket.SIZE == messageSize && sliceable) {
                ctx.write(packets.content().retainedSlice(packets.indexOf(i), messageSize), part);
            } else {
                hold(ctx, packets, i, length, part);
            }
            i += length;
        }
        if (parts != null) {
            parts.finish(promise);
        }
    }

    /** Returns the number of packets that still fit into the current message. */
    private int room() {
        return (held == null ? messageSize : held.writableBytes()) / TsPacket.SIZE;
    }

    /**
     * Returns a promise for one message of a write; the promise of the write must not complete before the last message.
     */
    private static ChannelPromise newPart(ChannelHandlerContext ctx, PromiseCombiner parts) {
        ChannelPromise part = ctx.newPromise();
        parts.add((Future<?>) part);
        return part;
    }

    private void hold(ChannelHandlerContext ctx, TsPackets packets, int from, int length, ChannelPromise promise) {
        ByteBuf message = held == null ? ctx.alloc().buffer(messageSize, messageSize) : held;
        held = message;
        for (int i = from; i < from + length; i++) {
            message.writeBytes(packets.content(), packets.indexOf(i), TsPacket.SIZE);
        }
        heldPromises.add(promise);
        if (!message.isWritable()) {
            writeHeld(ctx);
        }
    }

    private void writeHeld(ChannelHandlerContext ctx) {
        stopTimer();
        if (held == null) {
            return;
        }
        ByteBuf message = held;
        List<ChannelPromise> promises = heldPromises;
        held = null;
        heldPromises = new ArrayList<>();
        ctx.write(message).addListener(done -> {
            for (ChannelPromise promise : promises) {
                if (done.isSuccess()) {
                    promise.trySuccess();
                } else {
                    promise.tryFailure(done.cause());
                }
            }
        });
    }

    @Override
    public void flush(ChannelHandlerContext ctx) {
        if (delayNanos == 0) {
            writeHeld(ctx);
        } else if (held != null && timer == null) {
            timer = ctx.executor().schedule(() -> onDelay(ctx), delayNanos, TimeUnit.NANOSECONDS);
        }
        ctx.flush();
    }

    private void onDelay(ChannelHandlerContext ctx) {
        timer = null;
        writeHeld(ctx);
        ctx.flush();
    }

    private void stopTimer() {
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }

    @Override
    public void close(ChannelHandlerContext ctx, ChannelPromise promise) {
        writeRest(ctx);
        ctx.close(promise);
    }

    @Override
    public void disconnect(ChannelHandlerContext ctx, ChannelPromise promise) {
        writeRest(ctx);
        ctx.disconnect(promise);
    }

    /** Writes the held packets, so that the closed channel fails them and their promises. */
    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        writeRest(ctx);
        ctx.fireChannelInactive();
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        writeRest(ctx);
    }

    private void writeRest(ChannelHandlerContext ctx) {
        if (held != null) {
            writeHeld(ctx);
            ctx.flush();
        }
    }
}
