// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.stream;

import io.netty.buffer.ByteBuf;

/**
 * The payloads that a source sends while an earlier one of its stream still delivers: held here, not in libsrt, whose
 * receive buffer must not fill. Otherwise libsrt 1.5.1 stops the sender forever, or breaks the connection if it may
 * drop packets ({@code SEQUENCE DISCREPANCY}). Beyond the limit, the oldest payloads are dropped, so the gap is where
 * the sources change. Any thread.
 */
final class HeldPayloads {
    private final LiveStream stream;
    private final TrafficCounters counters;
    private final SendQueue queue;
    private boolean holds = true;

    HeldPayloads(LiveStream stream) {
        this.stream = stream;
        counters = new TrafficCounters(stream.counters());
        queue = new SendQueue(SendQueue.Limits.HELD, counters);
    }

    /** Holds a payload, or passes it on after {@link #release}. */
    synchronized void payload(ByteBuf payload) {
        if (holds) {
            queue.offer(payload, Intake.NO_TIME, System.nanoTime());
        } else {
            stream.payload(payload, Intake.NO_TIME);
        }
    }

    /** Passes on what is held, and from now on everything; returns how many payloads were dropped. */
    synchronized long release() {
        holds = false;
        for (SendQueue.Entry next = queue.poll(); next != null; next = queue.poll()) {
            stream.payload(next.payload(), Intake.NO_TIME);
        }
        stream.flush();
        return counters.droppedPackets.sum();
    }
}
