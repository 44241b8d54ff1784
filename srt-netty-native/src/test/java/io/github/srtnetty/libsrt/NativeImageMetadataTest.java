// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.libsrt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What JNA's native code asks the JVM for in an ordinary run is in the metadata for GraalVM. */
@Tag("slow")
class NativeImageMetadataTest {
    private static final String FOLDER = "/META-INF/native-image/io.github.srt-netty/srt-netty-native/";
    private static final Path AGENT = Path.of("src", "test", "c", "jnitrace.c");
    private static final int LIMIT_SECONDS = 60;
    /** An entry of the file: its name, and the rest up to the next one. */
    private static final Pattern ENTRY =
            Pattern.compile("\"name\": \"([\\w.$\\[\\]]+)\"(.*?)(?=\\n  },|\\n  }\\n])", Pattern.DOTALL);

    @TempDir
    private Path folder;

    private Path agent;

    @BeforeEach
    void compileTheAgent() throws Exception {
        Path include = Path.of(System.getProperty("java.home"), "include");
        assumeTrue(Files.exists(include.resolve("jvmti.h")), "skipped: this JVM has no jvmti.h");
        agent = folder.resolve("libtrace.so");
        String compiler = System.getenv().getOrDefault("CC", "cc");
        List<String> command = List.of(
                compiler,
                "-shared",
                "-fPIC",
                "-I" + include,
                "-I" + include.resolve("linux"),
                "-o",
                agent.toString(),
                AGENT.toString());
        try {
            Process process = new ProcessBuilder(command).inheritIO().start();
            assertThat(process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isZero();
        } catch (IOException e) {
            assumeTrue(false, "skipped: there is no C compiler: " + e.getMessage());
        }
    }

    private List<String> trace(String scenario) throws Exception {
        Path trace = folder.resolve(scenario);
        ChildJvm.Result child = ChildJvm.run(scenario, "-agentpath:" + agent + "=" + trace);
        assertThat(child.exitCode()).as(child.errors()).isZero();
        return Files.readAllLines(trace);
    }

    @Test
    void namesAllThatJnaAsksTheJvmFor() throws Exception {
        Set<String> asked = new TreeSet<>(trace("useAll"));
        asked.addAll(trace("log"));

        String metadata = read("jni-config.json");
        assertThat(asked).hasSizeGreaterThan(100).allMatch(line -> isNamed(line.split(" "), metadata));
    }

    private static boolean isNamed(String[] asked, String metadata) {
        String name = asked[1].equals("[B") ? "byte[]" : asked[1].replace('/', '.');
        for (Matcher entry = ENTRY.matcher(metadata); entry.find(); ) {
            if (entry.group(1).equals(name)) {
                return asked[0].equals("class")
                        || entry.group(2).contains("\"allDeclaredMethods\": true")
                        || entry.group(2).contains("\"name\": \"" + asked[2] + "\"");
            }
        }
        return false;
    }

    private static String read(String file) throws IOException {
        try (InputStream in = Srt.class.getResourceAsStream(FOLDER + file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
