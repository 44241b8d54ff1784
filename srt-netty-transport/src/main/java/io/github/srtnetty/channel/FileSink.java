// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.channel;

import io.github.srtnetty.libsrt.NativeMemory;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import org.jspecify.annotations.Nullable;

/**
 * The target of a {@link io.netty.channel.FileRegion} for one piece: a socket in stream mode. It accepts a bounded
 * number of bytes and then reports that it is full, so that a long file does not occupy the loop.
 */
final class FileSink implements WritableByteChannel {
    private static final int PIECE_BYTES = 64 * 1024;

    private final NativeSocket socket;
    private int left = PIECE_BYTES;
    private int result;
    private @Nullable ByteBuffer copy;

    FileSink(NativeSocket socket) {
        this.socket = socket;
    }

    /** Returns the result of the last send; negative if the socket would block or is gone. */
    int result() {
        return result;
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
        int length = Math.min(source.remaining(), left);
        if (length == 0 || result < 0) {
            return 0;
        }
        result = socket.send(NativeMemory.addressOf(direct(source, length)), length, null);
        if (result <= 0) {
            return 0;
        }
        left -= result;
        source.position(source.position() + result);
        return result;
    }

    @Override
    public boolean isOpen() {
        return true;
    }

    @Override
    public void close() {
        // the socket stays open: it belongs to the channel
    }

    private ByteBuffer direct(ByteBuffer source, int length) {
        if (source.isDirect()) {
            return source;
        }
        if (copy == null || copy.capacity() < length) {
            copy = ByteBuffer.allocateDirect(length);
        }
        return copy.clear()
                .put(source.duplicate().limit(source.position() + length))
                .flip();
    }
}
