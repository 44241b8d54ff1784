// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.readme;

import io.github.srtnetty.bootstrap.SrtReceiver;
import io.netty.buffer.ByteBuf;
import java.io.IOException;

/** Prints the bytes that one peer sends. */
public final class BlockingReceiver {
    private BlockingReceiver() {}

    /** Runs until the peer closes; the argument is an address like {@code srt://host:port}. */
    public static void main(String[] args) throws IOException {
        try (SrtReceiver receiver = SrtReceiver.open(args[0])) { // srt://host:port, or srt://:port to listen
            for (ByteBuf payload : receiver) { // ends when the peer closes, throws when it is lost
                payload.readBytes(System.out, payload.readableBytes());
            }
        }
    }
}
