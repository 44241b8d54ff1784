// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.srtnetty.testing.Peer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The scripts of bin, in a copy of their folder, with a java and a mvn that print their arguments. */
@Tag("slow")
class LauncherTest {
    private static final Duration WAIT = Duration.ofSeconds(20);
    private static final Path SCRIPTS = Path.of("..", "bin").toAbsolutePath().normalize();
    private static final int EXIT_OF_A_JVM_WITHOUT_MEMORY = 3;

    @TempDir
    Path tree;

    @BeforeEach
    void copyScripts() throws IOException {
        Files.createDirectories(tree.resolve("bin"));
        Files.createDirectories(tree.resolve("srt-netty-examples/target"));
        Files.writeString(tree.resolve("pom.xml"), "<project/>");
        for (String script : List.of("srt-netty", "common.sh")) {
            Files.copy(SCRIPTS.resolve(script), tree.resolve("bin").resolve(script));
        }
        program("jdk/bin/java", "printf '%s\\n' \"$@\"");
        Files.writeString(tree.resolve("jdk/release"), "JAVA_VERSION=\"17.0.1\"\n");
        program("tools/mvn", "printf '%s\\n' \"$@\"");
    }

    private void program(String name, String command) throws IOException {
        Path file = tree.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "#!/bin/sh\n" + command + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private Peer launch(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                "env",
                "PATH=" + tree.resolve("tools") + ":" + System.getenv("PATH"),
                "JAVA_HOME=" + tree.resolve("jdk"),
                "SRT_LIBRARY_PATH=/anywhere",
                "bash",
                tree.resolve("bin/srt-netty").toString()));
        command.addAll(List.of(arguments));
        return Peer.start(command);
    }

    @Test
    void buildsWithoutColourCodes_andOnStandardErrorOnly() throws Exception {
        try (Peer script = launch("--version")) {
            assertThat(script.awaitExit(WAIT)).isZero();
            assertThat(script.errors()).contains("-Dstyle.color=never", "package");
            assertThat(new String(script.output())).doesNotContain("package").contains("--version");
        }
    }

    @Test
    void buildsAgain_whenAModuleHasChanged_andNotForAUsersOwnProjectInTheFolder() throws Exception {
        Files.createFile(tree.resolve("srt-netty-examples/target/srt-netty.jar"));
        changed("first/pom.xml");
        changed("first/src/main/java/First.java");
        assertThat(standardErrorOf("--version")).doesNotContain("building");

        changed("srt-netty-examples/src/main/java/Main.java");
        assertThat(standardErrorOf("--version")).contains("building");
    }

    private void changed(String name) throws IOException {
        Path file = tree.resolve(name);
        Files.createDirectories(file.getParent());
        Files.createFile(file);
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().plus(Duration.ofHours(1))));
    }

    private String standardErrorOf(String... arguments) throws Exception {
        try (Peer script = launch(arguments)) {
            assertThat(script.awaitExit(WAIT)).isZero();
            return script.errors();
        }
    }

    /** Each script ends early here: at the part that they share, or at the first call of Maven in the right folder. */
    @Test
    void everyScriptFindsItsFolder_whenItIsStartedThroughLinks() throws Exception {
        int reached = 42;
        Path links = Files.createDirectories(tree.resolve("home/user/bin"));
        program("tools/mvn", "[ -f pom.xml ] && exit " + reached);
        for (Path script : scripts()) {
            String name = script.getFileName().toString();
            Files.copy(script, tree.resolve("bin").resolve(name), StandardCopyOption.REPLACE_EXISTING);
            Files.createSymbolicLink(links.resolve(name), Path.of("..", name));
            Files.createSymbolicLink(
                    links.resolveSibling(name), tree.resolve("bin").resolve(name));
        }
        Path linkedFolder = Files.createSymbolicLink(
                Files.createDirectories(tree.resolve("home/other")).resolve("bin"), tree.resolve("bin"));
        Files.writeString(tree.resolve("bin/common.sh"), "exit " + reached);

        for (Path script : scripts()) {
            assertThat(exitCode(links.resolve(script.getFileName()))).isEqualTo(reached);
            assertThat(exitCode(linkedFolder.resolve(script.getFileName()))).isEqualTo(reached);
        }
    }

    private int exitCode(Path script) throws Exception {
        try (Peer started = Peer.start(
                "env",
                "PATH=" + tree.resolve("tools") + ":" + System.getenv("PATH"),
                "JAVA_HOME=" + tree.resolve("jdk"),
                "bash",
                script.toString())) {
            int code = started.awaitExit(WAIT);
            System.out.printf("%s: %d %s%n", script, code, started.errors());
            return code;
        }
    }

    private static List<Path> scripts() throws IOException {
        try (Stream<Path> files = Files.list(SCRIPTS)) {
            List<Path> scripts =
                    files.filter(file -> !file.endsWith("common.sh")).toList();
            assertThat(scripts).hasSizeGreaterThan(10);
            return scripts;
        }
    }

    @ParameterizedTest
    @CsvSource({"C, C.UTF-8", "POSIX, C.UTF-8", "C.UTF-8, C.UTF-8", "no_SUCH.UTF-8, C.UTF-8"})
    void argumentsAreUtf8_alsoInALocaleThatIsAscii(String locale, String used) throws Exception {
        program("jdk/bin/java", "echo \"$LC_ALL\"");
        String script = "LC_ALL=" + locale + " exec bash '" + tree.resolve("bin/srt-netty") + "' --version";
        try (Peer launcher = Peer.start(
                "env",
                "PATH=" + tree.resolve("tools") + ":" + System.getenv("PATH"),
                "JAVA_HOME=" + tree.resolve("jdk"),
                "SRT_LIBRARY_PATH=/x",
                "bash",
                "-c",
                script)) {
            assertThat(launcher.awaitExit(WAIT)).isZero();
            assertThat(new String(launcher.output()).lines().toList().get(0)).isEqualTo(used);
        }
    }

    @Test
    void theJvmReadsArgumentsAsUtf8_inTheLocaleThatTheLauncherSets() throws Exception {
        List<String> command = new ArrayList<>(List.of("env", "LC_ALL=C.UTF-8"));
        command.addAll(Cli.command(List.of(), "receive", "srt://127.0.0.1:9?streamid=\u00fc\u00e9&latency=x"));
        try (Peer program = Peer.start(command)) {
            assertThat(program.awaitExit(WAIT)).isEqualTo(2);
            assertThat(program.errors()).contains("streamid=\u00fc\u00e9");
        }
    }

    /** Its launcher resets the terminal at the end, even when nothing was coloured; the tree's .mvn switches it off. */
    @Test
    void mavenWritesNoColourCodesInThisTree() throws Exception {
        try (Peer maven = Peer.start(
                List.of("sh", "-c", "cd '" + SCRIPTS.getParent() + "' && mvn -B -Dstyle.color=never --version"))) {
            assertThat(maven.awaitExit(WAIT)).isZero();
            assertThat(new String(maven.output()) + maven.errors())
                    .contains("Maven")
                    .doesNotContain("\u001b");
        }
    }

    @Test
    void endsAProgramThatRunsOutOfMemory_andWritesNothingToStandardOutput() throws Exception {
        List<String> flags;
        try (Peer script = launch("--version")) {
            assertThat(script.awaitExit(WAIT)).isZero();
            flags = new String(script.output())
                    .lines()
                    .filter(argument -> argument.startsWith("-XX:"))
                    .toList();
        }
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(flags);
        command.addAll(List.of("-Xmx16m", "-cp", System.getProperty("java.class.path"), Hoarder.class.getName()));
        try (Peer jvm = Peer.start(command)) {
            assertThat(jvm.awaitExit(WAIT)).isEqualTo(EXIT_OF_A_JVM_WITHOUT_MEMORY);
            assertThat(jvm.output()).isEmpty();
            assertThat(jvm.errors()).contains("OutOfMemoryError").hasLineCount(1);
        }
    }

    @ParameterizedTest
    @CsvSource({"<&-, standard input is closed", ">&-, standard output is closed", "2>&-, ''", "<&- >&- 2>&-, ''"})
    void startsNothing_whenAStandardStreamIsClosed(String redirection, String words) throws Exception {
        String script = "exec bash '" + tree.resolve("bin/srt-netty") + "' --version " + redirection;
        try (Peer launcher =
                Peer.start("env", "JAVA_HOME=" + tree.resolve("jdk"), "SRT_LIBRARY_PATH=/x", "bash", "-c", script)) {
            assertThat(launcher.awaitExit(WAIT)).isEqualTo(1);
            assertThat(launcher.errors()).contains(words).hasLineCount(words.isEmpty() ? 0 : 1);
            assertThat(launcher.output()).isEmpty();
        }
    }

    @Test
    void noScriptSwitchesAptsChecksOff() throws IOException {
        try (Stream<Path> scripts = Files.list(SCRIPTS)) {
            assertThat(scripts.toList())
                    .isNotEmpty()
                    .allSatisfy(script -> assertThat(Files.readString(script))
                            .doesNotContain(
                                    "Check-Valid-Until", "AllowInsecure", "--allow-unauthenticated", "trusted=yes"));
        }
    }

    /** Fills the heap in a thread that is not main, whose end alone would go unnoticed. */
    static final class Hoarder {
        private Hoarder() {}

        public static void main(String[] args) throws InterruptedException {
            List<byte[]> hoard = new ArrayList<>();
            Thread thread = new Thread(() -> {
                while (true) {
                    hoard.add(new byte[1 << 20]);
                }
            });
            thread.start();
            thread.join();
        }
    }
}
