// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Another program, such as srt-live-transmit, that a test talks to. Closing ends it. */
public final class PeerProcess implements AutoCloseable {
    private static final int WAIT_SECONDS = 20;

    private final Process process;
    private final Collector output;
    private final Collector errors;

    private PeerProcess(Process process) {
        this.process = process;
        output = new Collector(process.getInputStream());
        errors = new Collector(process.getErrorStream());
    }

    public static PeerProcess start(String... command) throws IOException {
        return new PeerProcess(new ProcessBuilder(command).start());
    }

    /** Returns a UDP port of the loopback interface that was free a moment ago. */
    public static int freePort() throws IOException {
        try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Returns its standard input. */
    public OutputStream input() {
        return process.getOutputStream();
    }

    /** Returns what it has written to standard output so far. */
    public byte[] output() {
        return output.bytes();
    }

    /** Returns what it has written to standard error so far. */
    public String errors() {
        return new String(errors.bytes(), StandardCharsets.UTF_8);
    }

    public void awaitOutput(int bytes) {
        try {
            Await.until("output", Duration.ofSeconds(WAIT_SECONDS), () -> output.size() >= bytes);
        } catch (AssertionError e) {
            throw new AssertionError(output.size() + " of " + bytes + " bytes came; it said: " + errors(), e);
        }
    }

    public int awaitExit() throws InterruptedException {
        assertThat(process.waitFor(WAIT_SECONDS, TimeUnit.SECONDS))
                .as("%s ended; it said: %s", process.info().command(), errors())
                .isTrue();
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(2, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private static final class Collector {
        private final ByteArrayOutputStream collected = new ByteArrayOutputStream();

        Collector(InputStream in) {
            Thread thread = new Thread(() -> collect(in), "peer-output");
            thread.setDaemon(true);
            thread.start();
        }

        private void collect(InputStream in) {
            byte[] chunk = new byte[8192];
            try {
                for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
                    collected.write(chunk, 0, read);
                }
            } catch (IOException e) {
                collected.writeBytes(("[output ended: " + e + "]").getBytes(StandardCharsets.UTF_8));
            }
        }

        int size() {
            return collected.size();
        }

        byte[] bytes() {
            return collected.toByteArray();
        }
    }
}
