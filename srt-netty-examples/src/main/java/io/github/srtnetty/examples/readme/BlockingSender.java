// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.readme;

import io.github.srtnetty.bootstrap.SrtSender;
import java.io.IOException;

/** Sends standard input as payloads of 1316 bytes, at 5 Mbit/s. */
public final class BlockingSender {
    private BlockingSender() {}

    /** Runs until the input ends; the argument is an address like {@code srt://host:port}. */
    public static void main(String[] args) throws IOException {
        try (SrtSender sender = SrtSender.open(args[0]).bitRate(5_000_000)) { // a file, unpaced, would lose data
            for (byte[] payload; (payload = System.in.readNBytes(1316)).length > 0; ) {
                sender.send(payload); // blocks while the channel is not writable
            }
        } // close() waits until the peer has acknowledged it, and throws otherwise
    }
}
