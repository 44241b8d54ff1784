// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.stream;

import io.github.srtnetty.codec.bits.BufferMemory;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufHolder;
import io.netty.channel.MessageSizeEstimator;

/**
 * The cost of a queued payload: the memory of its buffer plus the overhead of a queue entry. So a limit in bytes
 * bounds both the memory and the number of entries of a queue, even with short payloads.
 */
public final class QueueCost implements MessageSizeEstimator {
    /**
     * A buffer's object, its reference count, the queue's node, in Netty also the promise and the task of another
     * thread.
     */
    public static final int ENTRY_BYTES = 256;

    /** For the queues of channels. */
    public static final QueueCost ESTIMATOR = new QueueCost();

    private static final Handle HANDLE =
            message -> message instanceof ByteBuf || message instanceof ByteBufHolder ? of(message) : ENTRY_BYTES;

    private QueueCost() {}

    /** Returns the cost of a payload in bytes. */
    public static int of(ByteBuf payload) {
        return BufferMemory.heldBytes(payload) + ENTRY_BYTES;
    }

    private static int of(Object message) {
        return of(message instanceof ByteBufHolder holder ? holder.content() : (ByteBuf) message);
    }

    @Override
    public Handle newHandle() {
        return HANDLE;
    }
}
