// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.libsrt;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where libsrt is looked for, each time in a JVM of its own. */
@Tag("slow")
class SrtLoaderTest {
    private static final String PATH = "-D" + SrtLoader.PATH_PROPERTY + "=";

    @TempDir
    private Path folder;

    private Path library;

    @BeforeEach
    void findTheRealLibrary() {
        library = InstalledLibrary.file();
    }

    @Test
    void findsTheLibraryOfTheSystem() throws Exception {
        ChildJvm.Result child = ChildJvm.run("availability");
        assertThat(child.lines()).contains("available=true", "version=" + Srt.version());
        assertThat(child.exitCode()).isZero();
    }

    @Test
    void takesAFile() throws Exception {
        Path file = Files.copy(library, folder.resolve("my-srt.so"));
        assertThat(ChildJvm.run("availability", PATH + file).lines())
                .contains("available=true", "source=" + file.toRealPath());
    }

    @Test
    void takesTheFolderOfAFile() throws Exception {
        Path file = Files.copy(library, folder.resolve(System.mapLibraryName("srt")));
        assertThat(ChildJvm.run("availability", PATH + folder).lines())
                .contains("available=true", "source=" + file.toRealPath());
    }

    @Test
    void namesThePath_whenNothingIsThere() throws Exception {
        Path nothing = folder.resolve("nothing.so");
        ChildJvm.Result child = ChildJvm.run("availability", PATH + nothing);
        assertThat(child.lines())
                .contains("available=false", "bonding=false", "cause=true")
                .anyMatch(line -> line.startsWith("error=" + PATH + nothing + ": no libsrt there: "))
                .anyMatch(line -> line.contains("install"));
        assertThat(child.exitCode()).isZero();
    }

    @Test
    void takesWhatTheVariableNames() throws Exception {
        Path file = Files.copy(library, folder.resolve("my-srt.so"));
        assertThat(runWithVariable(file.toString()).lines()).contains("available=true", "source=" + file.toRealPath());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "property too"})
    void namesTheVariable_whenThePathComesFromIt(String property) throws Exception {
        String nothing = folder.resolve("nothing.so").toString();
        String[] options = property.isEmpty() ? new String[0] : new String[] {PATH + nothing};
        assertThat(runWithVariable(nothing, options).lines())
                .anyMatch(line -> line.startsWith("error=SRT_LIBRARY_PATH=" + nothing + ": no libsrt there: " + nothing
                        + " (no such file or folder); name"));
    }

    /** What the linker says has several lines and is repeated by JNA: all of it, once, on one line. */
    @Test
    void givesTheWholeReasonOfTheLinker() throws Exception {
        Path broken = Files.writeString(folder.resolve("libbroken.so"), "no library".repeat(1000));
        ChildJvm.Result child = ChildJvm.run("availability", PATH + broken);
        assertThat(child.lines())
                .contains("available=false")
                .anyMatch(line -> line.startsWith("error=" + PATH + broken + ": no libsrt there: " + broken + " (")
                        && line.contains("); name its file or folder")
                        && !line.contains("Unable to load library"));
        assertThat(child.lines().toString()).contains("ELF").doesNotContain("Native library (");
    }

    private static ChildJvm.Result runWithVariable(String value, String... options) throws Exception {
        return ChildJvm.runWith(
                Map.of(SrtLoader.PATH_VARIABLE, value), System.getProperty("java.class.path"), "availability", options);
    }

    @Test
    void namesTheFolder_whenItHoldsNoLibrary() throws Exception {
        assertThat(ChildJvm.run("availability", PATH + folder).lines())
                .contains("available=false")
                .anyMatch(line -> line.contains(folder + " (holds none of libsrt"));
    }

    @Test
    void saysSo_whenTheFileIsAnotherLibrary() throws Exception {
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.home"), "lib"))) {
            Path other = files.filter(file -> file.getFileName().toString().equals(System.mapLibraryName("zip")))
                    .findAny()
                    .orElseThrow();
            assertThat(ChildJvm.run("availability", PATH + other).lines())
                    .contains("available=false")
                    .anyMatch(line -> line.contains("libzip") && line.contains("is not libsrt"));
        }
    }

    @Test
    void obeysNettysSwitch() throws Exception {
        assertThat(ChildJvm.run("availability", "-Dio.netty.transport.noNative=true")
                        .lines())
                .contains("available=false")
                .anyMatch(line -> line.contains("-Dio.netty.transport.noNative=true"));
    }

    @Test
    void saysSo_whenJnaIsMissing() throws Exception {
        String classPath = ChildJvm.classPathWithout(
                entry -> Path.of(entry).getFileName().toString().startsWith("jna-"));
        assertThat(ChildJvm.runWith(classPath, "availability").lines())
                .contains("available=false")
                .anyMatch(line -> line.startsWith("error=libsrt cannot be used here: ") && line.contains("jna"));
    }
}
