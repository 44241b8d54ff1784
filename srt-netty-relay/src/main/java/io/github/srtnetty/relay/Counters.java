// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay;

import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** What went where: of a player, of its stream, of the relay; each also adds to the next. Any thread. */
final class Counters {
    final LongAdder receivedPackets = new LongAdder();
    final LongAdder receivedBytes = new LongAdder();
    final LongAdder sentPackets = new LongAdder();
    final LongAdder sentBytes = new LongAdder();
    final LongAdder droppedPackets = new LongAdder();
    final LongAdder droppedBytes = new LongAdder();
    final LongAdder slowDisconnects = new LongAdder();

    private final @Nullable Counters whole;

    /** Counts a part of {@code whole}, or of nothing. */
    Counters(@Nullable Counters whole) {
        this.whole = whole;
    }

    void received(int bytes) {
        receivedPackets.increment();
        receivedBytes.add(bytes);
        if (whole != null) {
            whole.received(bytes);
        }
    }

    void sent(int bytes) {
        sentPackets.increment();
        sentBytes.add(bytes);
        if (whole != null) {
            whole.sent(bytes);
        }
    }

    void dropped(int bytes) {
        droppedPackets.increment();
        droppedBytes.add(bytes);
        if (whole != null) {
            whole.dropped(bytes);
        }
    }

    void slowDisconnect() {
        slowDisconnects.increment();
        if (whole != null) {
            whole.slowDisconnect();
        }
    }
}
