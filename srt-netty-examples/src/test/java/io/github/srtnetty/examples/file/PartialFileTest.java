// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PartialFileTest {
    private static final WriteRules NEW_ONLY = new WriteRules(false, Long.MAX_VALUE);

    @TempDir
    Path folder;

    @Test
    void resumesNoFileThatIsBeingWritten() throws Exception {
        PartialFile first = resume("film");
        try (first) {
            assertThatThrownBy(() -> resume("film")).hasMessageContaining("is already open in this program");
        }
    }

    @Test
    void aFullDiskLeavesNothing_andWhatWasThereStays() throws IOException {
        Path target = Files.writeString(folder.resolve("file"), "before");

        assertThatThrownBy(() -> {
                    try (PartialFile file =
                            PartialFile.create(Target.of(target, WriteRules.OWN_CHOICE), FullDisk::new)) {
                        file.write(new byte[10], 0, 10);
                        file.commit();
                    }
                })
                .isInstanceOf(IOException.class)
                .hasMessage(target + ": No space left on device");

        assertThat(folder).isDirectoryContaining("glob:**/file");
        assertThat(folder.toFile().list()).containsExactly("file");
        assertThat(target).hasContent("before");
    }

    @Test
    void aFileAppearsWhenItIsWhole() throws IOException {
        Path target = folder.resolve("file");
        try (PartialFile file = create("file", NEW_ONLY)) {
            file.write(new byte[] {1, 2, 3}, 1, 2);
            assertThat(target).doesNotExist();
            Path temporary = folder.resolve(file.temporaryName());
            assertThat(Files.getPosixFilePermissions(temporary)).isEqualTo(Folder.PRIVATE);

            file.commit();
        }
        assertThat(target).hasBinaryContent(new byte[] {2, 3});
        assertThat(folder.toFile().list()).containsExactly("file");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aWholeFileHasThePermissionsOfAnyOther(boolean overwrites) throws IOException {
        Path usual = Files.createFile(folder.resolve("usual"));
        try (PartialFile file = create("file", new WriteRules(overwrites, 0))) {
            file.commit();
        }
        assertThat(Files.getPosixFilePermissions(folder.resolve("file")))
                .isEqualTo(Files.getPosixFilePermissions(usual));
        assertThat(folder.toFile().list()).containsExactlyInAnyOrder("usual", "file");
    }

    @Test
    void replacesNothing_unlessItMay() throws IOException {
        Files.writeString(folder.resolve("file"), "before");
        assertThatThrownBy(() -> create("file", NEW_ONLY))
                .hasMessage(folder + "/file: already exists; only --overwrite at the receiver replaces it");

        try (PartialFile file = create("file", WriteRules.OWN_CHOICE)) {
            file.write(new byte[] {1}, 0, 1);
            file.commit();
        }
        assertThat(folder.resolve("file")).hasBinaryContent(new byte[] {1});
    }

    @Test
    void keepsBoth_whenAFileOfThatNameAppearsMeanwhile() throws IOException {
        Path target = folder.resolve("file");
        try (PartialFile file = create("file", NEW_ONLY)) {
            file.write(new byte[] {1}, 0, 1);
            Files.writeString(target, "meanwhile");

            assertThatThrownBy(file::commit)
                    .hasMessage(target + ": already exists; the new one is kept as .file.srt-netty-failed");
        }
        assertThat(target).hasContent("meanwhile");
        assertThat(folder.resolve(".file.srt-netty-failed")).hasBinaryContent(new byte[] {1});
        assertThat(folder.toFile().list()).hasSize(2);
    }

    @Test
    void acceptsNoMoreThanTheLargestSize() throws IOException {
        try (PartialFile file = create("file", new WriteRules(false, 3))) {
            file.write(new byte[3], 0, 3);
            assertThatThrownBy(() -> file.write(new byte[1], 0, 1))
                    .hasMessage(folder + "/file: is larger than 3 bytes (--max-size)");
        }
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void oneToGoOnWithStays_unlessItIsEmpty() throws IOException {
        resume("empty").close();
        try (PartialFile file = resume("begun")) {
            file.write(new byte[5], 0, 5);
        }
        try (PartialFile again = resume("begun")) {
            assertThat(again.size()).isEqualTo(5);
        }
        assertThat(folder.toFile().list()).containsExactly(".begun.srt-netty-part");
    }

    @Test
    void aPartialFileThatOthersMayWriteIsNotGoneOnWith() throws IOException {
        Path part = Files.writeString(folder.resolve(".film.srt-netty-part"), "of somebody");
        Files.setPosixFilePermissions(part, PosixFilePermissions.fromString("rw-rw-rw-"));

        assertThatThrownBy(() -> resume("film"))
                .hasMessage(".film.srt-netty-part: exists and is not a partial file of this program");

        assertThat(part).hasContent("of somebody");
    }

    @Test
    void stopsReadingBack_whenThePeerHasLeft() throws IOException {
        try (PartialFile file = resume("film")) {
            file.write(new byte[5], 0, 5);
        }
        assertThatThrownBy(() -> PartialFile.resume(Target.of(folder.resolve("film"), NEW_ONLY), () -> {
                    throw new IOException("left");
                }))
                .hasMessage("left");
        assertThat(folder.toFile().list()).containsExactly(".film.srt-netty-part");
    }

    @ParameterizedTest
    @ValueSource(strings = {"there", "missing"})
    void neverWritesThroughALink(String linked) throws IOException {
        Path there = Files.writeString(folder.resolve("there"), "before");
        Path link = Files.createSymbolicLink(folder.resolve(".film.srt-netty-part"), folder.resolve(linked));

        assertThatThrownBy(() -> resume("film"))
                .isInstanceOf(FileSystemException.class)
                .hasMessage(link.getFileName() + ": exists and is not a partial file of this program");

        assertThat(there).hasContent("before");
        assertThat(folder.resolve("missing")).doesNotExist();
    }

    @Test
    void theBarHasNoControlCharactersOfThePeersName() {
        assertThat(new Progress("a\033[2Jb\u009B2Jc", 0, Progress.UNKNOWN).line(0, 1))
                .isEqualTo("a\\u001b[2Jb\\u009b2Jc 0.0 MB 0.0 MB/s");
    }

    @Test
    void theBarShowsRateAndTimeLeft() {
        Progress progress = new Progress("film.ts", 0, 100_000_000);

        assertThat(progress.line(25_000_000, 5_000_000_000L))
                .isEqualTo("film.ts [#######-----------------------]  25% 5.0 MB/s ETA 0:15");
        assertThat(new Progress("film.ts", 0, Progress.UNKNOWN).line(3_000_000, 1_000_000_000))
                .isEqualTo("film.ts 3.0 MB 3.0 MB/s");
    }

    private PartialFile create(String name, WriteRules rules) throws IOException {
        return PartialFile.create(Target.of(folder.resolve(name), rules));
    }

    private PartialFile resume(String name) throws IOException {
        return PartialFile.resume(Target.of(folder.resolve(name), NEW_ONLY), Wanted.ALWAYS);
    }

    private record FullDisk(ByteChannel disk) implements ByteChannel {
        @Override
        public int read(ByteBuffer target) throws IOException {
            return disk.read(target);
        }

        @Override
        public int write(ByteBuffer source) throws IOException {
            disk.write(source.slice(0, 1));
            throw new IOException("No space left on device");
        }

        @Override
        public boolean isOpen() {
            return disk.isOpen();
        }

        @Override
        public void close() throws IOException {
            disk.close();
        }
    }
}
