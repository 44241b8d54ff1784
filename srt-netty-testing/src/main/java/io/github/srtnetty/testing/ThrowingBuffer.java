// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.testing;

import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.buffer.UnpooledUnsafeDirectByteBuf;

/** A direct buffer that throws, once it is written, when the transport asks where its bytes are. */
public final class ThrowingBuffer extends UnpooledUnsafeDirectByteBuf {
    private final Throwable failure;
    private int asked;

    /** Creates one of {@code length} zero bytes that throws {@code failure}, which must be unchecked. */
    public ThrowingBuffer(int length, Throwable failure) {
        super(UnpooledByteBufAllocator.DEFAULT, length, length);
        this.failure = failure;
        writeZero(length);
    }

    @Override
    public long memoryAddress() {
        asked++;
        throw ThrowingBuffer.<RuntimeException>unchecked(failure);
    }

    /** Returns how often the transport has asked. */
    public int asked() {
        return asked;
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <T extends Throwable> T unchecked(Throwable failure) throws T {
        throw (T) failure;
    }
}
