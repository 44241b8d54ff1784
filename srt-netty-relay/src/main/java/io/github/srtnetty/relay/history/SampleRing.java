// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.history;

import java.util.ArrayDeque;
import java.util.Arrays;

/**
 * The last samples of one resolution. Memory is allocated in chunks of {@link #CHUNK_STEPS} over time. If the
 * budget is used up, the oldest chunk is reused, so the ring gets shorter; it always has one chunk.
 */
final class SampleRing {
    /** A minute of seconds; a stream that ends within a minute costs no more. */
    static final int CHUNK_STEPS = 60;

    /** The values of a chunk, without the objects around them (about 40 bytes). */
    static final int CHUNK_BYTES = CHUNK_STEPS * Quantity.COUNT * Float.BYTES;

    private static final class Chunk {
        private final float[] values = new float[CHUNK_STEPS * Quantity.COUNT];
        private long index;

        void begin(long newIndex) {
            index = newIndex;
            Arrays.fill(values, Float.NaN);
        }
    }

    private final ArrayDeque<Chunk> chunks = new ArrayDeque<>();
    private final int mostChunks;
    private final HistoryBudget budget;

    SampleRing(int steps, HistoryBudget budget) {
        mostChunks = steps / CHUNK_STEPS + 1; // a range begins anywhere in a chunk
        this.budget = budget;
    }

    /** Sets the values of a step; steps before the last chunk are ignored, as after a clock was set back. */
    void put(long step, float[] values) {
        long index = Math.floorDiv(step, CHUNK_STEPS);
        Chunk last = chunks.peekLast();
        if (last != null && index < last.index) {
            return;
        }
        if (last == null || index > last.index) {
            last = next(index);
        }
        System.arraycopy(values, 0, last.values, offset(step), Quantity.COUNT);
    }

    /** Returns the value of a quantity in a step, NaN where there is none. */
    float get(long step, Quantity quantity) {
        long index = Math.floorDiv(step, CHUNK_STEPS);
        for (Chunk chunk : chunks) {
            if (chunk.index == index) {
                return chunk.values[offset(step) + quantity.ordinal()];
            }
        }
        return Float.NaN;
    }

    /** Copies the values of one quantity, NaN where there is none. */
    void copy(long firstStep, Quantity quantity, float[] target) {
        Arrays.fill(target, Float.NaN);
        for (Chunk chunk : chunks) {
            long chunkStep = chunk.index * CHUNK_STEPS;
            long from = Math.max(firstStep, chunkStep);
            long to = Math.min(firstStep + target.length, chunkStep + CHUNK_STEPS);
            for (long step = from; step < to; step++) {
                target[(int) (step - firstStep)] = chunk.values[offset(step) + quantity.ordinal()];
            }
        }
    }

    int bytes() {
        return chunks.size() * CHUNK_BYTES;
    }

    void release() {
        budget.release(bytes());
        chunks.clear();
    }

    private Chunk next(long index) {
        Chunk chunk;
        if (chunks.isEmpty()) {
            budget.reserveAlways(CHUNK_BYTES);
            chunk = new Chunk();
        } else if (chunks.size() < mostChunks && budget.reserve(CHUNK_BYTES)) {
            chunk = new Chunk();
        } else {
            chunk = chunks.removeFirst();
        }
        chunk.begin(index);
        chunks.addLast(chunk);
        return chunk;
    }

    private static int offset(long step) {
        return Math.floorMod(step, CHUNK_STEPS) * Quantity.COUNT;
    }
}
