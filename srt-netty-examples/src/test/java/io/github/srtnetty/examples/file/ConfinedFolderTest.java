// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where the names that peers give can lead. */
class ConfinedFolderTest {
    private static final WriteRules NEW_ONLY = new WriteRules(false, Long.MAX_VALUE);

    @TempDir
    Path folder;

    private Path served;

    @BeforeEach
    void makeFiles() throws IOException {
        served = Files.createDirectory(folder.resolve("served"));
        Files.createDirectory(served.resolve("sub"));
        Files.writeString(served.resolve("sub/good"), "good");
        Files.writeString(served.resolve(".hidden"), "hidden");
        Files.createDirectory(folder.resolve("outside"));
        Files.writeString(folder.resolve("outside/good"), "secret");
        Files.createSymbolicLink(served.resolve("link"), folder.resolve("outside/good"));
        Files.createSymbolicLink(served.resolve("inner"), served.resolve("sub/good"));
        Files.createSymbolicLink(served.resolve("away"), folder.resolve("outside"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"sub/good", "sub/../sub/good", "./sub//good", "sub/./../sub/good", "none/../sub/good"})
    void opensWhatIsInside(String name) throws IOException {
        try (ConfinedFolder root = new ConfinedFolder(served);
                SourceFile file = root.open(name)) {
            assertThat(new String(file.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo("good");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "missing",
                "sub/missing",
                "missing/good",
                "../outside/good",
                "../outside/missing",
                "../served/sub/good",
                "sub/../../served/sub/good",
                "sub/../../../good",
                "away/../served/sub/good",
                "sub/good/",
                "sub/good/.",
                "sub/",
                "sub/..",
                "sub/../..",
                "./..",
                ".",
                "/etc/passwd",
                "/no/such/file",
                "link",
                "inner",
                "away/good",
                "away/missing",
                "sub/good/good",
                ".hidden",
                "..",
                "a\0b",
                ""
            })
    void whatIsOutsideIsMissing(String name) throws IOException {
        try (ConfinedFolder root = new ConfinedFolder(served)) {
            assertThatThrownBy(() -> root.open(name))
                    .isInstanceOf(NoSuchFileException.class)
                    .hasMessage(name.replace("\0", "\\u0000"));
        }
    }

    @Test
    void aFileThatBecomesALinkBeforeItIsOpenedIsMissing() throws IOException {
        try (ConfinedFolder root = new ConfinedFolder(
                served, () -> exchange(served.resolve("sub/good"), folder.resolve("outside/good")))) {
            assertThatThrownBy(() -> root.open("sub/good")).isInstanceOf(NoSuchFileException.class);
        }
    }

    @Test
    void aFolderThatBecomesALinkBeforeItsFileIsOpenedLeadsNowhereElse() throws IOException {
        try (ConfinedFolder root =
                        new ConfinedFolder(served, () -> exchange(served.resolve("sub"), folder.resolve("outside")));
                SourceFile file = root.open("sub/good")) {
            assertThat(new String(file.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo("good");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    ../f        | ../f: is outside the folder
                    /f          | /f: is outside the folder
                    sub/../../f | sub/../../f: is outside the folder
                    .ssh/f      | .ssh/f: begins with a dot
                    sub/.f      | sub/.f: begins with a dot
                    film.part   | film.part: is the name of a partial file
                    ''          | "": names no file
                    .           | .: names no file
                    sub/..      | sub/..: names no file
                    sub/../..   | sub/../..: is outside the folder
                    new/        | new/: names a folder
                    sub/new/.   | sub/new/.: names a folder
                    a/../../served/x | a/../../served/x: is outside the folder
                    link        | link: exists and is not a file
                    sub         | sub: exists and is not a file
                    sub/good    | sub/good: already exists; only --overwrite at the receiver replaces it
                    away/f      | away/f
                    missing/f   | missing/f
                    """)
    void refusesToWrite(String name, String message) throws IOException {
        try (ConfinedFolder root = new ConfinedFolder(served)) {
            assertThatThrownBy(() -> root.target(name, NEW_ONLY))
                    .isInstanceOf(FileSystemException.class)
                    .hasMessage(message);
        }
    }

    @Test
    void aFileIsWrittenWhereItsFolderWasWhenTheNameWasChecked() throws IOException {
        try (ConfinedFolder root = new ConfinedFolder(served);
                PartialFile file = PartialFile.create(root.target("sub/new", NEW_ONLY))) {
            exchange(served.resolve("sub"), folder.resolve("outside"));
            file.commit();
        }
        assertThat(served.resolve("sub-before/new")).exists();
        assertThat(folder.resolve("outside/new")).doesNotExist();
    }

    /** Puts a link in the place of what is there, which gets another name. */
    private static void exchange(Path place, Path to) {
        try {
            Files.move(place, place.resolveSibling(place.getFileName() + "-before"));
            Files.createSymbolicLink(place, to);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
