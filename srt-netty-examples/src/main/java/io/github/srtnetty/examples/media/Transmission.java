// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.media;

import io.github.srtnetty.examples.cli.Failures;
import io.github.srtnetty.relay.stream.FanOut;
import io.github.srtnetty.relay.stream.Intake;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Passes each payload of one source to every sink. Sinks do not wait for each other: a sink loses the payloads for
 * which it has no room. Only a source that is not live is held back, first until sinks are ready, then until they have
 * room: with several sinks at most one second for each, and then not again until that sink has room; with a single
 * sink without limit.
 *
 * <p>A failed sink is reported once and gets no more payloads; the others continue until the last one has failed.
 */
public final class Transmission implements Intake {
    private static final long POLL_NANOS = TimeUnit.MICROSECONDS.toNanos(200);
    private static final long LONGEST_WAIT_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final int LATECOMER_SECONDS = 3;

    private final MediaSource source;
    private final FanOut<MediaSink> fanOut = new FanOut<>();
    private final List<MediaSink> sinks;
    private final boolean[] stalled; // by the source's thread
    private final Set<MediaSink> failed =
            Collections.synchronizedSet(Collections.newSetFromMap(new IdentityHashMap<>()));
    private final CompletableFuture<Void> sinksEnded = new CompletableFuture<>();
    private final Consumer<Throwable> failures;
    private volatile long lastPayloadNanos = System.nanoTime();
    private volatile boolean passed;
    private boolean begun;

    /**
     * Connects a source with its sinks, one at least.
     *
     * @param failures gets the reason when a sink fails, at most once for each sink, on any thread
     */
    public Transmission(MediaSource source, List<MediaSink> sinks, Consumer<Throwable> failures) {
        this.source = source;
        this.failures = failures;
        this.sinks = List.copyOf(sinks);
        stalled = new boolean[sinks.size()];
        sinks.forEach(fanOut::add);
    }

    /**
     * Opens every sink, then the source.
     *
     * @throws IOException when the source cannot be opened
     */
    public void open() throws IOException, InterruptedException {
        for (MediaSink sink : sinks) {
            try {
                sink.open();
            } catch (IOException e) {
                fail(sink, e);
            }
            sink.ended().whenComplete((done, failure) -> end(sink, failure));
        }
        if (hasWorkingSink()) {
            source.open(this);
        }
    }

    /**
     * Returns a future that completes when the source or a sink has ended in order, or every sink has failed, and fails
     * when the source cannot continue.
     */
    public CompletableFuture<?> ended() {
        return CompletableFuture.anyOf(source.ended(), sinksEnded);
    }

    /** Returns whether a sink has failed. Any thread. */
    public boolean hasFailed(MediaSink sink) {
        return failed.contains(sink);
    }

    /**
     * Closes the source and begins to close every sink.
     *
     * @return completes when everything that was queued is sent, or its sink has failed, which is reported before
     */
    public CompletableFuture<Void> finish() {
        source.close();
        return CompletableFuture.allOf(sinks.stream().map(this::finish).toArray(CompletableFuture<?>[]::new));
    }

    /** Returns whether there was any payload. Any thread. */
    public boolean hasPassedPayload() {
        return passed;
    }

    /** Returns the time in nanoseconds since the last payload. Any thread. */
    public long silentNanos() {
        return System.nanoTime() - lastPayloadNanos;
    }

    @Override
    public void payload(ByteBuf payload, long sourceTimeMicros) {
        lastPayloadNanos = System.nanoTime();
        passed = true;
        fanOut.payload(payload, sourceTimeMicros);
    }

    @Override
    public void flush() {
        fanOut.flush();
    }

    @Override
    public void awaitRoom() throws InterruptedException {
        if (source.isLive()) {
            throw new IllegalStateException("a live source is never held back");
        }
        if (!begun) {
            awaitReady();
            begun = true;
        }
        for (int i = 0; i < stalled.length; i++) {
            stalled[i] = !awaitRoom(sinks.get(i), stalled[i]);
        }
    }

    private CompletableFuture<Void> finish(MediaSink sink) {
        return sink.finish().handle((done, failure) -> {
            Throwable reason = failure == null ? failureOf(sink.ended()) : failure;
            if (reason != null) {
                fail(sink, reason instanceof CompletionException ? Failures.cause(reason) : reason);
            }
            return null;
        });
    }

    private void end(MediaSink sink, @Nullable Throwable failure) {
        if (failure != null) {
            fail(sink, failure);
        } else {
            sinksEnded.complete(null);
        }
    }

    private static @Nullable Throwable failureOf(CompletableFuture<Void> ended) {
        return ended.handle((done, failure) -> failure).getNow(null);
    }

    /** Reports a failure; if another thread is about to, waits until it has: the process may end after this. */
    private void fail(MediaSink sink, Throwable failure) {
        synchronized (failed) {
            if (failed.add(sink)) {
                failures.accept(failure);
            }
        }
        if (!hasWorkingSink()) {
            sinksEnded.complete(null);
        }
    }

    private boolean hasWorkingSink() {
        return failed.size() < sinks.size();
    }

    /** Returns whether there is room; at once if there was none before. */
    private boolean awaitRoom(MediaSink sink, boolean wasStalled) {
        long start = System.nanoTime();
        while (!sink.hasRoom()) {
            boolean tooLong = stalled.length > 1 && System.nanoTime() - start > LONGEST_WAIT_NANOS;
            if (wasStalled || tooLong || failed.contains(sink) || sink.ended().isDone()) {
                return false;
            }
            lastPayloadNanos = System.nanoTime(); // it is not the source that is silent
            LockSupport.parkNanos(POLL_NANOS);
        }
        return true;
    }

    /** Waits for one sink without limit, and a moment longer for the others. */
    private void awaitReady() throws InterruptedException {
        CompletableFuture<?>[] ready = sinks.stream()
                .filter(sink -> !failed.contains(sink))
                .map(MediaSink::ready)
                .toArray(CompletableFuture<?>[]::new);
        try {
            CompletableFuture.anyOf(ready).get();
            CompletableFuture.allOf(ready).get(LATECOMER_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            begun = true; // without those that are late
        } catch (ExecutionException e) {
            throw new IllegalStateException("a sink is ready or is not, and does not fail", e);
        }
    }
}
