// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.channel;

import io.github.srtnetty.libsrt.NativeMemory;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import org.jspecify.annotations.Nullable;

/**
 * Where a {@link io.netty.channel.FileRegion} puts its bytes for one piece: a socket in stream mode. It takes a bounded
 * amount and says then that it is full, so that a long file leaves the loop to others.
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

    /** Returns the last result of a send: negative where the socket would block or is gone. */
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
        // the socket stays: it belongs to the channel
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
