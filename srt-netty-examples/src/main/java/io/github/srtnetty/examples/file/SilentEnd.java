// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.file;

import io.github.srtnetty.examples.cli.Failures;
import io.github.srtnetty.examples.cli.SecretMask;
import io.github.srtnetty.examples.cli.Signals;
import io.github.srtnetty.libsrt.Srt;
import java.util.Map;

/**
 * Ends the process of an unfinished sender without SRT's shutdown message. In the protocol of srt-file-transmit,
 * that message is the end of the file; a receiver without it treats the connection as broken, after 5 s of silence by
 * default ({@code SRTO_PEERIDLETIMEO}). libsrt sends the message whenever it closes a socket, so nothing may be closed
 * before.
 */
final class SilentEnd {
    private static final int SIGNALLED = 128;
    private static final Map<String, Integer> SIGNALS = Map.of("HUP", 1, "INT", 2, "TERM", 15);

    private volatile boolean armed = true;
    private volatile int exitCode = 1;

    /** From now on signals end the process with their usual exit codes. */
    SilentEnd() {
        SIGNALS.forEach((name, number) -> Signals.on(name, () -> {
            exitCode = SIGNALLED + number;
            System.exit(exitCode);
        }));
    }

    /** Marks the transfer as complete: the receiver has everything, so the process may end in order. */
    void disarm() {
        armed = false;
    }

    /** Prints the failure as the programs do, and ends the process. */
    void fail(Throwable failure) {
        if (armed) {
            System.err.println("srt-netty: " + Failures.describe(failure));
            if (Boolean.getBoolean("srtnetty.verbose")) {
                System.err.println(SecretMask.trace(failure));
            }
            halt();
        }
    }

    /** Ends a process that is being ended by a signal, before libsrt closes anything. */
    void halt() {
        if (armed) {
            System.err.flush();
            Srt.exitWithoutGoodbye(exitCode);
        }
    }
}
