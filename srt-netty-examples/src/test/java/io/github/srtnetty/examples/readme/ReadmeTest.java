// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.readme;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.srtnetty.testing.ChildJvm;
import io.github.srtnetty.testing.Peer;
import java.io.BufferedReader;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The programs of README.md: every byte of the one's standard input arrives at the other. */
@Tag("slow")
class ReadmeTest {
    /** Two seconds of 5 Mbit/s. */
    private static final int PAYLOADS = 950;

    private static final int LAST_BYTES = 100;
    /** So long a busy machine may stand still before the listener, which drops late packets, loses one. */
    private static final int LATENCY_MILLIS = 4000;

    private static final long SEED = 15;

    @Test
    @Timeout(120)
    void theListenerPrintsAllThatTheCallerSends() throws Exception {
        int port = Peer.freePort();
        Process listener = ChildJvm.start(Listener.class, "" + port);
        try (BufferedReader lines = listener.inputReader()) {
            Peer.awaitBound(port);
            feed(
                    ChildJvm.start(Caller.class, "srt://127.0.0.1:" + port + "?linger=60&latency=" + LATENCY_MILLIS),
                    content());

            int payloads = 0;
            for (String line = lines.readLine(); !line.equals(LAST_BYTES + " bytes"); line = lines.readLine()) {
                payloads += line.equals("1316 bytes") ? 1 : 0;
            }
            assertThat(payloads).isEqualTo(PAYLOADS);
        } finally {
            listener.destroyForcibly().waitFor();
        }
    }

    @Test
    @Timeout(120)
    void theReceiverPrintsTheBytesThatTheSenderSends() throws Exception {
        int port = Peer.freePort();
        Process receiver =
                ChildJvm.start(BlockingReceiver.class, "srt://127.0.0.1:" + port + "?mode=listener&tlpktdrop=0");
        try {
            Peer.awaitBound(port);
            feed(ChildJvm.start(BlockingSender.class, "srt://127.0.0.1:" + port + "?linger=60"), content());

            byte[] received = receiver.getInputStream().readAllBytes();
            assertThat(Arrays.mismatch(received, content()))
                    .as("the first byte that is another, of %d", received.length)
                    .isEqualTo(-1);
            assertThat(receiver.waitFor()).isZero();
        } finally {
            receiver.destroyForcibly().waitFor();
        }
    }

    private static void feed(Process process, byte[] content) throws Exception {
        try {
            try (OutputStream out = process.getOutputStream()) {
                out.write(content);
            }
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("it ended").isTrue();
            assertThat(process.exitValue())
                    .as(new String(process.getInputStream().readAllBytes()))
                    .isZero();
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    private static byte[] content() {
        byte[] content = new byte[PAYLOADS * 1316 + LAST_BYTES];
        new Random(SEED).nextBytes(content);
        return content;
    }
}
