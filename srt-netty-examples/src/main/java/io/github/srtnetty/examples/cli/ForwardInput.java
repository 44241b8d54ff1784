// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;

/** Reads a channel sequentially. The JDK's own file stream seeks, which pipes and devices do not support. */
final class ForwardInput extends InputStream {
    private final ReadableByteChannel channel;

    ForwardInput(ReadableByteChannel channel) {
        this.channel = channel;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        return channel.read(ByteBuffer.wrap(target, offset, length));
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
