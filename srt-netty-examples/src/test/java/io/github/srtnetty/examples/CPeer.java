// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples;

import io.github.srtnetty.testing.Peer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Programs in C for the other side: libsrt's own examples where their sources are installed (Debian: libsrt-doc), and {@code
 * peer.c}, which does what they do without dying on small files, as they do.
 */
final class CPeer {
    private static final Path EXAMPLES = Path.of("/usr/share/doc/libsrt-doc/examples");
    private static final Duration COMPILE = Duration.ofSeconds(60);

    private CPeer() {}

    /** Compiles our own peer. */
    static Path compile(Path folder) throws IOException, InterruptedException {
        Path source = folder.resolve("peer.c");
        try (InputStream in = CPeer.class.getResourceAsStream("/c/peer.c")) {
            Files.write(source, in.readAllBytes());
        }
        return compile("gcc", source, folder.resolve("peer"));
    }

    /** Returns whether the sources of libsrt's examples are here. */
    static boolean hasExamples() {
        return Files.isDirectory(EXAMPLES);
    }

    /** Compiles one of libsrt's examples: sendfile.cpp, recvfile.cpp, test-c-client.c, test-c-server.c. */
    static Path compileExample(String name, Path folder) throws IOException, InterruptedException {
        String compiler = name.endsWith(".cpp") ? "g++" : "gcc";
        return compile(compiler, EXAMPLES.resolve(name), folder.resolve(name.replaceFirst("\\..*", "")));
    }

    private static Path compile(String compiler, Path source, Path program) throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of(compiler, "-w", "-I/usr/include/srt", "-I/usr/local/include/srt"));
        command.addAll(List.of("-o", program.toString(), source.toString(), "-lsrt", "-lpthread"));
        try (Peer run = Peer.start(command)) {
            if (run.awaitExit(COMPILE) != 0) {
                throw new AssertionError(run.errors());
            }
        }
        return program;
    }
}
