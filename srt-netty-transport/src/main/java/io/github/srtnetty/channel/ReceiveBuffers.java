// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.channel;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelConfig;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.util.concurrent.FastThreadLocal;
import java.nio.ByteBuffer;

/**
 * Allocates the buffers that a connection receives into. They are direct and, in message mode, as large as a message,
 * because libsrt truncates a message that does not fit without an error. A message of file mode may be as long as the
 * receive buffer, and libsrt does not report its length beforehand, so it is received into one long buffer of the
 * thread and copied. Event loop.
 */
final class ReceiveBuffers {
    /** The buffer that long messages are received into, one per loop; the garbage collector frees it. */
    private static final FastThreadLocal<ByteBuf> SCRATCH = new FastThreadLocal<>() {
        @Override
        protected ByteBuf initialValue() {
            return Unpooled.EMPTY_BUFFER;
        }
    };

    private final ChannelConfig config;
    private SrtNegotiated negotiated = SrtNegotiated.NONE;

    /** Creates buffers with the allocator of {@code config}. */
    ReceiveBuffers(ChannelConfig config) {
        this.config = config;
    }

    /** Sets the negotiated parameters when the connection is up. */
    void connected(SrtNegotiated parameters) {
        negotiated = parameters;
    }

    /** Returns a direct buffer that is large enough for the next message; the caller releases it. */
    ByteBuf allocate(RecvByteBufAllocator.ExtendedHandle handle) {
        if (hasLongMessages()) {
            return scratch(negotiated.longestIncoming());
        }
        ByteBufAllocator allocator = config.getAllocator();
        ByteBuf buf = handle.allocate(allocator);
        // whatever size the user's allocator guesses: libsrt rejects smaller buffers in live mode
        int capacity = Math.max(buf.writableBytes(), negotiated.longestIncoming());
        if (buf.isDirect() && capacity == buf.writableBytes()) {
            return buf;
        }
        buf.release();
        return allocator.directBuffer(capacity);
    }

    /** Takes ownership of {@code buf}, and returns the data received into it in a buffer for the pipeline. */
    ByteBuf received(ByteBuf buf) {
        if (!hasLongMessages()) {
            return buf;
        }
        try {
            return config.getAllocator().directBuffer(buf.readableBytes()).writeBytes(buf);
        } finally {
            buf.release();
        }
    }

    private boolean hasLongMessages() {
        return negotiated.messages() && !negotiated.live();
    }

    private static ByteBuf scratch(int capacity) {
        ByteBuf scratch = SCRATCH.get();
        if (scratch.capacity() < capacity) {
            scratch = Unpooled.wrappedBuffer(ByteBuffer.allocateDirect(capacity));
            SCRATCH.set(scratch);
        }
        return scratch.retain().clear();
    }
}
