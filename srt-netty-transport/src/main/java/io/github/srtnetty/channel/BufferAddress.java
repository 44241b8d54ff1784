// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.channel;

import io.github.srtnetty.libsrt.NativeMemory;
import io.netty.buffer.ByteBuf;

/** Native addresses of direct buffers. The buffer must stay referenced while libsrt uses the address. */
final class BufferAddress {
    private BufferAddress() {}

    static long ofReadable(ByteBuf buf) {
        return of(buf, buf.readerIndex(), buf.readableBytes());
    }

    static long ofWritable(ByteBuf buf) {
        return of(buf, buf.writerIndex(), buf.writableBytes());
    }

    private static long of(ByteBuf buf, int index, int length) {
        if (buf.hasMemoryAddress()) {
            return buf.memoryAddress() + index;
        }
        return NativeMemory.addressOf(buf.internalNioBuffer(index, length));
    }
}
