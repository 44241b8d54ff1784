// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.benchmarks;

import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.UnpooledUnsafeDirectByteBuf;

/** A direct buffer that outlives its release, as one of a pool does, without the cost of an allocator. */
final class ReceiveBuffer extends UnpooledUnsafeDirectByteBuf {
    ReceiveBuffer(byte[] content) {
        super(ByteBufAllocator.DEFAULT, content.length, content.length);
        writeBytes(content);
    }

    /** Hands it out again, with one reference. */
    ReceiveBuffer renew() {
        resetRefCnt();
        readerIndex(0);
        return this;
    }

    @Override
    protected void deallocate() {
        // it stays for the next round
    }
}
