// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.bits;

import io.netty.buffer.ByteBuf;

/**
 * How much memory a buffer keeps from being used again, which can be a thousand times its readable bytes: a payload of
 * 1 byte lies in the 1456 bytes that were offered to the read. For queues, whose length a peer may decide on.
 */
public final class BufferMemory {
    /** The most that is put aside beside the bytes: a small buffer is not worth a copy. */
    private static final int TOLERATED_BYTES = 128;

    private BufferMemory() {}

    /**
     * Returns the capacity of the buffer that has the memory; a slice or duplicate has that of the buffer that it was
     * made of.
     */
    public static int heldBytes(ByteBuf buffer) {
        ByteBuf root = buffer;
        for (ByteBuf next = root.unwrap(); next != null; next = root.unwrap()) {
            root = next;
        }
        return root.capacity();
    }

    /** Returns whether the readable bytes are less than half of the memory that the buffer holds. */
    public static boolean isMostlyUnused(ByteBuf buffer) {
        return heldBytes(buffer) > 2 * buffer.readableBytes() + TOLERATED_BYTES;
    }

    /**
     * Returns the buffer, or a copy of its readable bytes where it {@link #isMostlyUnused holds much more}. Takes over
     * {@code buffer}; the caller releases what is returned.
     */
    public static ByteBuf compacted(ByteBuf buffer) {
        if (!isMostlyUnused(buffer)) {
            return buffer;
        }
        try {
            int length = buffer.readableBytes();
            return buffer.alloc().buffer(length, length).writeBytes(buffer);
        } finally {
            buffer.release();
        }
    }
}
