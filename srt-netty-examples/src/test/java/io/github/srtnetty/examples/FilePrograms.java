// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.srtnetty.testing.Await;
import io.github.srtnetty.testing.Peer;
import io.github.srtnetty.testing.UdpProxy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Random;

/** Files to transfer, and what tests of {@code srt-netty file} say over and over. */
final class FilePrograms {
    static final Duration WAIT = Duration.ofSeconds(Long.getLong("srt.test.file.seconds", 120));
    /** More than libsrt buffers. Set it to 1073741824 for the full test; it needs ten times as much disk. */
    static final long LARGE = Long.getLong("srt.test.file.bytes", 14 << 20);

    /**
     * No more under way than the kernel holds while a busy machine lets the receiver wait: what is lost at the start
     * throws the congestion control of libsrt's file mode back to 100 kB/s or less, for minutes.
     */
    private static final String WINDOW = "fc=64&rcvbuf=93184";

    private static final double LOSS = 0.03;
    private static final long SEED = 63;

    private FilePrograms() {}

    /** Writes a file that is the same in each run. */
    static Path write(Path file, long size) throws IOException {
        byte[] block = new byte[(int) Math.min(size, 1 << 20)];
        new Random(SEED).nextBytes(block);
        try (var out = Files.newOutputStream(file)) {
            for (long left = size; left > 0; left -= block.length) {
                out.write(block, 0, (int) Math.min(left, block.length));
            }
        }
        return file;
    }

    /** Runs a program to its good end; returns its output. */
    static String run(Peer program) throws Exception {
        try (program) {
            assertThat(program.awaitExit(WAIT)).as(program.errors()).isZero();
            return new String(program.output());
        }
    }

    /** Runs a program that fails with one line, which has these words. */
    static void runFailing(Peer program, String... words) throws Exception {
        try (program) {
            assertThat(program.awaitExit(WAIT)).as(program.errors()).isEqualTo(1);
            assertThat(errors(program))
                    .startsWith("srt-netty: ")
                    .contains(words)
                    .hasLineCount(1);
            assertThat(program.output()).isEmpty();
        }
    }

    /** Returns the lines of a program on standard error, but for that of a transfer that goes on. */
    static String errors(Peer program) throws IOException {
        return Cli.errors(program).replaceFirst("(?m)^srt-netty: .* resumes at .* bytes\\R", "");
    }

    /** Waits until a program has printed so many lines: a server closes a connection before it prints the result. */
    static void awaitErrorLines(Peer program, int lines) {
        Await.until(lines + " lines of the server", WAIT, () -> {
            try {
                return Cli.errors(program).chars().filter(c -> c == '\n').count() >= lines;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    /** Returns the file that holds what has arrived of another, for a transfer that goes on. */
    static Path partial(Path file) {
        return file.resolveSibling("." + file.getFileName() + ".srt-netty-part");
    }

    /** Writes a file as the programs do while a transfer is under way: nobody else may read it. */
    static void write(Path file, byte[] bytes) throws IOException {
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.write(file, bytes);
    }

    static void assertSame(Path original, Path copy) throws Exception {
        assertThat(Material.sha256(copy)).as(copy.toString()).isEqualTo(Material.sha256(original));
    }

    static String listener(int port) {
        return "srt://127.0.0.1:" + port + "?mode=listener&" + WINDOW;
    }

    /** Returns an address to call, however long the machine stands still meanwhile. */
    static String caller(int port) {
        return "srt://127.0.0.1:" + port + "?conntimeo=20000&" + WINDOW;
    }

    /** Starts a network in front of a listener that loses 3 % of the datagrams in both directions. */
    static UdpProxy lossyNetwork(int port) throws IOException {
        return new UdpProxy(new InetSocketAddress("127.0.0.1", port), SEED)
                .losing(LOSS)
                .start();
    }

    static int port(UdpProxy proxy) {
        return proxy.address().getPort();
    }
}
