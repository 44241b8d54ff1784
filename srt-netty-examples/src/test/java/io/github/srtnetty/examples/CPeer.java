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
 * Programs in C for the other side: libsrt's own examples where their sources are installed (Debian: libsrt-doc), and
 * {@code peer.c}, which does what they do without dying on small files, as they do.
 */
final class CPeer {
    private static final Path EXAMPLES = Path.of("/usr/share/doc/libsrt-doc/examples");
    private static final Duration COMPILE = Duration.ofSeconds(60);

    private CPeer() {}

    /** Compiles our own peer. */
    static Path compile(Path folder) throws IOException, InterruptedException {
        return compileOurs("peer", folder);
    }

    /** Compiles our peer that keeps to no protocol. */
    static Path compileRaw(Path folder) throws IOException, InterruptedException {
        return compileOurs("raw", folder);
    }

    /** Returns whether the sources of libsrt's examples are here. */
    static boolean hasExamples() {
        return Files.isDirectory(EXAMPLES);
    }

    /** Compiles one of libsrt's examples: sendfile.cpp, recvfile.cpp, test-c-client.c, test-c-server.c. */
    static Path compileExample(String name, Path folder) throws IOException, InterruptedException {
        String compiler = name.endsWith(".cpp") ? "g++" : "gcc";
        Path first = copy("patient.h", folder);
        Path program = folder.resolve(name.replaceFirst("\\..*", ""));
        return compile(compiler, EXAMPLES.resolve(name), program, "-include", first.toString());
    }

    /**
     * Compiles libsrt's sendfile with blocks that its srt_sendfile can send. In 1.5.1 that function takes each block
     * for 1456 packets, whatever its length: the buffer seems full after seven of the default length, although it is
     * empty, for good.
     */
    static Path compileSendfile(Path folder) throws IOException, InterruptedException {
        Path source =
                Files.writeString(folder.resolve("sendfile.cpp"), """
                        #include <srt.h>
                        #define SRT_DEFAULT_SENDFILE_BLOCK (1456 * 1456)
                        #include "%s"
                        """.formatted(EXAMPLES.resolve("sendfile.cpp")));
        return compile("g++", source, folder.resolve("sendfile"));
    }

    private static Path compileOurs(String name, Path folder) throws IOException, InterruptedException {
        return compile("gcc", copy(name + ".c", folder), folder.resolve(name));
    }

    private static Path copy(String name, Path folder) throws IOException {
        try (InputStream in = CPeer.class.getResourceAsStream("/c/" + name)) {
            return Files.write(folder.resolve(name), in.readAllBytes());
        }
    }

    private static Path compile(String compiler, Path source, Path program, String... options)
            throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of(compiler, "-w", "-I/usr/include/srt", "-I/usr/local/include/srt"));
        command.addAll(List.of(options));
        command.addAll(List.of("-o", program.toString(), source.toString(), "-lsrt", "-lpthread"));
        try (Peer run = Peer.start(command)) {
            if (run.awaitExit(COMPILE) != 0) {
                throw new AssertionError(run.errors());
            }
        }
        return program;
    }
}
