// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.channel;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.FileRegion;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.internal.StringUtil;

/** Converts written messages into messages that {@link SrtWriter} can send. */
final class OutboundMessages {
    private static final String EXPECTED_TYPES = " (expected: ByteBuf, SrtMessage, FileRegion in stream mode)";

    private OutboundMessages() {}

    /**
     * Returns a message whose bytes are in one piece of direct memory: {@code message} itself, or a copy after
     * releasing {@code message}.
     *
     * @param hasMessages whether each write is one message; false in stream mode
     * @throws UnsupportedOperationException for other types; the caller releases {@code message} then
     */
    static Object sendable(Object message, boolean hasMessages, ByteBufAllocator allocator) {
        if (message instanceof ByteBuf buf) {
            return isSendable(buf) ? buf : directCopy(buf, allocator);
        }
        if (message instanceof SrtMessage srtMessage && hasMessages) {
            ByteBuf content = srtMessage.content();
            return isSendable(content) ? srtMessage : srtMessage.replace(directCopy(content, allocator));
        }
        if (message instanceof FileRegion && !hasMessages) {
            return message;
        }
        throw new UnsupportedOperationException(
                "unsupported message type: " + StringUtil.simpleClassName(message) + EXPECTED_TYPES);
    }

    private static boolean isSendable(ByteBuf buf) {
        return buf.hasMemoryAddress() || buf.isDirect() && buf.nioBufferCount() == 1;
    }

    private static ByteBuf directCopy(ByteBuf buf, ByteBufAllocator allocator) {
        int length = buf.readableBytes();
        ByteBuf direct;
        if (allocator.isDirectBufferPooled()) {
            direct = allocator.directBuffer(length);
        } else {
            ByteBuf threadLocal = ByteBufUtil.threadLocalDirectBuffer();
            direct = threadLocal != null ? threadLocal : allocator.directBuffer(length);
        }
        boolean copied = false;
        try {
            direct.writeBytes(buf, buf.readerIndex(), length);
            copied = true;
        } finally {
            if (!copied) {
                direct.release(); // the write releases buf
            }
        }
        ReferenceCountUtil.safeRelease(buf);
        return direct;
    }
}
