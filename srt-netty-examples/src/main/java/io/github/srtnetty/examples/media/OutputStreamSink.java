// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.media;

import io.github.srtnetty.examples.cli.Failures;
import io.github.srtnetty.examples.cli.StandardStreams;
import io.github.srtnetty.relay.stream.SendQueue;
import io.github.srtnetty.relay.stream.TrafficCounters;
import io.netty.buffer.ByteBuf;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Writes to a file, or to standard output, on a thread of its own, because a disk or a pipe may be slow. A file that is
 * there stays as it is until the first payload.
 */
final class OutputStreamSink implements MediaSink {
    private static final int BUFFER_BYTES = 64 << 10;
    private static final SendQueue.Limits LIMITS = new SendQueue.Limits(
            QUEUE_BYTES, QUEUE_BYTES, SendQueue.Limits.NO_AGE_LIMIT, SendQueue.WhenFull.DROP_NEWEST);

    private final @Nullable Path file;
    private final TrafficCounters counters = new TrafficCounters(null);
    private final SendQueue queue = new SendQueue(LIMITS, counters);
    private final CompletableFuture<Void> ready = new CompletableFuture<>();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();

    /** Writes to this file, to standard output where it is null. */
    OutputStreamSink(@Nullable Path file) {
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
        if (!ready.isDone() || ended.isDone()) { // it cannot be written: nobody waits for it, and it is counted
            counters.dropped(payload.readableBytes());
            payload.release();
            return;
        }
        queue.offer(payload, sourceTimeMicros, System.nanoTime());
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
        return ended.isDone() || queue.hasRoom();
    }

    @Override
    public long dropped() {
        return counters.droppedPackets.sum();
    }

    @Override
    public CompletableFuture<Void> finish() {
        if (!ready.isDone()) {
            return CompletableFuture.completedFuture(null); // it was never opened
        }
        queue.end();
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
            for (SendQueue.Entry next = queue.take(); next != null; next = queue.take()) {
                write(next.payload(), out);
                if (queue.isEmpty()) {
                    out.flush();
                }
            }
        } catch (IOException | InterruptedException e) {
            ended.completeExceptionally(failure(e));
            queue.close();
        }
        ended.complete(null);
    }

    private static void write(ByteBuf payload, OutputStream out) throws IOException {
        try {
            payload.readBytes(out, payload.readableBytes());
        } finally {
            payload.release();
        }
    }
}
