// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.stream;

import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** Packets and bytes received, sent and dropped by a sink, a stream or the relay; each adds to the next. Any thread. */
public final class TrafficCounters {
    public final LongAdder receivedPackets = new LongAdder();
    public final LongAdder receivedBytes = new LongAdder();
    public final LongAdder sentPackets = new LongAdder();
    public final LongAdder sentBytes = new LongAdder();
    public final LongAdder droppedPackets = new LongAdder();
    public final LongAdder droppedBytes = new LongAdder();
    public final LongAdder slowDisconnects = new LongAdder();

    private final @Nullable TrafficCounters whole;

    /** Counts a part of {@code whole}, or of nothing. */
    public TrafficCounters(@Nullable TrafficCounters whole) {
        this.whole = whole;
    }

    /** Counts a payload of the source. */
    public void received(int bytes) {
        receivedPackets.increment();
        receivedBytes.add(bytes);
        if (whole != null) {
            whole.received(bytes);
        }
    }

    /** Counts a payload that was handed to a sink's channel. */
    public void sent(int bytes) {
        sentPackets.increment();
        sentBytes.add(bytes);
        if (whole != null) {
            whole.sent(bytes);
        }
    }

    /** Counts a payload that a sink did not get. */
    public void dropped(int bytes) {
        droppedPackets.increment();
        droppedBytes.add(bytes);
        if (whole != null) {
            whole.dropped(bytes);
        }
    }

    /** Counts a sink that was disconnected because it was too slow. */
    public void slowDisconnect() {
        slowDisconnects.increment();
        if (whole != null) {
            whole.slowDisconnect();
        }
    }
}
