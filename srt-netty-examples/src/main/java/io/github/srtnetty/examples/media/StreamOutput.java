// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.media;

import io.github.srtnetty.examples.cli.Failures;
import io.github.srtnetty.examples.cli.StandardStreams;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Writes to a file, or to standard output, on a thread of its own, because a disk or a pipe may be slow. */
final class StreamOutput implements Output {
    private static final int BUFFER_BYTES = 64 << 10;
    private static final ByteBuf END = Unpooled.unreleasableBuffer(Unpooled.buffer(0));

    private final @Nullable Path file;
    private final BlockingQueue<ByteBuf> queue = new LinkedBlockingQueue<>(); // bounded by QUEUE_BYTES
    private final AtomicLong queuedBytes = new AtomicLong(); // of memory
    private final AtomicLong dropped = new AtomicLong();
    private final CompletableFuture<Void> ready = new CompletableFuture<>();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();

    /** Writes to this file, to standard output where it is null. */
    StreamOutput(@Nullable Path file) {
        this.file = file;
    }

    @Override
    public void open() throws IOException {
        OutputStream out = openedFile();
        Thread writer = new Thread(() -> writeAll(out), "file-writer");
        writer.setDaemon(true);
        writer.start();
        ready.complete(null);
    }

    @Override
    public void payload(ByteBuf payload, long sourceTimeMicros) {
        if (ended.isDone() || !hasRoom()) {
            payload.release();
            dropped.incrementAndGet();
            return;
        }
        queuedBytes.addAndGet(QueueCost.of(payload));
        queue.add(payload);
        if (ended.isDone()) {
            releaseQueue(); // the writer may have failed since
        }
    }

    @Override
    public CompletableFuture<Void> ready() {
        return ready;
    }

    @Override
    public CompletableFuture<Void> ended() {
        return ended;
    }

    @Override
    public boolean hasRoom() {
        return queuedBytes.get() < QUEUE_BYTES;
    }

    @Override
    public long dropped() {
        return dropped.get();
    }

    @Override
    public CompletableFuture<Void> finish() {
        if (!ready.isDone()) {
            return CompletableFuture.completedFuture(null); // it was never opened
        }
        queue.add(END);
        return ended;
    }

    private OutputStream openedFile() throws IOException {
        try {
            return StandardStreams.output(file);
        } catch (IOException e) {
            throw failure(e);
        }
    }

    private IOException failure(Exception cause) {
        return Failures.because("cannot write " + StandardStreams.name(file, "output"), cause);
    }

    private void writeAll(OutputStream target) {
        try (OutputStream out = new BufferedOutputStream(target, BUFFER_BYTES)) {
            for (ByteBuf payload = queue.take(); payload != END; payload = queue.take()) {
                write(payload, out);
                if (queue.isEmpty()) {
                    out.flush();
                }
            }
        } catch (IOException | InterruptedException e) {
            ended.completeExceptionally(failure(e));
            releaseQueue();
        }
        ended.complete(null);
    }

    /** Frees what can no longer be written. */
    private void releaseQueue() {
        for (ByteBuf payload = queue.poll(); payload != null; payload = queue.poll()) {
            if (payload != END) {
                queuedBytes.addAndGet(-QueueCost.of(payload));
                payload.release();
                dropped.incrementAndGet();
            }
        }
    }

    private void write(ByteBuf payload, OutputStream out) throws IOException {
        int cost = QueueCost.of(payload);
        try {
            payload.readBytes(out, payload.readableBytes());
        } finally {
            payload.release();
            queuedBytes.addAndGet(-cost);
        }
    }
}
