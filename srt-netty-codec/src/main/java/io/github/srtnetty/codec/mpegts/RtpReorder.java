// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.mpegts;

import io.netty.buffer.ByteBuf;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Reorders the payloads of RTP packets by their sequence numbers. */
final class RtpReorder {
    /** The number of packets held after a gap: more than networks reorder, 30 ms of a stream of 10 Mbit/s. */
    static final int WINDOW = 32;
    /** A larger step of the sequence number begins a new stream. */
    private static final int MOST_STEP = 1000;

    private final TreeMap<Long, ByteBuf> held = new TreeMap<>();
    private long next = -1;

    /**
     * Takes ownership of {@code payload}. Passes payloads that are in order to {@code out}, which takes ownership of
     * them.
     */
    void add(int sequence, ByteBuf payload, Consumer<ByteBuf> out) {
        if (next < 0) {
            next = sequence + 0x10000L;
        }
        int step = (short) (sequence - (int) next);
        if (Math.abs(step) > MOST_STEP) {
            flush(out);
            next = sequence + 0x10000L;
            step = 0;
        }
        if (step < 0 || held.putIfAbsent(next + step, payload) != null) {
            payload.release(); // repeated or too late
            return;
        }
        if (held.size() > WINDOW) {
            next = held.firstKey();
        }
        while (held.containsKey(next)) {
            ByteBuf ordered = held.remove(next);
            next++;
            out.accept(ordered);
        }
    }

    /** Passes on all held payloads. */
    void flush(Consumer<ByteBuf> out) {
        while (!held.isEmpty()) {
            long first = held.firstKey();
            next = first + 1;
            out.accept(held.remove(first));
        }
    }
}
