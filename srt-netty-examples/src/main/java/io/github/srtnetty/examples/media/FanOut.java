// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.media;

import io.github.srtnetty.codec.bits.BufferMemory;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

/**
 * Gives each payload to every output, uncopied unless it holds much more memory than it has bytes. Outputs do not wait
 * for each other: what one cannot take it loses. Only an input that can wait (a file) does so, first until outputs are
 * ready, then for room: at most a second for each output that has another beside it, and then no more until that one
 * has room again; for a single output as long as it takes.
 */
public final class FanOut implements Receiver {
    private static final long POLL_NANOS = TimeUnit.MICROSECONDS.toNanos(200);
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final int LATECOMER_SECONDS = 3;

    private final List<Output> outputs;
    private final boolean[] stalled; // by the input's thread
    private volatile long lastPayloadNanos = System.nanoTime();
    private boolean begun;

    /** Gives payloads to these outputs, one at least. */
    public FanOut(List<Output> outputs) {
        this.outputs = List.copyOf(outputs);
        stalled = new boolean[outputs.size()];
    }

    /** Opens every output. */
    public void open() throws IOException, InterruptedException {
        for (Output output : outputs) {
            output.open();
        }
    }

    /** Returns what is done when an output has ended, and fails when one cannot go on. */
    public CompletableFuture<?> ended() {
        return CompletableFuture.anyOf(outputs.stream().map(Output::ended).toArray(CompletableFuture<?>[]::new));
    }

    /** Begins to close every output; done when what is left is written, fails when one cannot do that. */
    public CompletableFuture<Void> finish() {
        return CompletableFuture.allOf(outputs.stream().map(Output::finish).toArray(CompletableFuture<?>[]::new));
    }

    /** Returns how long nothing has come. Any thread. */
    public long silentNanos() {
        return System.nanoTime() - lastPayloadNanos;
    }

    @Override
    public void payload(ByteBuf payload, long sourceTimeMicros) {
        lastPayloadNanos = System.nanoTime();
        ByteBuf compacted = BufferMemory.compacted(payload);
        int last = outputs.size() - 1;
        for (int i = 0; i < last; i++) {
            outputs.get(i).payload(compacted.retainedDuplicate(), sourceTimeMicros);
        }
        outputs.get(last).payload(compacted, sourceTimeMicros);
    }

    @Override
    public void burstEnded() {
        for (Output output : outputs) {
            output.burstEnded();
        }
    }

    @Override
    public void awaitRoom() throws InterruptedException {
        if (!begun) {
            awaitReady();
            begun = true;
        }
        for (int i = 0; i < stalled.length; i++) {
            stalled[i] = !awaitRoom(outputs.get(i), stalled[i]);
        }
    }

    /** Returns whether there is room, at once where there was none before. */
    private boolean awaitRoom(Output output, boolean wasStalled) {
        long start = System.nanoTime();
        while (!output.hasRoom()) {
            boolean impatient = stalled.length > 1 && System.nanoTime() - start > PATIENCE_NANOS;
            if (wasStalled || impatient || output.ended().isDone()) {
                return false;
            }
            lastPayloadNanos = System.nanoTime(); // it is not the input that is silent
            LockSupport.parkNanos(POLL_NANOS);
        }
        return true;
    }

    /** Waits for one output without limit, and a moment longer for the others. */
    private void awaitReady() throws InterruptedException {
        CompletableFuture<?>[] ready = outputs.stream().map(Output::ready).toArray(CompletableFuture<?>[]::new);
        try {
            CompletableFuture.anyOf(ready).get();
            CompletableFuture.allOf(ready).get(LATECOMER_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            begun = true; // without those that are late
        } catch (ExecutionException e) {
            throw new IllegalStateException("an output is ready or is not, and does not fail", e);
        }
    }
}
