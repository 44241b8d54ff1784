// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.media;

import io.github.srtnetty.codec.mpegts.PayloadCutter;
import io.github.srtnetty.codec.mpegts.PcrPayloads;
import io.github.srtnetty.codec.mpegts.TimedPayloads;
import io.github.srtnetty.examples.cli.StandardStreams;
import io.github.srtnetty.examples.pace.RatedPayloads;
import io.github.srtnetty.relay.stream.Intake;
import io.netty.buffer.Unpooled;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Reads a file, or standard input, on a thread of its own, as fast as the intake has room, or at the pace of the clock
 * of a transport stream; after a wait of more than a second the clock restarts, which avoids a burst. Standard input,
 * pipes and devices are read as data arrives. Such a read cannot be interrupted: the thread does not keep the process
 * alive.
 */
final class FileSource implements MediaSource {
    private static final int READ_BYTES = 256 << 10;
    private static final long LONGEST_PARK_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long LATE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final @Nullable Path file;
    private final boolean stored;
    private final MediaOptions options;
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private volatile boolean closed;

    /** Reads this file, standard input where it is null. */
    FileSource(@Nullable Path file, MediaOptions options) {
        this.file = file;
        stored = StandardStreams.isStored(file);
        this.options = options;
    }

    /** Starts the thread that reads; it also opens a pipe, because that blocks until somebody writes to it. */
    @Override
    public void open(Intake intake) throws IOException {
        InputStream opened = stored ? StandardStreams.input(file) : null;
        Thread thread = new Thread(() -> readAll(opened, intake), "file-reader");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public boolean isLive() {
        return false;
    }

    @Override
    public CompletableFuture<Void> ended() {
        return ended;
    }

    @Override
    public void close() {
        closed = true;
    }

    private void readAll(@Nullable InputStream opened, Intake intake) {
        try (InputStream source = opened == null ? StandardStreams.input(file) : opened;
                InputStream in = new BufferedInputStream(source, READ_BYTES)) {
            TimedPayloads payloads = payloads(in);
            intake.awaitRoom();
            long start = System.nanoTime();
            for (var next = payloads.next(); next != null && !closed; next = payloads.next()) {
                parkUntil(start + next.dueNanos());
                intake.awaitRoom();
                long lateNanos = System.nanoTime() - start - next.dueNanos();
                start += lateNanos > LATE_NANOS ? lateNanos : 0;
                intake.payload(Unpooled.wrappedBuffer(next.bytes()), Intake.NO_TIME);
                intake.flush();
            }
            ended.complete(null);
        } catch (IOException | InterruptedException | RuntimeException e) {
            ended.completeExceptionally(e);
        }
    }

    private TimedPayloads payloads(InputStream in) throws IOException {
        boolean byClock = stored && options.pace() == MediaOptions.Pace.BY_CLOCK;
        PayloadCutter cutter = byClock
                ? PayloadCutter.probing(in, options.chunkBytes())
                : PayloadCutter.blind(in, options.chunkBytes());
        return byClock && cutter.isTransportStream() ? new PcrPayloads(cutter) : RatedPayloads.asTheyCome(cutter);
    }

    private void parkUntil(long dueNanos) {
        for (long left = dueNanos - System.nanoTime(); left > 0 && !closed; left = dueNanos - System.nanoTime()) {
            LockSupport.parkNanos(Math.min(left, LONGEST_PARK_NANOS));
        }
    }
}
