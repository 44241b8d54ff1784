// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.live;

import io.github.srtnetty.codec.bits.BufferMemory;
import io.github.srtnetty.relay.stream.QueueCost;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Ends a pipeline: writes what arrives, byte for byte, on a thread of its own, because a disk must not hold up an event
 * loop. Where the disk is slower than the network the channel is not read any more until the queue is short again.
 */
@Sharable
final class FileSink extends ChannelInboundHandlerAdapter implements AutoCloseable {
    private static final int BUFFER_BYTES = 64 << 10;
    private static final long HIGH_BYTES = 16 << 20;
    private static final long LOW_BYTES = 4 << 20;
    private static final ByteBuf END = Unpooled.unreleasableBuffer(Unpooled.buffer(0));

    private final BlockingQueue<ByteBuf> queue = new LinkedBlockingQueue<>(); // bounded by HIGH_BYTES and one read turn
    private final AtomicLong queuedBytes = new AtomicLong(); // of memory, with what an entry costs
    private final AtomicReference<@Nullable Channel> paused = new AtomicReference<>();
    private final CompletableFuture<Void> written = new CompletableFuture<>();
    private final OutputStream out;
    private final Thread writer;

    FileSink(OutputStream target) {
        out = new BufferedOutputStream(target, BUFFER_BYTES);
        writer = new Thread(this::writeAll, "file-writer");
        writer.setDaemon(true);
        writer.start();
    }

    /**
     * Returns a future that completes when the sink is closed and everything is written, and fails as soon as a write
     * fails.
     */
    CompletableFuture<Void> written() {
        return written;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object msg) {
        ByteBuf buf = BufferMemory.compacted((ByteBuf) msg);
        long queued = queuedBytes.addAndGet(QueueCost.of(buf));
        queue.add(buf);
        if (queued > HIGH_BYTES) {
            ctx.channel().config().setAutoRead(false);
            paused.set(ctx.channel());
            resumeIfShort();
        }
    }

    /** Waits until everything is written, and closes the file. May be called more than once, from any thread. */
    @Override
    public void close() {
        close(Duration.ZERO);
    }

    /** Does the same as {@link #close()}, but for at most this time unless it is zero. */
    void close(Duration atMost) {
        queue.add(END);
        try {
            writer.join(atMost.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void writeAll() {
        try (out) {
            for (ByteBuf buf = queue.take(); buf != END; buf = queue.take()) {
                write(buf);
                if (queue.isEmpty()) {
                    out.flush();
                }
            }
            out.flush();
        } catch (IOException | InterruptedException e) {
            written.completeExceptionally(e);
            for (ByteBuf buf = queue.poll(); buf != null; buf = queue.poll()) {
                buf.release(); // the program ends
            }
            return;
        }
        written.complete(null);
    }

    private void write(ByteBuf buf) throws IOException {
        int cost = QueueCost.of(buf);
        try {
            buf.readBytes(out, buf.readableBytes());
        } finally {
            buf.release();
            queuedBytes.addAndGet(-cost);
            resumeIfShort();
        }
    }

    private void resumeIfShort() {
        if (queuedBytes.get() <= LOW_BYTES) {
            Channel channel = paused.getAndSet(null);
            if (channel != null) {
                channel.config().setAutoRead(true);
            }
        }
    }
}
