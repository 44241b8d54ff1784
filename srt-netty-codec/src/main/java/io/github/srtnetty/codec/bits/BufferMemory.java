// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.bits;

import io.netty.buffer.ByteBuf;

/**
 * The memory that a buffer occupies, which can be a thousand times its readable bytes: a received payload of 1 byte
 * occupies the 1456 bytes of its receive buffer. For queues whose length depends on a peer.
 */
public final class BufferMemory {
    /** The unused bytes that are always tolerated, because a small buffer is not worth a copy. */
    private static final int TOLERATED_BYTES = 128;

    private BufferMemory() {}

    /**
     * Returns the bytes of memory that the buffer holds; for a slice or a duplicate, the capacity of the original
     * buffer.
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
     * Returns the buffer, or a copy of its readable bytes if it {@link #isMostlyUnused holds much more}. Takes
     * ownership of {@code buffer}; the caller releases the result.
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
