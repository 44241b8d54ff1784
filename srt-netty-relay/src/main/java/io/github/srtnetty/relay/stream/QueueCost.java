// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.stream;

import io.github.srtnetty.codec.bits.BufferMemory;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufHolder;
import io.netty.channel.MessageSizeEstimator;

/**
 * The cost of a queued payload: the memory that its buffer holds, and what a queue has for each entry. So a number of
 * bytes bounds the memory of a queue and the number of its entries, however short the payloads are.
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
