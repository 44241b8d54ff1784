// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.stream;

import io.github.srtnetty.codec.bits.BufferMemory;
import io.netty.buffer.ByteBuf;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Passes each payload to every sink, as a slice of the same memory. A payload in a buffer that is much larger is copied
 * once for all sinks. Sinks do not wait for each other.
 *
 * <p>Threads: one for the payloads; sinks may be added and removed by any other.
 */
public final class FanOut<S extends Sink> implements Intake {
    private final List<S> sinks = new CopyOnWriteArrayList<>();

    /** Adds a sink, which gets the payloads from now on. */
    public void add(S sink) {
        sinks.add(sink);
    }

    /** Removes a sink, which is neither closed nor flushed; returns whether it was there. */
    public boolean remove(S sink) {
        return sinks.remove(sink);
    }

    /** Returns the current sinks; the list follows the changes. */
    public List<S> sinks() {
        return sinks;
    }

    @Override
    public void payload(ByteBuf payload, long sourceTimeMicros) {
        if (sinks.isEmpty()) {
            payload.release();
            return;
        }
        ByteBuf compacted = BufferMemory.compacted(payload);
        try {
            for (S sink : sinks) {
                sink.payload(compacted.retainedSlice(), sourceTimeMicros);
            }
        } finally {
            compacted.release();
        }
    }

    @Override
    public void flush() {
        for (S sink : sinks) {
            sink.flush();
        }
    }
}
